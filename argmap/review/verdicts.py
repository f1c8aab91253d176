"""Verdicts on maps, and requests for one that are still open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Cast

from argmap import access
from argmap.core.kinds import Role, Verb, Verdict
from argmap.core.verdicts import Given, Person, StandingReview, person, standing_review
from argmap.models import ArgumentMap, ChangeItem, Prepared, Review
from argmap.review.stale import with_stale


def verdicts_on(argument_map: ArgumentMap) -> QuerySet[Any]:
    """Return the verdicts on a map, the first first, each with its round.

    With each come `stale`, and whether it was only `brought` by an import.
    """
    return with_stale(_given_on(argument_map)).select_related("round")


def last_and_earlier(rows: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Part rows of `verdicts_on`: the last of each reviewer, newest first, and those before."""
    last: dict[Person, Any] = {}
    earlier = []
    for row in rows:
        who = person(row.reviewer_id, row.reviewer_name, brought=row.brought)
        if who in last:
            earlier.append(last.pop(who))
        last[who] = row
    return list(reversed(last.values())), earlier


def is_last() -> Q:
    """Return the condition that a verdict is the last that its reviewer gave on its map."""
    same = Review.objects.filter(map=OuterRef("map"), reviewer=OuterRef("reviewer"))
    later = Q(finished_at__gt=OuterRef("finished_at"))
    later |= Q(finished_at=OuterRef("finished_at"), pk__gt=OuterRef("pk"))
    return ~Q(Exists(same.filter(later)))


def standing_of(argument_map: ArgumentMap) -> StandingReview:
    """Return the standing review of a map, at the version that `argument_map` has.

    One query, and one of the log where a verdict is of nobody who is here.
    """
    given = _given(argument_map.pk)
    is_left = any(reviewer is None for _, reviewer, *_ in given)
    brought = set(_brought(argument_map)) if is_left else frozenset()
    return standing_review(
        (
            Given(name, Verdict(verdict), seen, reviewer, reviewer is None and str(pk) in brought)
            for pk, reviewer, name, verdict, seen in given
        ),
        argument_map.version,
    )


@Prepared
def _given(argument_map: int) -> QuerySet[Review, Any]:
    rows = Review.objects.filter(map=argument_map, finished_at__isnull=False)
    told = ("pk", "reviewer", "reviewer_name", "verdict", "version_seen")
    return rows.order_by("finished_at", "pk").values_list(*told)


def _brought(argument_map: ArgumentMap) -> Iterable[str]:
    """Return the numbers of the verdicts on a map that an import brought, as the log has them."""
    items = ChangeItem.objects.filter(map=argument_map, type="review", change__verb=Verb.IMPORT)
    return items.values_list("key", flat=True)


def _given_on(argument_map: ArgumentMap) -> QuerySet[Any]:
    """Return the verdicts on a map, the first first, each with whether it was `brought`.

    The log tells one that a file brought from one whose reviewer has left.
    """
    brought = ChangeItem.objects.filter(
        map=OuterRef("map"),
        type="review",
        key=Cast(OuterRef("pk"), CharField()),
        change__verb=Verb.IMPORT,
    )
    nobody_here = ExpressionWrapper(Q(reviewer=None) & Exists(brought), BooleanField())
    given = argument_map.reviews.filter(finished_at__isnull=False).annotate(brought=nobody_here)
    return given.order_by("finished_at", "pk")


def requests_to(person: access.Person) -> QuerySet[Review]:
    """Return the verdicts that someone is asked for, and has not given: the soonest due first.

    Only of open rounds on maps that they may still review; each with its round and map.
    """
    if not isinstance(person, User):
        return Review.objects.none()
    asked = access.rows_for(Review, person, Role.REVIEWER).filter(
        reviewer=person, finished_at=None, round__closed_at=None, round__isnull=False
    )
    return asked.select_related("round", "map").order_by("round__due", "created_at", "pk")
