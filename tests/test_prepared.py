"""Queries that are written once give what Django gives that writes them each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, FilteredRelation, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.models import ArgumentMap, Change, Prepared, Statement


def of_each_type(slug: str) -> QuerySet[ArgumentMap, Any]:
    """Ask for a UUID, a date, JSON, a number and nothing at all."""
    maps = ArgumentMap.objects.filter(slug=slug)
    return maps.values_list("uuid", "created_at", "foreign", "version", "archived_at")


def by_truth(argument_map: int, last: int) -> QuerySet[Change, Any]:
    """Compare with a constant between two values, and ask for truths."""
    changes = Change.objects.filter(map=argument_map, undoable=True, version__lte=last)
    return changes.order_by("activity").values_list("undoable", "verb", "batch")


def twice(key: str, other: str) -> QuerySet[Statement, Any]:
    """Compare two columns with one value, and one of them with another."""
    return (
        Statement.objects.filter(Q(key=key) | Q(title=key) | Q(key=other))
        .order_by("key")
        .values_list("key", "text")
    )


def joined(person: int, slug: str) -> QuerySet[ArgumentMap, Any]:
    """Send a value with a join, before the one of the filter, and count."""
    mine = FilteredRelation("memberships", condition=Q(memberships__user=person))
    maps = ArgumentMap.objects.filter(slug=slug).annotate(mine=mine)
    return maps.values_list("slug", "mine__role").annotate(Count("statements"))


@pytest.mark.django_db
@pytest.mark.parametrize("build", [of_each_type, by_truth, twice, joined])
def test_rows_are_those_of_django(build: Any, a_map: ArgumentMap, analyst: User) -> None:
    a_map.foreign = {"kept": [1, None, "ü"]}
    a_map.save(update_fields=["foreign"])
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", title="E1")
    values: dict[Any, list[tuple[Any, ...]]] = {
        of_each_type: [(a_map.slug,), ("no-such-map",)],
        by_truth: [(a_map.pk, a_map.version), (a_map.pk, 0), (0, 9)],
        twice: [("C1", "E1"), ("E1", "C1"), ("C1", "C1"), ("%s", "'; --")],
        joined: [(analyst.pk, a_map.slug), (0, a_map.slug), (analyst.pk, "")],
    }
    asked: Prepared[Any] = Prepared(build)
    for each in values[build] * 2:
        assert asked(*each) == list(build(*each)), each
    assert asked(*values[build][0])


@pytest.mark.django_db
def test_a_query_is_built_once(a_map: ArgumentMap) -> None:
    built = []

    def texts(key: str) -> QuerySet[Statement, Any]:
        built.append(key)
        return Statement.objects.filter(key=key).values_list("text")

    asked = Prepared(texts)
    with CaptureQueriesContext(connection) as queries:
        assert [asked(key) for key in ("C1", "E1")] == [
            [(a_map.statements.get(key=key).text,)] for key in ("C1", "E1")
        ]
    assert len(built) == 1
    assert len([each for each in queries if "LIMIT" not in each["sql"]]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("value", [None, True, 1.5, ["C1"]])
def test_what_is_neither_number_nor_text_is_no_value(value: Any) -> None:
    asked: Prepared[Any] = Prepared(lambda key: Statement.objects.filter(key=key).values_list("pk"))
    for _ in range(2):
        with pytest.raises(TypeError, match="Neither a whole number nor a text"):
            asked(value)
        assert asked("C1") == []  # it is written by now


@pytest.mark.django_db
def test_a_query_takes_as_many_values_as_it_was_built_for() -> None:
    asked: Prepared[Any] = Prepared(lambda key: Statement.objects.filter(key=key).values_list("pk"))
    for values, named in (((), {}), (("C1", "C2"), {}), ((), {"key": "C1"})):
        with pytest.raises(TypeError, match="takes 1 values"):
            asked(*values, **named)
    builds: list[Any] = [lambda key="C1": key, lambda *keys: keys, lambda **keys: keys]
    for build in builds:
        with pytest.raises(TypeError, match="by their places"):
            Prepared(build)


@pytest.mark.django_db
def test_a_value_that_is_changed_before_it_is_sent_is_refused() -> None:
    asked: Prepared[Any] = Prepared(
        lambda key, text: Statement.objects.filter(key=key, text__contains=text).values_list("pk")
    )
    with pytest.raises(ValueError, match="value 1 as it is"):
        asked("C1", "harbour")
