from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from argmap.core import walk
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance
from argmap.core.outline import Branch, outline
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    attack("I2", "K1", "I1"),
    support("I3", "E1", "K1"),
)
LONG = 5_000


@st.composite
def tangles(draw: st.DrawFn) -> Graph:
    """Return graphs with rings, lone statements, and conclusions that are missing."""
    keys = [f"C{number}" for number in range(1, draw(st.integers(1, 8)) + 1)]
    count = draw(st.integers(0, 12))
    anything = st.sampled_from([*keys, "C99", *(f"I{n}" for n in range(1, count + 2))])
    premises = st.lists(st.sampled_from(keys), min_size=1, max_size=3)
    return Graph(
        statements=tuple(Statement(key=key, kind=Kind.CLAIM, text=key) for key in keys),
        inferences=tuple(
            Inference(
                key=f"I{number}",
                stance=draw(st.sampled_from(Stance)),
                premises=tuple(draw(premises)),
                conclusion=draw(anything),
            )
            for number in range(1, count + 1)
        ),
    )


def drawn(branch: Branch) -> list[str]:
    """Write a branch as indented keys, those said elsewhere in brackets."""
    return [
        "  " * line.level + (line.key if line.full else f"({line.key})") for line in branch.lines
    ]


def test_a_map_is_said_from_its_root_down() -> None:
    (branch,) = outline(SMALL)
    assert drawn(branch) == [
        "C1",
        "  I1",
        "    E1",
        "    E2",
        "    I2",
        "      K1",
        "        I3",
        "          (E1)",
    ]


def test_what_stands_alone_is_a_branch_of_its_own() -> None:
    lone = Graph(statements=(Statement(key="E7", kind=Kind.EVIDENCE, text="Alone."),))
    (branch,) = outline(lone)
    assert branch.alone
    assert branch.key == "E7"


def test_an_inference_without_a_conclusion_is_not_lost() -> None:
    dangling = support("I1", "E1", "C9")
    graph = Graph(
        statements=(Statement(key="E1", kind=Kind.EVIDENCE, text="Here."),), inferences=(dangling,)
    )
    (branch,) = outline(graph)
    assert drawn(branch) == ["I1", "  E1"]


@given(tangles() | graphs(), st.integers(1, 5))
def test_each_element_is_said_in_full_once(graph: Graph, deepest: int) -> None:
    lines = [line for branch in outline(graph, deepest) for line in branch.lines]
    said = Counter(line.key for line in lines if line.full)
    assert said == Counter([*graph.statement, *graph.inference])
    assert all(line.level <= deepest for line in lines)


@given(tangles(), st.integers(1, 5))
def test_each_step_down_is_shown(graph: Graph, deepest: int) -> None:
    shown = set()
    for branch in outline(graph, deepest):
        above: list[str] = []
        for line in branch.lines:
            del above[line.level :]
            if above:
                shown.add((line.key, above[-1]))
            above.append(line.key)
    keys = [*graph.statement, *graph.inference]
    assert shown == {(below, key) for key in keys for below in walk.downward(graph, key)}


@given(tangles(), st.integers(1, 5))
def test_lists_that_open_close(graph: Graph, deepest: int) -> None:
    for branch in outline(graph, deepest):
        depth = 0
        for line in branch.lines:
            assert line.level == depth
            depth += line.opens
            depth -= line.closes
        assert depth == 0


def test_a_long_chain_continues_in_lists_of_their_own() -> None:
    chain = graph_of(
        *(support(f"I{number}", f"C{number + 1}", f"C{number}") for number in range(1, LONG))
    )
    first, *rest = outline(chain)
    assert not first.continues
    assert rest
    assert all(branch.continues for branch in rest)
    assert sum(line.full for branch in (first, *rest) for line in branch.lines) == 2 * LONG - 1
