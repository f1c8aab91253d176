"""Ratings, hidden from whoever has not given theirs.

A reviewer sees the others' figures for a statement, and what they come to, once there are some of
their own. Whoever cannot rate (viewers, and the world on a public map) never does: else a reviewer
need only sign out to look. Editors and owners always do: they asked, have to weigh the answers,
and the figures that the map itself gives are theirs. Superusers count as owners. That others have
rated is no secret; how they did is in no log, in no export and in no answer of the API but these.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)

from argmap import access
from argmap.core.agreement import Agreement, agreement
from argmap.core.graph import key_order
from argmap.core.kinds import Likelihood, Role
from argmap.models import ArgumentMap, Prepared, Rating, Statement
from argmap.review.stale import with_stale


@dataclass(frozen=True)
class RatingsSeen:
    """What one person may see of the ratings of one statement, each with whether it is `stale`.

    `count` is that of all ratings. Where they are `hidden`, `others` is empty and `figures` None.
    """

    count: int
    hidden: bool
    own: Rating | None
    others: tuple[Rating, ...]
    figures: Agreement | None


def visible_ratings(person: access.Person) -> QuerySet[Rating]:
    """Return the ratings whose figures someone may see, on all maps: their own, and the others'
    where they have given theirs or edit the map. Statements and maps come along (one query).
    """
    if not isinstance(person, User):
        return Rating.objects.none()
    mine = Rating.objects.filter(author=person, statement=OuterRef("statement"))
    reviews = Q(map__in=access.maps_held(person, Role.REVIEWER).values("pk"))
    edits = Q(map__in=access.maps_held(person, Role.EDITOR).values("pk"))
    seen = Q(author=person) | edits | (reviews & Q(Exists(mine)))
    return access.rows_for(Rating, person).filter(seen).select_related("statement", "map")


def may_see_ratings(person: access.Person, role: Role, statement: Statement) -> bool:
    """Tell whether someone may see others' figures (one query or none).

    `role` is the one held on the map, as `access.role_in` gives it, archived or not.
    """
    if role.may(Role.EDITOR):
        return True
    if not isinstance(person, User) or not role.may(Role.REVIEWER):
        return False
    return statement.ratings.filter(author=person).exists()


def ratings_of(person: access.Person, statement: Statement) -> RatingsSeen:
    """Return what someone may see of the ratings of a statement.

    Two queries: how many there are, and those that may be seen; one where there are none.
    """
    count = len(_ratings(statement.pk))
    # Most statements have none, and to build the other query takes five times as long as this one.
    seen = _seen(person, statement) if count else []
    own = next((each for each in seen if each.author_id == person.pk), None)
    hidden = len(seen) < count
    return RatingsSeen(
        count=count,
        hidden=hidden,
        own=own,
        others=() if hidden else tuple(each for each in seen if each is not own),
        figures=None if hidden else agreement([Likelihood(each.likelihood) for each in seen]),
    )


@Prepared
def _ratings(statement: int) -> QuerySet[Rating, tuple[int]]:
    return Rating.objects.filter(statement=statement).order_by().values_list("pk")


def _seen(person: access.Person, statement: Statement) -> list[Any]:
    return list(with_stale(visible_ratings(person).filter(statement=statement)))


def disagreements(
    person: access.Person, argument_map: ArgumentMap
) -> list[tuple[Statement, Agreement]]:
    """Return the statements of a map that two people at least have rated, where reviewers differ
    most first, and what their ratings come to; only those whose figures the person may see.

    Two queries: the ratings that may be seen, and how many there are of each statement.
    """
    counts = dict(
        argument_map.ratings.filter(statement__isnull=False)
        .order_by()
        .values_list("statement")
        .annotate(Count("pk"))
    )
    rated: dict[Statement, list[Likelihood]] = defaultdict(list)
    for rating in visible_ratings(person).filter(map=argument_map, statement__isnull=False):
        if rating.statement is not None:
            rated[rating.statement].append(Likelihood(rating.likelihood))
    found = [
        (statement, figures)
        for statement, given in rated.items()
        if len(given) == counts.get(statement.pk, 0) > 1 and (figures := agreement(given))
    ]
    return sorted(
        found, key=lambda each: (-each[1].disagreement, -each[1].spread, key_order(each[0].key))
    )
