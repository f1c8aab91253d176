"""Which boxes a drawing shows: the whole of a map, what lies around one statement, an overview.

A view never holds half of an inference: an inference is shown where all its premises and what it
bears on are shown, else not at all.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from argmap.core import walk
from argmap.core.graph import Graph, Inference

BUDGET = 150
"""The most boxes that a view has unless someone asks for more: laid out in about 0.1 s."""

DEPTH = 2


@dataclass(frozen=True, kw_only=True)
class View:
    """The part of a graph that a drawing shows.

    `graph` holds only what is shown. `hidden` says, for a shown statement, how many statements
    that bear on it are not; each hidden one is counted once, where it is nearest to a shown one.
    `total` is the number of statements of the whole map, `focus` the key that the view is about.
    """

    graph: Graph
    total: int
    hidden: Mapping[str, int] = field(default_factory=dict, hash=False)
    focus: str | None = None

    @property
    def is_whole(self) -> bool:
        """Tell whether the view shows every statement of the map."""
        return len(self.graph.statements) == self.total


def whole(graph: Graph) -> View:
    """Return a view of everything. Above 1,000 boxes no one can read it, and it takes seconds."""
    return View(graph=graph, total=len(graph.statements))


def focused(graph: Graph, key: str, depth: int = DEPTH, budget: int = BUDGET) -> View:
    """Return what lies within `depth` steps of `key`, and the way from there up to a root.

    Raises KeyError where `key` names neither a statement nor an inference of the graph.
    """
    near = walk.neighbourhood(graph, key, max(depth, 1))
    way_up = [above for above in walk.path_to_root(graph, key) if above in graph.statement]
    shown = _within(budget, [*list(near)[:1], *_with_fellows(graph, key, way_up), *near])
    return _view(graph, shown, focus=key)


def overview(graph: Graph, budget: int = BUDGET) -> View:
    """Return the map from its roots down, level by level, until `budget` boxes are used.

    Linked premises are shown together or not at all. A map that fits is shown whole.
    """
    if len(graph.statements) <= budget:
        return whole(graph)
    shown = dict.fromkeys(walk.roots(graph)[:budget])
    waiting = deque(shown)
    while waiting:
        for inference in graph.bearing_on(waiting.popleft()):
            new = [key for key in _premises(graph, inference) if key not in shown]
            if len(shown) + len(new) > budget:
                continue
            shown.update(dict.fromkeys(new))
            waiting.append(inference.key)
            waiting.extend(new)
    return _view(graph, shown)


def _premises(graph: Graph, inference: Inference) -> list[str]:
    return [key for key in dict.fromkeys(inference.premises) if key in graph.statement]


def _with_fellows(graph: Graph, key: str, way_up: list[str]) -> list[str]:
    """Return the statements of a path and those that are linked with them on it."""
    found = dict.fromkeys(way_up)
    for step in walk.path_to_root(graph, key):
        if step in graph.inference:
            found.update(dict.fromkeys(_premises(graph, graph.inference[step])))
    return list(found)


def _within(budget: int, keys: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(list(dict.fromkeys(keys))[:budget])


def _view(graph: Graph, shown: Mapping[str, None], focus: str | None = None) -> View:
    part = replace(
        graph,
        statements=tuple(found for found in graph.statements if found.key in shown),
        inferences=_joining(graph, shown),
    )
    hidden = _hidden_below(graph, shown)
    return View(graph=part, total=len(graph.statements), hidden=hidden, focus=focus)


def _joining(graph: Graph, shown: Mapping[str, None]) -> tuple[Inference, ...]:
    """Return the inferences whose premises are all shown and whose conclusion is."""
    found: dict[str, Inference] = {}
    waiting = deque(shown)
    while waiting:
        for inference in graph.bearing_on(waiting.popleft()):
            if inference.key not in found and shown.keys() >= set(inference.premises):
                found[inference.key] = inference
                waiting.append(inference.key)
    return tuple(found.values())


def _hidden_below(graph: Graph, shown: Mapping[str, None]) -> dict[str, int]:
    owner = {key: key for key in shown}
    counts = dict.fromkeys(shown, 0)
    waiting = deque(shown)
    while waiting:
        key = waiting.popleft()
        for below in walk.downward(graph, key):
            if below in owner:
                continue
            owner[below] = owner[key]
            counts[owner[key]] += below in graph.statement
            waiting.append(below)
    return {key: count for key, count in counts.items() if count}
