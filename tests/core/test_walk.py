from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.graph import Graph, Inference, Statement, key_order
from argmap.core.kinds import Kind, Stance
from argmap.core.walk import (
    ancestors,
    cycles,
    depths,
    descendants,
    downward,
    groups,
    neighbourhood,
    path_to_root,
    roots,
    upward,
    worded,
)
from tests.core.maps import attack, graph_of, support

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    support("I2", "C1", "C2"),
    attack("I3", "K1", "I1"),
    support("I4", "E3", "I3"),
    attack("I5", "K2", "C1"),
)
LONG = 10_000


@st.composite
def tangles(draw: st.DrawFn) -> Graph:
    """Return graphs that may hold rings, lone statements, and inferences on inferences."""
    keys = [f"C{number}" for number in range(1, draw(st.integers(1, 8)) + 1)]
    count = draw(st.integers(0, 12))
    anything = st.sampled_from([*keys, *(f"I{number}" for number in range(1, count + 1))])
    return Graph(
        statements=tuple(Statement(key=key, kind=Kind.CLAIM, text=key) for key in keys),
        inferences=tuple(
            Inference(
                key=f"I{number}",
                stance=draw(st.sampled_from(Stance)),
                premises=tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3))),
                conclusion=draw(anything),
            )
            for number in range(1, count + 1)
        ),
    )


def keys_of(graph: Graph) -> list[str]:
    return [*graph.statement, *graph.inference]


def test_steps_up_and_down() -> None:
    assert upward(SMALL, "C1") == ("I2",)
    assert upward(SMALL, "I3") == ("I1",)
    assert downward(SMALL, "I1") == ("E1", "E2", "I3")
    assert downward(SMALL, "C1") == ("I1", "I5")


@given(tangles())
def test_up_and_down_are_the_same_steps(graph: Graph) -> None:
    up = {(key, above) for key in keys_of(graph) for above in upward(graph, key)}
    down = {(below, key) for key in keys_of(graph) for below in downward(graph, key)}
    assert up == down


@given(tangles())
def test_ancestors_and_descendants_mirror_each_other(graph: Graph) -> None:
    for key in keys_of(graph):
        assert all(key in descendants(graph, above) for above in ancestors(graph, key))
        assert all(key in ancestors(graph, below) for below in descendants(graph, key))


@given(tangles())
def test_every_statement_has_a_root(graph: Graph) -> None:
    found = roots(graph)
    assert list(found) == sorted(found, key=key_order)
    reached = set(found).union(*(descendants(graph, root) for root in found))
    # An inference may bear on nothing but a ring of inferences, which has no root.
    lost = {key for key in graph.statement if key not in reached}
    assert all(set(ancestors(graph, key)).isdisjoint(found) for key in lost)
    assert all(any(above[0] == "I" for above in ancestors(graph, key)) for key in lost)


@given(tangles())
def test_no_root_bears_on_another(graph: Graph) -> None:
    found = set(roots(graph))
    assert all(found.isdisjoint(ancestors(graph, root) - {root}) for root in found)


@given(tangles())
def test_what_bears_on_itself_is_in_a_cycle(graph: Graph) -> None:
    looped = {key for key in keys_of(graph) if key in ancestors(graph, key)}
    alone = {key for key in looped if key in upward(graph, key)}
    assert {key for cycle in cycles(graph) for key in cycle} >= looped - alone
    for cycle in cycles(graph):
        assert all(set(cycle) <= ancestors(graph, key) for key in cycle)


@given(tangles())
def test_groups_hold_each_element_once_after_what_it_bears_on(graph: Graph) -> None:
    found = groups(graph)
    assert sorted(key for group in found for key in group) == sorted(keys_of(graph))
    seen: set[str] = set()
    for group in found:
        seen.update(group)
        assert all(above in seen for key in group for above in upward(graph, key))


def test_a_stance_picks_out_circular_reasoning() -> None:
    graph = graph_of(
        support("I1", "C1", "C2"),
        support("I2", "C2", "C1"),
        attack("I3", "C3", "C4"),
        attack("I4", "C4", "C3"),
    )
    assert cycles(graph) == (("C1", "C2", "I1", "I2"), ("C3", "C4", "I3", "I4"))
    assert cycles(graph, Stance.SUPPORT) == (("C1", "C2", "I1", "I2"),)


def test_the_neighbourhood_crosses_undercuts() -> None:
    assert neighbourhood(SMALL, "K1", 1) == {"K1": 0, "E1": 1, "E2": 1, "C1": 1, "E3": 1}
    assert neighbourhood(SMALL, "K1", 0) == {"K1": 0}
    assert set(neighbourhood(SMALL, "K1", 9)) == set(SMALL.statement)
    assert neighbourhood(SMALL, "I2", 1) == {"C2": 1, "C1": 1}


def test_a_neighbourhood_of_nothing() -> None:
    with pytest.raises(KeyError):
        neighbourhood(SMALL, "C99", 1)


@given(tangles(), st.integers(0, 4))
def test_a_wider_neighbourhood_keeps_the_distances(graph: Graph, depth: int) -> None:
    for key in graph.statement:
        near, wide = neighbourhood(graph, key, depth), neighbourhood(graph, key, depth + 1)
        assert near == {found: far for found, far in wide.items() if far <= depth}
        assert list(near.values()) == sorted(near.values())


def test_depths_count_the_inferences_above() -> None:
    assert depths(SMALL)["C2"] == 0
    assert depths(SMALL)["C1"] == 1
    assert depths(SMALL)["E1"] == depths(SMALL)["K1"] == depths(SMALL)["K2"] == 2


def test_the_way_up() -> None:
    assert path_to_root(SMALL, "K1") == ("K1", "I3", "I1", "C1", "I2", "C2")
    assert path_to_root(SMALL, "C2") == ("C2",)


@given(tangles(), tangles())
def test_other_words_leave_the_walks_and_other_joints_do_not(graph: Graph, other: Graph) -> None:
    found = (roots(graph), depths(graph))
    said = tuple(replace(statement, text="Otherwise.") for statement in graph.statements)
    same = worded(graph, title="Otherwise", statements=said)
    assert same == replace(graph, title="Otherwise", statements=said)
    assert same.joined is worded(same).joined is graph
    assert (roots(same), depths(same)) == found
    changed = worded(graph, statements=other.statements, inferences=other.inferences)
    assert (roots(changed), depths(changed)) == (roots(other), depths(other))


def test_a_long_chain_needs_no_recursion() -> None:
    steps = [support(f"I{n}", f"C{n + 1}", f"C{n}") for n in range(1, LONG)]
    chain = graph_of(*steps, support(f"I{LONG}", "C1", f"C{LONG}"))
    assert roots(chain) == ("C1",)
    assert len(cycles(chain)[0]) == 2 * LONG
    assert len(ancestors(chain, "C1")) == 2 * LONG
    assert max(depths(chain).values()) == LONG - 1
    assert len(neighbourhood(chain, "C1", LONG)) == LONG
    assert len(path_to_root(chain, f"C{LONG // 2}")) > LONG / 2
