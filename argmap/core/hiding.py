"""A part of a graph that a drawing can show, and what it hides."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from argmap.core import walk
from argmap.core.graph import Graph, Inference
from argmap.core.kinds import Kind


class Part(NamedTuple):
    """What a view says of a graph, without the graph itself: kept there, it would keep it for ever.

    See `focus.View` for what the fields are.
    """

    graph: Graph
    hidden_under: Mapping[str, str]
    hidden_kinds: Mapping[str, Mapping[Kind, int]]


def part_of(graph: Graph, shown: Mapping[str, None]) -> Part:
    """Return the part of `graph` that has these statements, and no half of an inference."""
    part = replace(
        graph,
        statements=tuple(graph.statement[key] for key in shown),
        inferences=_joining(graph, shown),
    )
    hidden = _hidden_under(graph, shown)
    return Part(part, hidden, _kinds(graph, hidden))


def _joining(graph: Graph, shown: Mapping[str, None]) -> tuple[Inference, ...]:
    """Return the inferences whose premises are all shown and whose conclusion is."""
    down = walk.steps_down(graph)
    found: dict[str, Inference] = {}
    waiting = list(shown)
    for key in waiting:
        for step in down[key]:
            inference = graph.inference.get(step)
            if inference and step not in found and all(map(shown.__contains__, inference.premises)):
                found[step] = inference
                waiting.append(step)
    return tuple(found.values())


def _hidden_under(graph: Graph, shown: Mapping[str, None]) -> dict[str, str]:
    """Walk down from all that is shown at once: whatever is met first is the nearest."""
    down = walk.steps_down(graph)
    under = {key: key for key in shown}
    waiting = list(shown)
    for key in waiting:
        at = under[key]
        for below in down[key]:
            if below not in under:
                under[below] = at
                waiting.append(below)
    for key in shown:
        del under[key]
    return {key: under[key] for key in graph.statement if key in under}


def _kinds(graph: Graph, hidden_under: Mapping[str, str]) -> dict[str, dict[Kind, int]]:
    kinds = [graph.statement[key].kind for key in hidden_under]
    found: dict[str, dict[Kind, int]] = defaultdict(dict)
    for (at, kind), count in Counter(zip(hidden_under.values(), kinds, strict=True)).items():
        found[at][kind] = count
    return dict(found)
