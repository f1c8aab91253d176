from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.models import ArgumentMap, Inference, Statement
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs as any_graph

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    support("I2", "C1", "C2"),
    attack("I3", "K1", "I1"),
    support("I4", "E3", "I3"),
    attack("I5", "K2", "C1"),
)


@contextmanager
def stored(graph: Graph) -> Iterator[ArgumentMap]:
    a_map = actions.import_graph(actor=None, graph=graph).map
    try:
        yield a_map
    finally:
        actions.delete_map(actor=None, argument_map=a_map)


def element(a_map: ArgumentMap, key: str) -> Statement | Inference:
    if key.startswith("I"):
        return a_map.inferences.get(key=key)
    return a_map.statements.get(key=key)


def falling(a_map: ArgumentMap, key: str) -> list[str]:
    return [inference.key for inference in actions.falling(a_map, element(a_map, key))]


@pytest.mark.parametrize(
    ("key", "falls"),
    [
        ("E1", ["I1", "I3", "I4"]),
        ("C1", ["I1", "I2", "I5", "I3", "I4"]),
        ("I1", ["I3", "I4"]),
        ("I4", []),
        ("C2", ["I2"]),
    ],
)
@pytest.mark.django_db
def test_a_deletion_takes_inferences_and_what_bears_on_them(key: str, falls: list[str]) -> None:
    with stored(SMALL) as a_map:
        assert falling(a_map, key) == falls


@pytest.mark.django_db
def test_each_level_is_one_query(django_assert_num_queries: Any) -> None:
    with stored(SMALL) as a_map:
        first = element(a_map, "E1")
        # What starts from it, the undercut of that, its backing, and that nothing is above.
        with django_assert_num_queries(4):
            actions.falling(a_map, first)


@pytest.mark.django_db
@given(graph=any_graph())
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_said_to_fall_falls_and_nothing_dangles(graph: Graph) -> None:
    for key in [*graph.statement, *graph.inference][:3]:
        with stored(graph) as a_map:
            falls = falling(a_map, key)
            delete(a_map, key)
            left = graphs.load_graph(a_map)
            assert {*graph.inference} - {*left.inference} == {*falls, key} & {*graph.inference}
            assert {*graph.statement} - {*left.statement} == {key} & {*graph.statement}
            assert not audit(a_map)


def delete(a_map: ArgumentMap, key: str) -> None:
    if key.startswith("I"):
        actions.delete_inference(actor=None, argument_map=a_map, key=key)
    else:
        actions.delete_statement(actor=None, argument_map=a_map, key=key)


def test_one_that_was_turned_on_a_later_one_goes_before_it(
    a_map: ArgumentMap, analyst: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(**on_it, stance="support", premises=["E1"], conclusion="C1")
    actions.edit_inference(**on_it, key="I1", conclusion="I3")
    before = graphs.load_graph(a_map)
    assert falling(a_map, "E1") == ["I3", "I1", "I2"]

    actions.delete_statement(**on_it, key="E1")
    assert not a_map.inferences.exists()

    actions.undo(**on_it)
    assert graphs.load_graph(a_map).inferences == before.inferences


def test_a_deletion_costs_the_same_for_few_and_many(a_map: ArgumentMap, analyst: User) -> None:
    """All that falls goes by table: what it was, the comments on it, the rows under it, itself."""
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.delete_statement(**on_it, key="C1")
        actions.undo(**on_it)
        return len(queries)

    few = cost()
    actions.paste_branch(**on_it, about="C1", text="+ More.\n" * 20)
    assert cost() == few
