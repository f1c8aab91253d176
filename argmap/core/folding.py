"""Branches that a reader folds, and what a view hides that a reader opens."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set

from argmap.core import walk
from argmap.core.families import bearing_on, has_hold, premises_not_in
from argmap.core.graph import Graph

MOST = 1_000
"""The most boxes of any view. Above this no one can read it, and Graphviz takes seconds for it."""


def folded_away(graph: Graph, fold: Collection[str], keep: Iterable[str] = ()) -> Set[str]:
    """Return the statements and inferences of the branches below the statements `fold`.

    Those statements stay, and so do the roots. Hidden is every statement that can be reached from
    the roots and from `keep` only through one of them, and each inference that has such a one at
    an end: what bears on something else as well stays. Three walks over the graph, none where
    `fold` is empty.
    """
    if not fold:
        return frozenset()
    down = walk.steps_down(graph)
    starts = {*walk.roots(graph), *keep}
    seen = starts | walk.reached(starts, lambda key: () if key in fold else down[key])
    hidden = walk.reached(starts, down.__getitem__) - seen
    gone = set(graph.statement.keys() & hidden)
    waiting = [found.key for found in graph.inferences if not gone.isdisjoint(found.premises)]
    waiting += [found.key for key in gone for found in graph.bearing_on(key)]
    while waiting:
        key = waiting.pop()
        if key not in gone:
            gone.add(key)
            waiting.extend(found.key for found in graph.bearing_on(key))
    return gone


def opened_further(
    graph: Graph, shown: Mapping[str, None], opened: Collection[str], gone: Set[str] = frozenset()
) -> dict[str, None]:
    """Return `shown` with what bears on those of its statements that are `opened`.

    A root in `opened` is added itself, and an inference alone where what it bears on is shown,
    though it be in `gone`, of which nothing else is. Nothing is added that would make it more than
    MOST statements. What is opened may hide more, which may be opened too.
    """
    tops = [key for key in opened if key not in shown and key in walk.roots(graph)]
    found = {**shown, **dict.fromkeys(tops)}
    waiting = list(found) if opened else []
    for key in waiting:
        is_open = key in opened
        for inference in bearing_on(graph, key):
            if not (inference.key in opened or (is_open and inference.key not in gone)):
                continue
            new = premises_not_in(found, graph, [inference])
            if len(found) + len(new) <= MOST and has_hold(inference, found, graph):
                found.update(new)
                waiting.extend(new)
    return found


def way_down(graph: Graph, shown: Collection[str], key: str) -> tuple[str, ...]:
    """Return the statements and inferences from one of the statements `shown` down to `key`.

    From the nearest root, where the way up to that meets none of them. Nothing where the graph has
    no such key.
    """
    path = walk.path_to_root(graph, key) if graph.has(key) else ()
    for length, step in enumerate(path, start=1):
        if step in shown:
            return path[:length][::-1]
    return path[::-1]
