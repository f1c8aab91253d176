"""What waits for someone over all maps, and what they wait for.

Each function returns a queryset that starts from access. Archived maps wait for nobody: nothing on
them can be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from argmap import access
from argmap.core.kinds import CommentKind, CommentState, Role, Settlement
from argmap.models import Answer, ArgumentMap, Comment, Mention, Rating, Review, Round
from argmap.review.mentions import mentions_of
from argmap.review.stale import is_stale
from argmap.review.threads import threads, turns
from argmap.review.verdicts import is_last, requests_to

Maps = QuerySet[ArgumentMap]

LATELY = timedelta(days=14)

MOST_COUNTED = 100
"""How far `waiting_count` counts: on how many more than that, nobody acts differently."""


def unresolved(person: access.Person) -> QuerySet[Any]:
    """Return the open threads on the maps that someone may review, as `threads` does."""
    return _open(threads(person), access.maps_for(person, Role.REVIEWER))


def to_answer(person: access.Person) -> QuerySet[Any]:
    """Return the questions and challenges that wait for an editor's word, and not their author's.

    Suggestions in prose, which no click can accept, are among them, and those that were settled and
    whose thread somebody opened again.
    """
    return _to_answer(threads(person), access.maps_for(person, Role.EDITOR), person)


def to_decide(person: access.Person) -> QuerySet[Any]:
    """Return the open suggestions of others on the maps that someone edits."""
    return _to_decide(threads(person), access.maps_for(person, Role.EDITOR), person)


def answered(person: access.Person) -> QuerySet[Any]:
    """Return someone's own open threads in which another spoke last: is it settled?"""
    return _answered(threads(person), access.maps_for(person, Role.REVIEWER), person)


def waiting_on_others(person: access.Person) -> QuerySet[Any]:
    """Return the open threads in which someone spoke last; a mere comment asks for no answer."""
    return unresolved(person).filter(last_by=person.pk).exclude(kind=CommentKind.COMMENT)


def settled_lately(person: access.Person) -> QuerySet[Any]:
    """Return someone's own suggestions that others settled in the last LATELY, the last first."""
    if not isinstance(person, User):
        return Comment.objects.none()
    own = threads(person).filter(author=person, suggestion__settled_at__gt=timezone.now() - LATELY)
    settled = own.exclude(suggestion__settled_by=person).exclude(suggestion__settled_by=None)
    return settled.order_by("-suggestion__settled_at", "pk")


def rounds_of(person: access.Person) -> QuerySet[Any]:
    """Return the open rounds that someone asked for and that lack verdicts, the soonest due first.

    Each with its map, and `missing`, how many verdicts are not given yet.
    """
    if not isinstance(person, User):
        return Round.objects.none()
    mine = access.rows_for(Round, person, Role.REVIEWER).filter(asked_by=person, closed_at=None)
    missing = Count("reviews", filter=Q(reviews__finished_at=None))
    lacking = mine.annotate(missing=missing).filter(missing__gt=0)
    return lacking.select_related("map").order_by(F("due").asc(nulls_last=True), "asked_at", "pk")


def unread_mentions(person: access.Person) -> QuerySet[Mention]:
    """Return the mentions of someone that they have not read, the latest first."""
    return mentions_of(person).filter(read_at=None, comment__deleted_at=None)


def stale_comments(person: access.Person) -> QuerySet[Comment]:
    """Return the comments that began someone's own open threads, and are stale."""
    own = _own(Comment, person).filter(parent=None, state=CommentState.OPEN, deleted_at=None)
    return own.select_related("statement", "inference", "excerpt__statement")


def stale_answers(person: access.Person) -> QuerySet[Answer]:
    """Return someone's own answers to critical questions that are stale."""
    return _own(Answer, person).select_related("inference", "question")


def stale_ratings(person: access.Person) -> QuerySet[Rating]:
    """Return someone's own ratings that are stale."""
    return _own(Rating, person).select_related("statement")


def stale_verdicts(person: access.Person) -> QuerySet[Review]:
    """Return someone's own last verdicts on each map, where they are stale."""
    return _own(Review, person, by="reviewer").filter(is_last())


def waiting_count(person: access.Person) -> int:
    """Return how much others wait for someone to do or to read, MOST_COUNTED at most.

    One query, and none for whoever is not signed in.
    """
    if not isinstance(person, User):
        return 0
    # Asked on every page: each condition is put together once, and the maps are asked for once.
    first_comments = turns(Comment.objects.all())
    edited, reviewed = (access.maps_for(person, needed) for needed in (Role.EDITOR, Role.REVIEWER))
    first, *rest = (
        rows.order_by().values("pk")
        for rows in (
            requests_to(person),
            _to_answer(first_comments, edited, person),
            _to_decide(first_comments, edited, person),
            _answered(first_comments, reviewed, person),
            unread_mentions(person),
        )
    )
    return first.union(*rest, all=True)[:MOST_COUNTED].count()


def _open(rows: QuerySet[Any], maps: Maps) -> QuerySet[Any]:
    """Return those of some threads that are open on some maps."""
    return rows.filter(state=CommentState.OPEN, map__in=maps.values("pk"))


def _to_answer(rows: QuerySet[Any], maps: Maps, person: access.Person) -> QuerySet[Any]:
    asks = Q(kind__in=[CommentKind.QUESTION, CommentKind.CHALLENGE])
    asks |= Q(kind=CommentKind.SUGGESTION) & ~Q(suggestion__outcome=Settlement.OPEN)
    return _open(rows, maps).filter(asks).exclude(last_by=person.pk)


def _to_decide(rows: QuerySet[Any], maps: Maps, person: access.Person) -> QuerySet[Any]:
    others = _open(rows, maps).exclude(author=person.pk)
    return others.filter(suggestion__outcome=Settlement.OPEN)


def _answered(rows: QuerySet[Any], maps: Maps, person: access.Person) -> QuerySet[Any]:
    own = _open(rows, maps).filter(author=person.pk, answers__gt=0)
    return own.exclude(last_by=person.pk)


def _own(model: type[Any], person: access.Person, *, by: str = "author") -> QuerySet[Any]:
    """Return the stale rows of `model` that someone wrote, on maps that they may still review."""
    if not isinstance(person, User):
        return access.rows_for(model, person).none()
    mine = access.rows_for(model, person, Role.REVIEWER).filter(**{by: person})
    stale: QuerySet[Any] = mine.filter(is_stale(model))
    return stale.select_related("map").order_by("map__title", "pk")


class Section(NamedTuple):
    """What stands in a section of the inbox: `find` table by table, and the way to a row's map."""

    find: tuple[Callable[[User], QuerySet[Any]], ...]
    path: str = "map"

    def rows(self, person: User, slug: str = "") -> list[QuerySet[Any]]:
        """Return what someone has there, of one map where a slug is given."""
        narrowed = {f"{self.path}__slug": slug} if slug else {}
        return [find(person).filter(**narrowed) for find in self.find]


SECTIONS: Mapping[str, Section] = {
    "requests": Section((requests_to,)),
    "answer": Section((to_answer,)),
    "decide": Section((to_decide,)),
    "answered": Section((answered,)),
    "mentions": Section((unread_mentions,), "comment__map"),
    "stale": Section((stale_verdicts, stale_comments, stale_answers, stale_ratings)),
    "rounds": Section((rounds_of,)),
    "waiting": Section((waiting_on_others,)),
    "settled": Section((settled_lately,)),
    "unresolved": Section((unresolved,)),
}
"""The sections of the inbox, in their order: the page and the API have the same ones."""
