"""The only author of DOT: the DOT that Graphviz lays out, and the DOT that people download.

The first holds integers and no text. The second holds text, cleaned and escaped, in labels alone;
every other attribute takes its value from the closed sets below, so that no text of a user's can
become a link, a file name or a font.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256

from argmap.core.boxes import Box
from argmap.core.colour import Tone
from argmap.core.graph import Inference
from argmap.core.kinds import Kind, Stance
from argmap.core.measure import SIZE, Weight, clean
from argmap.core.plan import NOTHING, Direction, Link, Plan

POINTS = 72.0
"""Graphviz measures nodes in inches of 72 points; a point is a px of ours."""

JUNCTION = 9.0
"""The diameter of a junction in px."""

INK = "#1b2430"
PAPER = "#ffffff"
FILL: Mapping[Kind | Tone, str] = {
    Kind.CLAIM: "#eef3fc",
    Kind.EVIDENCE: "#f1f6ea",
    Kind.COUNTERARGUMENT: "#fdf1e7",
    Tone.BLUE: "#eef3fc",
    Tone.ORANGE: "#fdf1e7",
    Tone.GREEN: "#f1f6ea",
    Tone.VIOLET: "#f5effc",
    Tone.TEAL: "#e8f5f4",
    Tone.PINK: "#fdeef6",
    Tone.GOLD: "#faf5dc",
    Tone.BROWN: "#f6f0eb",
    Tone.RED: "#fdeeee",
    Tone.SLATE: "#e9edf3",
    Tone.GREY: "#f8f9fa",
}
BORDER: Mapping[Kind | Tone, str] = {
    Kind.CLAIM: "#3a63ad",
    Kind.EVIDENCE: "#54782a",
    Kind.COUNTERARGUMENT: "#b3591b",
    Tone.BLUE: "#3a63ad",
    Tone.ORANGE: "#b3591b",
    Tone.GREEN: "#54782a",
    Tone.VIOLET: "#7a3fb0",
    Tone.TEAL: "#1d6f73",
    Tone.PINK: "#b02d78",
    Tone.GOLD: "#7d6608",
    Tone.BROWN: "#7b5a45",
    Tone.RED: "#b3202e",
    Tone.SLATE: "#4c5868",
    Tone.GREY: "#68727f",
}
STROKE = {Stance.SUPPORT: "#1d6f73", Stance.ATTACK: "#b3202e"}

_SHAPE = {
    Kind.CLAIM: 'shape=box style="filled,rounded"',
    Kind.EVIDENCE: "shape=note style=filled",
    Kind.COUNTERARGUMENT: 'shape=box style="filled,diagonals" penwidth=2',
}
_LINE = {
    Stance.SUPPORT: "style=solid arrowhead=normal",
    Stance.ATTACK: "style=dashed arrowhead=tee arrowsize=1.3",
}
# A rank is half a step: a junction stands between a premise and its conclusion.
_PLACING = {
    Direction.DOWN: "rankdir=BT nodesep=0.28 ranksep=0.34",
    Direction.ACROSS: "rankdir=RL nodesep=0.2 ranksep=0.5",
}
_TAIL = {Direction.DOWN: "tailport=n", Direction.ACROSS: "tailport=w"}
_CHEAP = "splines=line nslimit=0.1 nslimit1=0.1 mclimit=0.1"


def layout_dot(plan: Plan) -> str:
    """Return DOT without any text, to be laid out: sizes and links of numbered nodes.

    The graph's name is a number made from all the rest, and a node has the same number: an answer
    that lacks that node answers another graph.
    """
    body = "\n".join(_layout_lines(plan))
    marker = 10**12 + int(sha256(body.encode()).hexdigest()[:9], 16)
    return f"digraph {marker} {{\n{body}\n{marker} [shape=point width=0.01 style=invis]\n}}\n"


def marker_of(dot: str) -> str:
    """Return the number of the node that every answer to `dot` must hold."""
    return dot.split(maxsplit=2)[1]


def cheaper(dot: str) -> str:
    """Return layout DOT with settings that cost less: straight lines, and fewer rounds of search.

    At 5,000 boxes they take a quarter of the time.
    """
    return dot.replace("\ngraph [", f"\ngraph [{_CHEAP} ", 1)


def _layout_lines(plan: Plan) -> Iterator[str]:
    yield f"graph [{_PLACING[plan.direction]}]"
    yield 'node [shape=box fixedsize=true label=""]'
    yield f"edge [arrowhead=none {_TAIL[plan.direction]}]"
    for key, number in plan.numbers.items():
        box = plan.boxes.get(key)
        if box is None:
            yield f"{number} [shape=point width={JUNCTION / POINTS:.3f}]"
        else:
            yield f"{number}{_size(box.width, box.height)}"
    for link in plan.links:
        yield f"{link.tail} -> {link.head}{_placing(link.length, link.ranks)}"


@lru_cache(maxsize=2**10)  # boxes have the same few sizes, again and again
def _size(width: float, height: float) -> str:
    return f" [width={width / POINTS:.3f} height={height / POINTS:.3f}]"


@cache  # there are four
def _placing(length: int, ranks: bool) -> str:  # noqa: FBT001
    words = []
    if length != 1:
        words.append(f"minlen={length}")
    if not ranks:
        words.append("constraint=false")
    return f" [{' '.join(words)}]" if words else ""


def labelled_dot(plan: Plan) -> str:
    """Return DOT with the texts and the look of the screen, for people and for PNG and PDF."""
    return "\n".join(["digraph argmap {", *_labelled_lines(plan), "}", ""])


def _labelled_lines(plan: Plan) -> Iterator[str]:
    font = f'fontname="Source Sans Pro" fontsize={SIZE:.0f} fontcolor="{INK}"'
    yield f'  graph [{_PLACING[plan.direction]} bgcolor="{PAPER}" charset="UTF-8"]'
    yield f'  node [{font} margin="0.17,0.12" penwidth=1.5]'
    yield f"  edge [penwidth=1.6 arrowsize=0.8 {_TAIL[plan.direction]}]"
    if not plan.boxes:
        yield f"  nothing [shape=plaintext label={quoted([NOTHING])}]"
    names = {number: key for key, number in plan.numbers.items()}
    for box in plan.boxes.values():
        yield f"  {box.key} [{_look(box)} label={_label(box)}]"
    for inference in plan.graph.inferences:
        if plan.has_junction(inference.key):
            size = JUNCTION / POINTS
            colour = STROKE[inference.stance]
            yield f'  {inference.key} [shape=point width={size:.3f} color="{colour}"]'
    for link in plan.links:
        inference = plan.graph.inference[link.inference]
        yield f"  {names[link.tail]} -> {names[link.head]} [{_stroke(link, inference)}]"


def _look(box: Box) -> str:
    heavy = ' fontname="Source Sans Pro Semibold"' if box.weight is Weight.SEMIBOLD else ""
    tone = box.tone or box.kind
    return f'{_SHAPE[box.kind]} fillcolor="{FILL[tone]}" color="{BORDER[tone]}"{heavy}'


def _stroke(link: Link, inference: Inference) -> str:
    words = [f'color="{STROKE[inference.stance]}"', _LINE[inference.stance]]
    if not link.is_last:
        words[1] = words[1].split()[0]
        words.append("arrowhead=none")
    placing = _placing(link.length, link.ranks).strip(" []")
    return " ".join([*words, placing]).rstrip()


def _label(box: Box) -> str:
    head = "   ".join([box.key, *(_chip_words(chip.kind, chip.text) for chip in box.chips)])
    return quoted([head, *(line.text for line in (*box.lines, *box.stub))])


def _chip_words(kind: str, text: str) -> str:
    return f"{text} open" if kind == "comments" else text


def quoted(lines: list[str]) -> str:
    """Return lines as a DOT string that Graphviz shows as they are, each set flush left.

    Graphviz decodes entities even in plain labels, so `&` is escaped first; then the backslash
    and the quotation mark. Of ten ways of writing 51 hostile texts, this one broke none.
    """
    parts = []
    for line in lines:
        safe = clean(line).replace("\n", " ").replace("&", "&amp;")
        parts.append(safe.replace("\\", "\\\\").replace('"', '\\"') + "\\l")
    return f'"{"".join(parts)}"'
