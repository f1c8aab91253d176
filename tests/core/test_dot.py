from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from argmap.core import dot
from argmap.core.colour import Tone
from argmap.core.dot import cheaper, labelled_dot, layout_dot, marker_of, quoted
from argmap.core.focus import whole
from argmap.core.graph import Graph
from argmap.core.kinds import Kind, Stance
from argmap.core.plan import Direction, plan
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs

SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    attack("I2", "K1", "I1"),
    support("I3", "E1", "C2"),
    support("I4", "C2", "C1"),
    C1='Ships "call" here & stay.',
)
LAYOUT = """\
graph [rankdir=BT nodesep=0.28 ranksep=0.34]
node [shape=box fixedsize=true label=""]
edge [arrowhead=none tailport=n]
1 [width=3.333 height=0.944]
2 [width=3.333 height=0.944]
3 [width=3.333 height=0.944]
4 [width=3.333 height=0.944]
5 [width=3.333 height=0.944]
6 [shape=point width=0.125]
3 -> 6 [constraint=false]
4 -> 6
6 -> 1
5 -> 6
3 -> 2 [minlen=2]
2 -> 1 [minlen=2]
"""
LABELLED = r"""digraph argmap {
  graph [rankdir=BT nodesep=0.28 ranksep=0.34 bgcolor="#ffffff" charset="UTF-8"]
  node [fontname="Source Sans Pro" fontsize=14 fontcolor="#1b2430" margin="0.17,0.12" penwidth=1.5]
  edge [penwidth=1.6 arrowsize=0.8 tailport=n]
  C1 [shape=box style="filled,rounded" fillcolor="#eef3fc" color="#3a63ad" label="C1\lShips \"call\" here &amp; stay.\l"]
  E1 [shape=note style=filled fillcolor="#f1f6ea" color="#54782a" label="E1\lWhat E1 says.\l"]
  I1 [shape=point width=0.125 color="#1d6f73"]
  E1 -> I1 [color="#1d6f73" style=solid arrowhead=none constraint=false]
  I1 -> C1 [color="#1d6f73" style=solid arrowhead=normal]
  K1 -> I1 [color="#b3202e" style=dashed arrowhead=tee arrowsize=1.3]
"""
WORDS = set(
    re.findall(
        r"\w+",
        "digraph graph rankdir RL BT nodesep ranksep node shape box fixedsize true label edge "
        "arrowhead none tailport w n width height point style invis constraint false minlen",
    )
)


def test_the_layout_dot_holds_numbers_alone() -> None:
    text = layout_dot(plan(whole(SMALL), direction=Direction.DOWN))
    marker = marker_of(text)
    assert text.startswith(f"digraph {marker} {{\n{LAYOUT}")
    assert text.endswith(f"\n{marker} [shape=point width=0.01 style=invis]\n}}\n")


@given(graphs())
def test_no_text_ever_gets_into_the_layout_dot(graph: Graph) -> None:
    for direction in Direction:
        text = layout_dot(plan(whole(graph), direction=direction))
        words = set(re.sub(r"[\d.\[\]{}=;>\" -]+", " ", text).split())
        assert words <= WORDS
        assert int(marker_of(text)) >= 10**12


def test_the_marker_tells_layouts_apart() -> None:
    first = layout_dot(plan(whole(SMALL)))
    longer = replace(SMALL, statements=SMALL.statements[:-1])
    assert marker_of(first) != marker_of(layout_dot(plan(whole(longer))))
    assert marker_of(first) == marker_of(layout_dot(plan(whole(SMALL))))


def test_the_cheaper_layout_is_of_the_same_graph() -> None:
    text = layout_dot(plan(whole(SMALL)))
    assert "splines=line" in cheaper(text)
    assert marker_of(cheaper(text)) == marker_of(text)


def test_the_labelled_dot_has_the_look_of_the_screen() -> None:
    lines = labelled_dot(plan(whole(SMALL), direction=Direction.DOWN)).splitlines()
    assert [line for line in LABELLED.splitlines() if line not in lines] == []


def test_the_palette_is_that_of_the_stylesheet() -> None:
    css = Path(dot.__file__).parents[1] / "static" / "argmap" / "drawing.css"
    light = css.read_text(encoding="utf-8").split("/* dark */")[0]
    values = dict(re.findall(r"--drawing-([a-z-]+):\s*(#[0-9a-f]{6})", light))
    assert values["ink"] == dot.INK
    assert values["paper"] == dot.PAPER
    for tone in (*Kind, *Tone):
        assert values[f"{tone}-fill"] == dot.FILL[tone]
        assert values[str(tone)] == dot.BORDER[tone]
    for stance in Stance:
        assert values[str(stance)] == dot.STROKE[stance]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('say "no"', r'"say \"no\"\l"'),
        (r"a\nb\G", r'"a\\nb\\G\l"'),
        ("&#0; <b>", r'"&amp;#0; <b>\l"'),
        ("a\x00b\nc", '"a\ufffdb c\\l"'),
    ],
)
def test_quoted(text: str, expected: str) -> None:
    assert quoted([text]) == expected


@pytest.mark.parametrize("direction", Direction)
def test_dot_is_the_same_each_time(direction: Direction) -> None:
    shuffled = replace(SMALL, statements=SMALL.statements[::-1], inferences=SMALL.inferences[::-1])
    for write in (layout_dot, labelled_dot):
        first = write(plan(whole(SMALL), direction=direction))
        assert write(plan(whole(shuffled), direction=direction)) == first


@given(graphs())
def test_the_labelled_dot_has_attributes_of_closed_sets_alone(graph: Graph) -> None:
    text = re.sub(r'label="(\\.|[^"\\])*"', "", labelled_dot(plan(whole(graph))))
    assert set(re.findall(r"(\w+)=", text)) <= ATTRIBUTES
    assert set(re.findall(r'"([^"]*)"', text)) <= VALUES


ATTRIBUTES = set(
    re.findall(
        r"\w+",
        "arrowhead arrowsize bgcolor charset color constraint fillcolor fontcolor fontname fontsize "
        "margin minlen nodesep penwidth rankdir ranksep shape style tailport width",
    )
)
VALUES = {
    *(
        "filled,rounded",
        "filled,diagonals",
        "0.17,0.12",
        "Source Sans Pro",
        "Source Sans Pro Semibold",
        "UTF-8",
    ),
    *(dot.INK, dot.PAPER, *dot.FILL.values(), *dot.BORDER.values(), *dot.STROKE.values()),
}
