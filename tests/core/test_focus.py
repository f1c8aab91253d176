from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core import folding
from argmap.core.focus import READABLE, View, around, focused, overview, room, whole
from argmap.core.folding import folded_away, way_down
from argmap.core.graph import Graph
from argmap.core.kinds import Kind
from argmap.core.walk import depths, descendants, path_to_root, roots
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
    assert {depths(TREE)[key] for key in view.graph.statement} == {0, 1, 2, 3, 4, 5, 6}
    assert len(view.graph.statements) == 2**7  # with K1, of 150; the next level has as many
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
    graph = graph_of(support("I1", "E1 E2 E3 E4 E5 E6 E7", "C1"), support("I2", "E8", "C1"))
    assert set(overview(graph, 7).graph.statement) == {"C1", "E8"}
    assert overview(graph, 7).hidden == {"C1": 7}


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


def test_a_fold_opens_nothing_elsewhere() -> None:
    view = overview(TREE, 60, fold=["C2"])
    below = descendants(TREE, "C2")
    assert set(view.graph.statement) == set(overview(TREE, 60).graph.statement) - below
    assert_sound(view, TREE)


def test_a_larger_map_opens_with_what_can_be_read() -> None:
    few = graph_of(support("I1", "E1", "C1"))
    assert room(few) == 150
    assert room(TREE) == READABLE == 60
    assert room(TREE, 2_000) == 2_000
    assert room(TREE, 1) == 1


def wide(*children: int) -> Graph:
    """Return a map of one claim for each number, on which so many pieces of evidence bear."""
    steps = []
    for top, count in enumerate(children, start=1):
        first = 1_000 * top
        steps += [support(f"I{n}", f"E{n}", f"C{top}") for n in range(first, first + count)]
    return graph_of(*steps)


def test_of_a_level_that_does_not_fit_nothing_is_shown() -> None:
    assert set(overview(wide(*[4] * 12), 59).graph.statement) == {f"C{n}" for n in range(1, 13)}
    assert len(overview(wide(*[4] * 11), 59).graph.statements) == 55


def test_where_that_would_leave_next_to_nothing_all_is_shown_that_bears_on_one() -> None:
    view = overview(wide(90, 20, 30), 50)
    assert [key for key in view.graph.statement if key[0] == "C"] == ["C1", "C2", "C3"]
    assert view.hidden == {"C1": 90, "C3": 30}
    assert_sound(view, wide(90, 20, 30))


def test_or_a_part_of_that() -> None:
    view = overview(wide(200), 60)
    assert len(view.graph.statements) == 60
    assert view.hidden == {"C1": 141}


def test_what_stands_alone_takes_no_room_from_what_does_not() -> None:
    alone = graph_of(**{f"C{n}": "" for n in range(1, 10)})
    both = replace(wide(3, 3), statements=(*wide(3, 3).statements, *alone.statements[2:]))
    view = overview(both, 9)
    assert set(view.graph.statement) == {"C3", *wide(3, 3).statement}
    assert view.apart == len({"C4", "C5", "C6", "C7", "C8", "C9"})
    assert overview(alone, 6).apart == 3
    assert overview(both).apart == 0


def test_what_is_opened_comes_on_top_of_the_budget() -> None:
    before = overview(TREE, 60)
    view = overview(TREE, 60, opened=["C17", "C35"])
    more = set(view.graph.statement) - set(before.graph.statement)
    assert set(before.graph.statement) <= set(view.graph.statement)
    assert more == {"C34", "C35", "C70", "C71"}
    assert_sound(view, TREE)
    assert view == overview(TREE, 60, opened=["C35", "C17"])


def test_one_inference_is_opened_alone() -> None:
    graph = wide(90, 20, 30)
    view = overview(graph, 3, opened=["I1005"])
    assert set(view.graph.statement) == {"C1", "C2", "C3", "E1005"}
    assert view.hidden == {"C1": 89, "C2": 20, "C3": 30}
    assert_sound(view, graph)


def test_an_undercut_is_opened_with_what_it_undercuts_or_not_at_all() -> None:
    assert overview(SHARED, 1, opened=["I4"]) == overview(SHARED, 1)
    view = overview(SHARED, 1, opened=["I1", "I2", "I4"])
    assert set(view.graph.statement) == {"C1", "C2", "C3", "E1", "E2", "K1"}


def test_what_is_folded_stays_folded_though_it_is_opened() -> None:
    assert overview(SHARED, 3, ["C2"], opened=["C2"]) == overview(SHARED, 3, ["C2"])


def test_what_is_opened_is_never_more_than_anyone_can_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folding, "MOST", 40)
    view = overview(wide(20, 50), 2, opened=["C2"])
    assert len(view.graph.statements) == 40
    assert view.hidden == {"C1": 20, "C2": 12}


def test_the_way_to_what_is_hidden() -> None:
    shown = overview(SHARED, 1).graph.statement
    assert way_down(SHARED, shown, "E3") == ("C1", "I1", "C2", "I2", "I4", "K1", "I5", "E3")
    assert way_down(SHARED, shown, "I4") == ("C1", "I1", "C2", "I2", "I4")
    assert way_down(SHARED, shown, "C1") == ("C1",)
    assert way_down(SHARED, (), "E3") == way_down(SHARED, shown, "E3")
    assert way_down(SHARED, shown, "E99") == ()


@given(graphs(), st.integers(1, 6), st.data())
def test_the_way_to_anything_that_is_hidden_below_what_is_shown_shows_it(
    graph: Graph, budget: int, data: st.DataObject
) -> None:
    view = overview(graph, budget)
    if view.hidden_under:
        key = data.draw(st.sampled_from(sorted(view.hidden_under)))
        way = way_down(graph, view.graph.statement, key)
        if way:  # the nearest root may be one for which there was no room
            opened = overview(graph, budget, opened=way)
            assert key in opened.graph.statement
            assert_sound(opened, graph)


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
