"""Queries that are written once give what Django gives that writes them each time."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Count, FilteredRelation, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.models import ArgumentMap, Change, Comment, Excerpt, Prepared, Statement


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


def united(argument_map: int, kind: str) -> QuerySet[Statement, Any]:
    """Ask for what two queries find."""
    rows = Statement.objects.filter(map=argument_map).order_by().values_list("key", "kind")
    return rows.filter(kind=kind).union(rows.filter(key=kind))


def among(numbers: tuple[int, ...], argument_map: int, keys: tuple[str, ...]) -> QuerySet[Any, Any]:
    """Compare with as many numbers, or texts, as there are."""
    rows = Statement.objects.filter(Q(pk__among=numbers) | Q(key__among=keys), map=argument_map)
    return rows.order_by("key").values_list("key", "pk")


@pytest.mark.django_db
@pytest.mark.parametrize("build", [of_each_type, by_truth, twice, joined, united, among])
def test_rows_are_those_of_django(build: Any, a_map: ArgumentMap, analyst: User) -> None:
    a_map.foreign = {"kept": [1, None, "ü"]}
    a_map.save(update_fields=["foreign"])
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", title="E1")
    values: dict[Any, list[tuple[Any, ...]]] = {
        of_each_type: [(a_map.slug,), ("no-such-map",)],
        by_truth: [(a_map.pk, a_map.version), (a_map.pk, 0), (0, 9)],
        twice: [("C1", "E1"), ("E1", "C1"), ("C1", "C1"), ("%s", "'; --")],
        joined: [(analyst.pk, a_map.slug), (0, a_map.slug), (analyst.pk, "")],
        united: [(a_map.pk, "evidence"), (a_map.pk, "C1"), (0, "claim")],
        among: [
            ((a_map.statements.get(key="K1").pk,), a_map.pk, ("C1", "E1", "ü")),
            ((), a_map.pk, ()),
            ((2**62,), a_map.pk, ("E2",)),
        ],
    }
    asked: Prepared[Any, Any] = Prepared(build)
    for each in values[build] * 2:
        assert sorted(asked(*each), key=repr) == sorted(build(*each), key=repr), each
    assert asked(*values[build][0])


def with_source(statement: int) -> QuerySet[Excerpt, Excerpt]:
    """Ask for rows with what they belong to, but for a column of it."""
    excerpts = Excerpt.objects.filter(statement=statement)
    return excerpts.select_related("source", "statement").defer("source__text").order_by("key")


@pytest.mark.django_db
def test_instances_are_those_of_django(a_map: ArgumentMap) -> None:
    asked: Prepared[Any, Any] = Prepared(with_source)
    rested = a_map.statements.get(key="E1").pk
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            found = asked(rested)
            assert [(row.key, row.source.title, row.statement.key) for row in found] == [
                ("X1", a_map.sources.get(key="S1").title, "E1")
            ]
        assert [each for each in queries if "argmap_excerpt" in each["sql"]] == [queries[0]]
        assert found[0].source.get_deferred_fields() == {"text"}
        assert found == list(with_source(rested))
        assert found[0].__dict__.keys() == with_source(rested)[0].__dict__.keys()
        assert asked(0) == []


@pytest.mark.django_db
def test_an_outer_join_that_finds_nothing_gives_nothing(a_map: ArgumentMap, reviewer: User) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")
    asked: Prepared[Any, Any] = Prepared(
        lambda number: Comment.objects.filter(map=number).select_related("suggestion", "excerpt")
    )
    (comment,) = asked(a_map.pk)
    assert comment.excerpt is None
    assert comment.suggested is None


@pytest.mark.django_db
def test_a_query_is_built_once(a_map: ArgumentMap) -> None:
    built = []

    def texts(key: str) -> QuerySet[Statement, Any]:
        built.append(key)
        return Statement.objects.filter(key=key).values_list("text")

    asked: Prepared[Any, Any] = Prepared(texts)
    with CaptureQueriesContext(connection) as queries:
        assert [asked(key) for key in ("C1", "E1")] == [
            [(a_map.statements.get(key=key).text,)] for key in ("C1", "E1")
        ]
    assert len(built) == 1
    assert len([each for each in queries if "LIMIT" not in each["sql"]]) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("value", [None, True, 1.5, ["C1"]])
def test_what_is_neither_number_nor_text_is_no_value(value: Any) -> None:
    asked: Prepared[Any, Any] = Prepared(
        lambda key: Statement.objects.filter(key=key).values_list("pk")
    )
    for _ in range(2):
        with pytest.raises(TypeError, match="Neither a whole number nor a text"):
            asked(value)
        assert asked("C1") == []  # it is written by now


@pytest.mark.django_db
def test_a_query_takes_as_many_values_as_it_was_built_for() -> None:
    asked: Prepared[Any, Any] = Prepared(
        lambda key: Statement.objects.filter(key=key).values_list("pk")
    )
    for values, named in (((), {}), (("C1", "C2"), {}), ((), {"key": "C1"})):
        with pytest.raises(TypeError, match="takes 1 values"):
            asked(*values, **named)
    builds: list[Any] = [lambda key="C1": key, lambda *keys: keys, lambda **keys: keys]
    for build in builds:
        with pytest.raises(TypeError, match="by their places"):
            Prepared(build)


@pytest.mark.django_db
def test_a_value_that_is_changed_before_it_is_sent_is_refused() -> None:
    asked: Prepared[Any, Any] = Prepared(
        lambda key, text: Statement.objects.filter(key=key, text__contains=text).values_list("pk")
    )
    with pytest.raises(ValueError, match="value 1 as it is"):
        asked("C1", "harbour")
