"""The top levels of a graph, in so many boxes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from argmap.core import walk
from argmap.core.families import bearing_on, has_hold, premises_not_in
from argmap.core.folding import MOST
from argmap.core.graph import Graph

LONE_SHARE = 6
"""At most one box of so many is of a statement that stands alone, where most do not."""

SPARSE = 6
"""Fewer than one of so many boxes is too little to see what a map is about."""


class Levels(NamedTuple):
    """The statements of some levels, and how many whole levels they are: 0 where one is cut."""

    shown: dict[str, None]
    whole: int


def top_levels(graph: Graph, tops: Sequence[str], budget: int, wanted: int | None = None) -> Levels:
    """Return what `budget` boxes show from the statements `tops` down: as many whole levels as fit.

    Or as many as are `wanted`, in no more than MOST boxes. Where those that fit are next to nothing,
    there stands of the next level what fits: all that bears on a statement or, if even that is too
    much, a part of it. Of what stands alone there is little, where most of the map is joined.
    """
    down = walk.steps_down(graph)
    joined = [key for key in tops if down[key]]
    lone = [key for key in tops if not down[key]]
    level: Sequence[str] = joined[:budget]
    few = budget // LONE_SHARE if 2 * len(lone) < len(graph.statements) else budget
    shown = dict.fromkeys([*level, *lone[: min(few, budget - len(level))]])
    count = 1
    room = budget if wanted is None else MOST
    while level and count != wanted:
        steps = chain.from_iterable(bearing_on(graph, key) for key in level)
        deeper = premises_not_in(shown, graph, steps)
        if len(shown) + len(deeper) > room:
            break
        shown.update(deeper)
        level = list(deeper)
        count += bool(deeper)
    if level and count != wanted and len(shown) * SPARSE < budget:
        _fill(graph, level, shown, budget)
        return Levels(shown, 0)
    return Levels(shown, count if len(joined) <= budget else 0)


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
