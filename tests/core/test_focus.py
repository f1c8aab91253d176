from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.focus import BUDGET, View, around, focused, folded_away, overview, whole
from argmap.core.graph import Graph
from argmap.core.kinds import Kind
from argmap.core.walk import descendants, path_to_root, roots
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs

TREE = graph_of(
    *(support(f"I{n}", f"C{2 * n} C{2 * n + 1}", f"C{n}") for n in range(1, 512)),
    attack("I900", "K1", "I5"),
)


def assert_sound(view: View, graph: Graph) -> None:
    shown = view.graph
    for inference in shown.inferences:
        assert all(key in shown.statement for key in inference.premises)
        assert shown.has(inference.conclusion)
        assert inference == graph.inference[inference.key]
    left_out = [
        inference
        for inference in graph.inferences
        if inference.key not in shown.inference
        and all(key in shown.statement for key in inference.premises)
        and shown.has(inference.conclusion)
    ]
    assert left_out == []
    assert view.total == len(graph.statements)
    assert view.hidden_under.keys().isdisjoint(shown.statement)
    assert set(view.hidden_under.values()) == set(view.hidden) <= set(shown.statement)
    assert sum(view.hidden.values()) == len(view.hidden_under)


def test_the_whole_hides_nothing() -> None:
    view = whole(TREE)
    assert view.graph is TREE
    assert view.is_whole
    assert not view.hidden


def test_an_overview_keeps_to_its_budget_and_counts_the_rest() -> None:
    view = overview(TREE)
    assert BUDGET - 1 <= len(view.graph.statements) <= BUDGET
    assert not view.is_whole
    assert len(view.graph.statements) + sum(view.hidden.values()) == len(TREE.statements)
    assert roots(view.graph) == ("C1",)
    assert_sound(view, TREE)


@pytest.mark.parametrize("budgets", [(9, 9), (9, 40, 9), (600, 9, 2_000)])
def test_what_an_overview_keeps_is_of_its_budget(budgets: tuple[int, ...]) -> None:
    graph = replace(TREE)
    for budget in budgets:
        assert overview(graph, budget) == overview(replace(TREE), budget)


def test_an_overview_of_a_small_map_is_the_whole() -> None:
    assert overview(TREE, 5_000).is_whole


def test_linked_premises_are_shown_together_or_not_at_all() -> None:
    graph = graph_of(support("I1", "E1 E2 E3", "C1"), support("I2", "E4", "C1"))
    assert set(overview(graph, 3).graph.statement) == {"C1", "E4"}
    assert overview(graph, 3).hidden == {"C1": 3}


def test_a_focus_shows_what_is_near_and_the_way_up() -> None:
    view = focused(TREE, "C37", depth=1)
    assert set(view.graph.statement) >= {"C37", "C74", "C75", "C18", "C36", "C9", "C4", "C2", "C1"}
    assert "C100" not in view.graph.statement
    assert view.focus == "C37"
    assert view.hidden["C74"] == len([key for key in descendants(TREE, "C74") if key[0] == "C"])
    assert view.hidden_under["C148"] == "C74"
    assert_sound(view, TREE)


def test_a_focus_on_an_inference() -> None:
    view = focused(TREE, "I5", depth=1)
    assert {"C5", "C10", "C11", "K1"} <= set(view.graph.statement)
    assert {"I5", "I900"} <= set(view.graph.inference)


def test_a_focus_keeps_to_its_budget() -> None:
    view = focused(TREE, "C1", depth=20, budget=40)
    assert len(view.graph.statements) == 40
    assert "C1" in view.graph.statement


def test_a_focus_on_nothing() -> None:
    with pytest.raises(KeyError):
        focused(TREE, "C9999")


@given(graphs(), st.integers(1, 12), st.integers(1, 3), st.data())
def test_views_never_hold_half_an_inference(
    graph: Graph, budget: int, depth: int, data: st.DataObject
) -> None:
    view = overview(graph, budget)
    assert len(view.graph.statements) <= budget
    assert_sound(view, graph)
    keys = [*graph.statement, *graph.inference]
    if keys:
        near = focused(graph, data.draw(st.sampled_from(keys)), depth, budget)
        assert len(near.graph.statements) <= budget
        assert_sound(near, graph)


SHARED = graph_of(
    support("I1", "C2 C3", "C1"),
    support("I2", "E1 E2", "C2"),
    support("I3", "E1", "C3"),
    attack("I4", "K1", "I2"),
    support("I5", "E3", "K1"),
)


def test_a_fold_hides_a_branch_with_what_undercuts_it() -> None:
    view = overview(SHARED, fold=["C2"])
    assert set(view.graph.statement) == {"C1", "C2", "C3", "E1"}
    assert set(view.graph.inference) == {"I1", "I3"}
    assert view.hidden_kinds == {"C2": {Kind.EVIDENCE: 2, Kind.COUNTERARGUMENT: 1}}
    assert not view.is_whole


def test_what_stands_in_two_branches_goes_with_both() -> None:
    view = overview(SHARED, fold=["C2", "C3"])
    assert set(view.graph.statement) == {"C1", "C2", "C3"}
    assert sum(view.hidden.values()) == 4


def test_a_fold_leaves_room_in_the_budget() -> None:
    view = overview(TREE, 60, fold=["C2"])
    assert "C3" in view.graph.statement
    assert "C4" not in view.graph.statement
    assert len(view.graph.statements) > 55
    assert_sound(view, TREE)


def test_a_focus_in_a_folded_branch_keeps_its_way_up() -> None:
    view = focused(TREE, "C37", depth=1, fold=["C9", "C37"])
    assert set(view.graph.statement) >= {"C37", "C36", "C18", "C9", "C4", "C2", "C1"}
    assert "C74" not in view.graph.statement
    assert view.hidden["C37"] == len([key for key in descendants(TREE, "C37") if key[0] == "C"])


def reachable(graph: Graph, starts: Iterable[str]) -> set[str]:
    return {key for start in starts for key in (start, *descendants(graph, start))}


@given(graphs(), st.data())
def test_a_fold_hides_what_is_reached_only_through_it_and_nothing_else(
    graph: Graph, data: st.DataObject
) -> None:
    fold = data.draw(st.sets(st.sampled_from(sorted(graph.statement)))) if graph.statement else ()
    cut = replace(
        graph, inferences=tuple(each for each in graph.inferences if each.conclusion not in fold)
    )
    hidden = reachable(graph, roots(graph)) - reachable(cut, roots(graph))
    gone = folded_away(graph, fold)
    left = set(graph.statement) - hidden
    assert left == set(graph.statement) - gone
    for inference in graph.inferences:
        ends = {inference.conclusion, *inference.premises}
        assert (inference.key in gone) == (not ends.isdisjoint(gone))
    view = overview(graph, fold=fold)
    assert set(view.graph.statement) == left
    assert view.hidden_under.keys() == set(graph.statement) - left
    assert_sound(view, graph)


@given(graphs(), st.integers(1, 3), st.data())
def test_a_fold_never_hides_the_focus_or_its_way_up(
    graph: Graph, depth: int, data: st.DataObject
) -> None:
    keys = sorted([*graph.statement, *graph.inference])
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    fold = data.draw(st.sets(st.sampled_from(sorted(graph.statement))))
    view = focused(graph, key, depth, fold=fold)
    for step in path_to_root(graph, key):
        assert view.graph.has(step)
    assert_sound(view, graph)
    assert set(view.graph.statement) <= set(focused(graph, key, depth).graph.statement)


def test_what_lies_around_has_no_way_up() -> None:
    view = around(TREE, "C5")
    assert [each.key for each in view.graph.statements] == ["C2", "C4", "C5", "C10", "C11", "K1"]
    assert [each.key for each in view.graph.inferences] == ["I2", "I5", "I900"]
    assert (view.focus, view.trail) == ("C5", ())
    assert_sound(view, TREE)


def test_around_an_inference_lie_its_ends_and_what_bears_on_it() -> None:
    view = around(TREE, "I5")
    assert [each.key for each in view.graph.statements] == ["C5", "C10", "C11", "K1"]
    assert_sound(view, TREE)
    with pytest.raises(KeyError):
        around(TREE, "I999")


@given(graph=graphs(), data=st.data())
def test_around_any_statement_or_inference_lies_a_sound_view(
    graph: Graph, data: st.DataObject
) -> None:
    keys = [*graph.statement, *graph.inference]
    if keys:
        view = around(graph, data.draw(st.sampled_from(keys)))
        assert_sound(view, graph)
