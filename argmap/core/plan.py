"""The plan of a drawing: its boxes, its junctions, and the lines between them, numbered.

Both halves of a drawing start from it: dot.py asks Graphviz where things go, drawing.py draws them
there. Numbers are all that Graphviz learns of a map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from argmap.core import walk
from argmap.core.boxes import NO_MARKS, Box, Marks, boxes_of
from argmap.core.colour import NO_PAINTS, Paint
from argmap.core.focus import View
from argmap.core.graph import Graph, Inference

NOTHING = "There is nothing on this map yet."
"""What a drawing says that has no box to show."""


class Direction(StrEnum):
    """Where an argument grows from its conclusion, in Graphviz's words: top to bottom, left to right."""

    DOWN = "TB"
    ACROSS = "LR"


class Link(NamedTuple):
    """One line of a drawing, from a node to a node, both by number.

    An inference with a junction has a link for each premise and a last one to its conclusion; any
    other has one link. `is_last` marks the one that carries the arrowhead. `ranks` is false for a
    cross link, which does not take part in ranking: dense graphs hang Graphviz otherwise.
    """

    inference: str
    tail: int
    head: int
    is_last: bool
    ranks: bool
    length: int


class _Net(NamedTuple):
    """What a plan takes from how the graph is joined, whatever its words are."""

    numbers: Mapping[str, int]
    links: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be drawn: `numbers` holds statements and the inferences that have a junction."""

    view: View
    direction: Direction
    boxes: Mapping[str, Box]
    numbers: Mapping[str, int]
    links: tuple[Link, ...]

    @property
    def graph(self) -> Graph:
        """The part of the map that is drawn."""
        return self.view.graph

    def has_junction(self, key: str) -> bool:
        """Tell whether `key` is an inference drawn with a junction."""
        return key in self.numbers and key not in self.boxes


def plan(
    view: View,
    marks: Mapping[str, Marks] = NO_MARKS,
    direction: Direction = Direction.ACROSS,
    paints: Mapping[str, Paint] = NO_PAINTS,
) -> Plan:
    """Return the plan of a drawing of `view`."""
    net = view.graph.joined.once(_net)
    return Plan(
        view=view,
        direction=direction,
        boxes=boxes_of(view, marks, paints),
        numbers=net.numbers,
        links=net.links,
    )


def _net(graph: Graph) -> _Net:
    drawn = [inference for inference in graph.inferences if _is_drawable(graph, inference)]
    named = [*graph.statement, *_junctions(graph, drawn)]
    numbers = {key: number for number, key in enumerate(named, start=1)}
    ranking = _ranking(graph, drawn)
    links = chain.from_iterable([_links(inference, numbers, ranking) for inference in drawn])
    return _Net(numbers, tuple(links))


def _junctions(graph: Graph, drawn: Iterable[Inference]) -> Iterator[str]:
    """Yield the inferences drawn with a junction: those of linked premises, and conclusions."""
    conclusions = {inference.conclusion for inference in graph.inferences}
    for inference in drawn:
        if inference.key in conclusions or len(set(inference.premises)) > 1:
            yield inference.key


def _is_drawable(graph: Graph, inference: Inference) -> bool:
    premises = inference.premises
    is_there = graph.statement.__contains__
    return bool(premises) and all(map(is_there, premises)) and graph.has(inference.conclusion)


def _links(
    inference: Inference, numbers: Mapping[str, int], ranking: Mapping[str, str]
) -> Iterator[Link]:
    """Yield the links of an inference; none where it bears on one that is not drawn."""
    key, junction = inference.key, numbers.get(inference.key)
    conclusion = numbers.get(inference.conclusion)
    if conclusion is None:
        return
    onto_inference = inference.bears_on_inference
    for premise in dict.fromkeys(inference.premises):
        yield Link(
            inference=key,
            tail=numbers[premise],
            head=junction or conclusion,
            is_last=junction is None,
            ranks=ranking[premise] == key,
            length=1 if junction or onto_inference else 2,
        )
    if junction:
        yield Link(
            inference=key,
            tail=junction,
            head=conclusion,
            is_last=True,
            ranks=True,
            length=2 if onto_inference else 1,
        )


def _ranking(graph: Graph, drawn: Iterable[Inference]) -> dict[str, str]:
    """Return, for each premise, the inference that decides its rank: the deepest, then the first.

    With the deepest, a statement stands below all that it bears on, as far as one link can see
    to it.
    """
    depths = walk.depths(graph)
    found: dict[str, str] = {}
    for inference in drawn:
        key = inference.key
        for premise in inference.premises:
            best = found.setdefault(premise, key)
            if best is not key and depths.get(key, 0) > depths.get(best, 0):
                found[premise] = key
    return found
