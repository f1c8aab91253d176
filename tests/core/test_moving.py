from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.graph import Graph
from argmap.core.moving import branch
from argmap.core.walk import descendants
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    attack("I2", "K1", "I1"),
    support("I3", "E2", "C3"),
    support("I4", "C1", "C2"),
    support("I5", "E3", "K1"),
)


@pytest.mark.parametrize(
    ("chosen", "statements", "inferences", "cut"),
    [
        # E2 bears on C3 too: it stays, so the linked step ends, and what undercuts it.
        ("C1", "C1 E1 E3 K1", "I5", "I1 I2 I4"),
        ("C1 E2", "C1 E1 E2 E3 K1", "I1 I2 I5", "I3 I4"),
        ("C1 C3", "C1 C3 E1 E2 E3 K1", "I1 I2 I3 I5", "I4"),
        ("C2 C3", "C1 C2 C3 E1 E2 E3 K1", "I1 I2 I3 I4 I5", ""),
        ("K1", "E3 K1", "I5", "I2"),
        # What undercuts a step that is cut hangs on the conclusion still.
        ("E1", "E1", "", "I1 I2"),
    ],
)
def test_what_bears_on_the_chosen_alone_goes_along(
    chosen: str, statements: str, inferences: str, cut: str
) -> None:
    found = branch(SMALL, chosen.split())
    assert found == (
        tuple(statements.split()),
        tuple(inferences.split()),
        tuple(cut.split()),
    )


def test_of_a_cycle_what_is_no_root_goes() -> None:
    round_about = graph_of(support("I1", "C1", "C2"), support("I2", "C2", "C1"))
    assert branch(round_about, ["C2"]) == (("C2",), (), ("I1", "I2"))
    assert branch(round_about, ["C1"]) == (("C1", "C2"), ("I1", "I2"), ())


@given(graph=graphs(), data=st.data())
def test_what_goes_and_what_stays_join_nothing_of_one_another(
    graph: Graph, data: st.DataObject
) -> None:
    if not graph.statements:
        return
    chosen = data.draw(st.sets(st.sampled_from(sorted(graph.statement)), min_size=1, max_size=3))
    found = branch(graph, chosen)
    going = {*found.statements, *found.inferences}
    left = {*graph.statement, *graph.inference} - going - {*found.cut}
    assert chosen <= {*found.statements}
    assert not {*found.inferences} & {*found.cut}
    for inference in graph.inferences:
        joins = {*inference.premises, inference.conclusion}
        if inference.key in going:
            assert joins <= going
        elif inference.key in left:
            assert joins <= left
    below = chosen.union(*(descendants(graph, key) for key in chosen))
    assert {*found.statements} <= below
