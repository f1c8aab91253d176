"""What goes along when statements leave a map, and what is cut."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from argmap.core.graph import Graph, key_order
from argmap.core.walk import reached, roots, steps_down


class Branch(NamedTuple):
    """What hangs on some statements, by keys in canonical order.

    `statements` go, the chosen ones among them, and `inferences` go with them; `cut` are the
    inferences that join what goes to what stays, and whatever bears on those: they end.
    """

    statements: tuple[str, ...]
    inferences: tuple[str, ...]
    cut: tuple[str, ...]


def branch(graph: Graph, chosen: Collection[str]) -> Branch:
    """Return what goes along with the `chosen` statements.

    A statement below them goes where each way up from it to a root leads through one of them: what
    bears on something else too stays. An inference goes where all its premises go, and its
    conclusion. Two walks down, from the roots and from the chosen.
    """
    below = reached(chosen, steps_down(graph).__getitem__).union(chosen)
    statements = (below - _staying(graph, {*chosen})) & graph.statement.keys()
    inferences = _going_along(graph, statements)
    touched = {
        inference.key
        for key in statements
        for inference in (*graph.bearing_on(key), *graph.starting_from(key))
    }
    torn = touched - inferences
    cut = torn | (_bearing(graph, torn) - inferences)
    return Branch(*(tuple(sorted(keys, key=key_order)) for keys in (statements, inferences, cut)))


def _staying(graph: Graph, chosen: set[str]) -> set[str]:
    """Return what hangs on a root by a way that leads through none of the chosen."""
    down = steps_down(graph)
    tops = [key for key in roots(graph) if key not in chosen]
    found = reached(tops, lambda key: [below for below in down[key] if below not in chosen])
    return found.union(tops)


def _going_along(graph: Graph, statements: set[str]) -> set[str]:
    """Return the inferences that keep all that they join, those that others bear on first."""
    found: set[str] = set()
    waiting = [inference for key in statements for inference in graph.bearing_on(key)]
    while waiting:
        inference = waiting.pop()
        if statements.issuperset(inference.premises):
            found.add(inference.key)
            waiting += graph.bearing_on(inference.key)
    return found


def _bearing(graph: Graph, inferences: set[str]) -> set[str]:
    """Return the inferences that bear on any of these, at any distance."""

    def above(key: str) -> list[str]:
        return [bearing.key for bearing in graph.bearing_on(key)]

    return reached(inferences, above)
