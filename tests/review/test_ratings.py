"""Where reviewers differ, as far as one may see it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Statement
from argmap.review import disagreements, ratings_of


def test_where_reviewers_differ_most_comes_first_as_far_as_one_has_rated(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    viewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    second = User.objects.create_user("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=second, role=Role.REVIEWER)
    given = {
        "C1": ("likely", "very_likely"),
        "E1": ("almost_no_chance", "almost_certain"),
        "E2": ("likely", None),
        "K1": (None, "likely"),
    }
    for key, figures in given.items():
        for person, likelihood in zip((reviewer, second), figures, strict=True):
            on: dict[str, Any] = {"actor": person, "argument_map": a_map}
            if likelihood:
                actions.rate(**on, statement=key, likelihood=likelihood)

    # how many there are of each; those that may be seen
    with django_assert_num_queries(2):
        found = [
            (statement.key, figures.disagreement)
            for statement, figures in disagreements(analyst, a_map)
        ]
    assert found[0] == ("E1", 1.0)
    assert [key for key, _ in found] == ["E1", "C1"]
    assert disagreements(viewer, a_map) == []

    actions.withdraw_rating(actor=reviewer, argument_map=a_map, statement="E1")
    assert [statement.key for statement, _ in disagreements(reviewer, a_map)] == ["C1"]
    statement = Statement.objects.get(map=a_map, key="C1")
    # how many there are; those that may be seen
    with django_assert_num_queries(2):
        assert ratings_of(reviewer, statement).figures is not None
