"""Verdicts on maps, and requests for one that are still open."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet

from argmap import access
from argmap.core.kinds import Role, Verdict
from argmap.core.verdicts import Given, StandingReview, standing_review
from argmap.models import ArgumentMap, Review
from argmap.review.stale import with_stale


def verdicts_on(argument_map: ArgumentMap) -> QuerySet[Any]:
    """Return the verdicts on a map, the first first, each with its round, and `stale` beside it."""
    given = argument_map.reviews.filter(finished_at__isnull=False)
    return with_stale(given).select_related("round").order_by("finished_at", "pk")


def is_last() -> Q:
    """Return the condition that a verdict is the last that its reviewer gave on its map."""
    later = Review.objects.filter(
        map=OuterRef("map"), reviewer=OuterRef("reviewer"), finished_at__gt=OuterRef("finished_at")
    )
    return ~Q(Exists(later))


def standing_of(argument_map: ArgumentMap) -> StandingReview:
    """Return the standing review of a map, at the version that `argument_map` has (one query)."""
    rows = argument_map.reviews.filter(finished_at__isnull=False).order_by("finished_at", "pk")
    given = rows.values_list("reviewer_name", "verdict", "version_seen")
    return standing_review(
        (Given(name, Verdict(verdict), seen) for name, verdict, seen in given),
        argument_map.version,
    )


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
