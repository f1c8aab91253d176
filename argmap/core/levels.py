"""The top levels of a graph, in so many boxes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from argmap.core import walk
from argmap.core.families import bearing_on, has_hold, premises_not_in
from argmap.core.graph import Graph

LONE_SHARE = 6
"""At most one box of so many is of a statement that stands alone, where others do not."""

SPARSE = 6
"""Fewer than one of so many boxes is too little to see what a map is about."""


def top_levels(graph: Graph, tops: Sequence[str], budget: int) -> dict[str, None]:
    """Return what `budget` boxes show from the statements `tops` down: as many whole levels as fit.

    Where those are next to nothing, there stands of the next level what fits: all that bears on a
    statement or, if even that is too much, a part of it. Of what stands alone there is little, if
    anything is joined.
    """
    down = walk.steps_down(graph)
    joined = [key for key in tops if down[key]][:budget]
    lone = [key for key in tops if not down[key]]
    room = min(budget // LONE_SHARE, budget - len(joined)) if joined else budget
    shown = dict.fromkeys([*joined, *lone[:room]])
    level: Sequence[str] = joined
    while level:
        deeper = premises_not_in(
            shown, graph, chain.from_iterable(bearing_on(graph, key) for key in level)
        )
        if len(shown) + len(deeper) > budget:
            break
        shown.update(deeper)
        level = list(deeper)
    if level and len(shown) * SPARSE < budget:
        _fill(graph, level, shown, budget)
    return shown


def _fill(graph: Graph, level: Sequence[str], shown: dict[str, None], budget: int) -> None:
    """Add to `shown` what bears on the statements of a level, as far as it fits."""
    before = len(shown)
    for key in level:
        new = premises_not_in(shown, graph, bearing_on(graph, key))
        if len(shown) + len(new) <= budget:
            shown.update(new)
    if len(shown) > before:
        return
    for key in level:
        for inference in bearing_on(graph, key):
            new = premises_not_in(shown, graph, [inference])
            if len(shown) + len(new) <= budget and has_hold(inference, shown, graph):
                shown.update(new)
