"""Whom comments call by name."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet

from argmap import access
from argmap.models import ArgumentMap, Mention

OFFERED = 10
"""Most people whom a search for a name offers: more is no list to choose from while one types."""


def mentions_of(person: access.Person) -> QuerySet[Mention]:
    """Return where comments call someone, on maps that they may read, the latest first.

    Each with its comment, what that is about, and its map. `read_at` says whether it is news.
    """
    if not isinstance(person, User):
        return Mention.objects.none()
    found = access.rows_for(Mention, person, path="comment__map").filter(user=person)
    return found.select_related(
        "comment__map", "comment__statement", "comment__inference", "comment__excerpt__statement"
    ).order_by("-comment__created_at", "-pk")


def people_to_call(argument_map: ArgumentMap, starts: str = "") -> list[User]:
    """Return whom a comment may call whose name, of whatever sort, starts so; OFFERED at most.

    One query. For reviewers alone to ask: a public map's members are not for the world to list.
    """
    if "\0" in starts:
        # No name has it, and PostgreSQL takes no text that does.
        return []
    named = Q(username__istartswith=starts) | Q(first_name__istartswith=starts)
    named |= Q(last_name__istartswith=starts)
    return list(access.people_on(argument_map).filter(named)[:OFFERED])
