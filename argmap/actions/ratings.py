"""Rating statements: one's own likelihood and confidence, beside those of the map.

No figure goes into the log, which people read who have not given theirs.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from argmap import access
from argmap.actions.base import Edit, Gone, editing
from argmap.actions.comments import seen_or_present
from argmap.core.kinds import Role, Verb
from argmap.models import ArgumentMap, ChangeItem, Rating, Statement


def rate(
    *,
    actor: User,
    argument_map: ArgumentMap,
    statement: str,
    likelihood: str,
    confidence: str = "",
    version_seen: int | None = None,
) -> Rating:
    """Rate the statement with this key, or rate it anew: each person has one rating of each.

    `likelihood` and `confidence` are words of their vocabularies; the second may be left out.
    `version_seen` is the version that the author saw, the present one where it is None. Raises
    ValidationError by field, or Gone where the statement is no longer there.
    """
    with editing(argument_map, actor=actor, verb=Verb.RATE, needs=Role.REVIEWER) as edit:
        about = edit.fetch(Statement, statement)
        given: dict[str, Any] = {"likelihood": likelihood, "confidence": confidence}
        seen = seen_or_present(edit, version_seen)
        known = Rating.objects.filter(statement=about, author=actor).first()
        others = Rating.objects.filter(statement=about).exclude(author=actor).exists()
        if known is None:
            return edit.add(
                Rating(
                    map=edit.map,
                    statement=about,
                    author=actor,
                    author_name=actor.get_username(),
                    blind=not (others and _could_see(edit, actor, statement)),
                    version_seen=seen,
                    **given,
                )
            )
        if any(getattr(known, name) != value for name, value in given.items()):
            given |= {"changed_at": timezone.now(), "blind": known.blind and not others}
        return edit.alter(known, {**given, "version_seen": seen})


def withdraw_rating(*, actor: User, argument_map: ArgumentMap, statement: str) -> None:
    """Take back one's own rating of a statement, which may be gone itself. Raises Gone."""
    with editing(argument_map, actor=actor, verb=Verb.WITHDRAW, needs=Role.REVIEWER) as edit:
        edit.remove(find_rating(edit, actor, statement))


def find_rating(edit: Edit, actor: User, statement: str) -> Rating:
    """Return someone's rating of a statement, by its key. Raises Gone where there is none."""
    about = Q(statement__key=statement) | Q(lost_target=statement)
    row = Rating.objects.filter(about, map=edit.map, author=actor).first()
    if row is None:
        raise Gone(f"You have no rating of {statement}.")
    return row


def _could_see(edit: Edit, actor: User, statement: str) -> bool:
    """Tell whether someone who has no rating of a statement could see those of others before.

    As all who edit the map can, and whoever has taken their own back, which the log remembers.
    """
    if access.may(actor, edit.map, Role.EDITOR):
        return True
    taken_back = {"before__author": actor.get_username(), "before__about": statement}
    items = ChangeItem.objects.filter(map=edit.map, type="rating", after__isnull=True, **taken_back)
    return items.exists()
