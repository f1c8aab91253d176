from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.colour import NO_PAINTS, Colour, Paint, Tone, legend, paints
from argmap.core.dot import BORDER, FILL, labelled_dot
from argmap.core.drawing import Parts, draw
from argmap.core.focus import overview, whole
from argmap.core.graph import Excerpt, Graph, Source
from argmap.core.kinds import Status
from argmap.core.plan import plan
from tests.core.layouts import laid_out
from tests.core.maps import attack, graph_of, statement, support
from tests.strategies import graphs

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    attack("I2", "K1", "I1"),
    support("I3", "E2", "K1"),
    attack("I4", "E2", "C1"),
)


def painted(graph: Graph, colour: Colour) -> Mapping[str, Paint]:
    return paints(whole(graph), colour, graph.sources)


def resting(*sources: str) -> tuple[Excerpt, ...]:
    return tuple(Excerpt(key=f"X{n}", source=key) for n, key in enumerate(sources, 1))


def test_kind_is_todays_look() -> None:
    assert painted(SMALL, Colour.KIND) is NO_PAINTS
    assert legend(Colour.KIND, SMALL.sources) == ()


def test_stance_is_what_a_statements_own_inferences_do() -> None:
    chips = {key: paint.chip for key, paint in painted(SMALL, Colour.STANCE).items()}
    assert chips == {"C1": "", "E1": "supports", "E2": "both", "K1": "attacks"}


@pytest.mark.parametrize("status", Status)
def test_status_is_said_once(status: Status) -> None:
    graph = Graph(statements=(replace(statement("C1"), status=status),))
    planned = plan(whole(graph), paints=painted(graph, Colour.STATUS))
    (box,) = planned.boxes.values()
    assert [chip.text for chip in box.chips] == [status.label.lower()]
    assert box.name.count(status.label) == 1


def test_sources_have_tones_in_their_order_then_a_common_one() -> None:
    graph = Graph(
        sources=tuple(Source(key=f"S{n}", title=f"Log {n}") for n in range(1, 11)),
        statements=(
            replace(statement("E1"), excerpts=resting("S2")),
            replace(statement("E2"), excerpts=resting("S10", "S9", "S10")),
            replace(statement("E3"), excerpts=resting("S1", "S9")),
            statement("E4"),
        ),
    )
    assert painted(graph, Colour.SOURCE) == {
        "E1": Paint(Tone.ORANGE, "S2", "Rests on S2"),
        "E2": Paint(Tone.SLATE, "S9+1", "Rests on S9 and S10"),
        "E3": Paint(Tone.BLUE, "S1+1", "Rests on S1 and S9"),
        "E4": Paint(Tone.GREY, "no source", "No source"),
    }
    said = legend(Colour.SOURCE, graph.sources)
    assert said[0] == (Tone.BLUE, "S1 Log 1")
    assert said[-2:] == ((Tone.SLATE, "S9 and further sources"), (Tone.GREY, "no source"))
    assert len(said) == 10


@given(graphs(), st.sampled_from([colour for colour in Colour if colour is not Colour.KIND]))
def test_a_part_is_painted_as_in_the_whole(graph: Graph, colour: Colour) -> None:
    part = overview(graph, 3)
    known = painted(graph, colour)
    found = paints(part, colour, graph.sources)
    assert found == {key: known[key] for key in part.graph.statement}


@given(graphs(), st.sampled_from([colour for colour in Colour if colour is not Colour.KIND]))
def test_colour_is_never_the_only_sign(graph: Graph, colour: Colour) -> None:
    found = painted(graph, colour)
    assert found.keys() == graph.statement.keys()
    planned = plan(whole(graph), paints=found)
    meanings = dict(legend(colour, graph.sources))
    for key, box in planned.boxes.items():
        assert box.tone == found[key].tone
        assert box.tone in meanings
        assert found[key].chip in [*(chip.text for chip in box.chips), ""]
        assert f" {found[key].said}." in box.name or not found[key].said


def test_the_drawing_and_the_dot_show_the_same_tones() -> None:
    planned = plan(whole(SMALL), paints=painted(SMALL, Colour.STANCE))
    root = ET.fromstring(draw(Parts(planned, href=str), laid_out(planned)))  # noqa: S314
    classes = {link.get("data-key"): link.get("class") or "" for link in root.iter()}
    assert classes["E1"] == "node evidence draft tone-teal"
    (line,) = [line for line in labelled_dot(planned).splitlines() if line.startswith("  E1 [")]
    assert f'fillcolor="{FILL[Tone.TEAL]}" color="{BORDER[Tone.TEAL]}"' in line
    assert r"E1   supports\l" in line
