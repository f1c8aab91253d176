"""Which boxes a drawing shows: the whole of a map, what lies around one statement, an overview.

Branches may be folded in each, and what it hides opened. A view never holds half of an inference: an
inference is shown where all its premises and what it bears on are shown, else not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from argmap.core import walk
from argmap.core.folding import folded_away, opened_further
from argmap.core.graph import Graph, Inference
from argmap.core.hiding import Part, part_of
from argmap.core.kinds import Kind
from argmap.core.levels import top_levels

BUDGET = 150
"""The most boxes that a view has unless someone asks for more: laid out in about 0.1 s."""

READABLE = 60
"""The most boxes that an overview has of a larger map: of more no one can say what the map is about."""

BUDGETS_KEPT = 4
"""How many overviews are kept with a graph: each names all that it hides."""

DEPTH = 2


@dataclass(frozen=True, kw_only=True)
class View:
    """The part of a graph that a drawing shows.

    `graph` holds only what is shown. `hidden_under` says, for each statement that is not, below
    which shown one it counts: the nearest that it bears on. `hidden_kinds` says, for a shown
    statement, how many of each kind are hidden below it. `total` is the number of statements of
    the whole map, `frame` that whole, of which the words may be missing; `levels` how many whole levels
    of it are shown where there was no room for all, 0 where one is cut; `focus` the key that the
    view is about and `trail` what leads to it from a root, `draft` the key of a statement, or of an
    inference, that is new and still being typed.
    """

    graph: Graph
    frame: Graph
    total: int
    hidden_under: Mapping[str, str] = field(default_factory=dict, hash=False)
    hidden_kinds: Mapping[str, Mapping[Kind, int]] = field(default_factory=dict, hash=False)
    levels: int | None = None
    focus: str | None = None
    trail: tuple[str, ...] = ()
    draft: str | None = None

    @cached_property
    def hidden(self) -> Mapping[str, int]:
        """How many statements of any kind are hidden below a shown one."""
        return {key: sum(kinds.values()) for key, kinds in self.hidden_kinds.items()}

    @property
    def is_whole(self) -> bool:
        """Tell whether the view shows every statement of the map."""
        return len(self.graph.statements) == self.total

    @property
    def apart(self) -> int:
        """How many statements it neither shows nor hides below one that it shows."""
        return self.total - len(self.graph.statements) - len(self.hidden_under)


def whole(graph: Graph) -> View:
    """Return a view of everything. Above 1,000 boxes no one can read it, and it takes seconds."""
    return View(graph=graph, frame=graph, total=len(graph.statements))


def among(graph: Graph, keys: Collection[str]) -> View:
    """Return a view of those of `keys` that the graph has, and of nothing that joins them.

    The one view that shows an inference without what it joins: a list, not a drawing.
    """
    part = replace(
        graph,
        statements=tuple(graph.statement[key] for key in keys if key in graph.statement),
        inferences=tuple(graph.inference[key] for key in keys if key in graph.inference),
    )
    return View(graph=part, frame=graph, total=len(graph.statements))


def room(graph: Graph, most: int = BUDGET) -> int:
    """Return how many boxes a map opens with: all of them up to `most`, else what can be read."""
    return most if len(graph.statements) <= most else min(most, READABLE)


def focused(
    graph: Graph,
    key: str,
    depth: int = DEPTH,
    budget: int = BUDGET,
    fold: Collection[str] = (),
    *,
    opened: Collection[str] = (),
) -> View:
    """Return what lies within `depth` steps of `key`, and the way from there up to a root.

    What `fold` would hide of that way is shown all the same; see `overview` for `opened`. Raises
    KeyError where `key` names neither a statement nor an inference of the graph.
    """
    trail = walk.path_to_root(graph, key)
    way_up = _with_fellows(graph, trail)
    gone = folded_away(graph, fold, [key, *way_up])
    near = walk.neighbourhood(graph, key, max(depth, 1), gone)
    # A long way up leaves room for what is near.
    shown = _within(budget, [*list(near)[:1], *way_up[: budget // 2], *near, *way_up])
    shown = opened_further(graph, shown, set(opened).difference(fold), gone)
    return replace(_view(graph, shown), focus=key, trail=trail[::-1])


def around(graph: Graph, key: str, depth: int = 1, budget: int = BUDGET) -> View:
    """Return what lies within `depth` steps of `key` and no more: no way up to a root.

    Raises KeyError where `key` names neither a statement nor an inference of the graph.
    """
    near = walk.neighbourhood(graph, key, depth)
    return replace(_view(graph, _within(budget, near)), focus=key)


def overview(
    graph: Graph,
    budget: int = BUDGET,
    fold: Collection[str] = (),
    *,
    opened: Collection[str] = (),
    levels: int | None = None,
) -> View:
    """Return the map from its roots down, level by level, in no more than `budget` boxes.

    Of that, without the branches that `fold` hides, and with what bears on the statements `opened`
    and the inferences named there, over the budget too: what is folded or opened changes nothing
    elsewhere. A map that fits is shown whole, unless no more than so many `levels` are wanted.
    """
    fits = levels is None and len(graph.statements) <= budget
    if not fold and (fits or not opened):
        return whole(graph) if fits else _of(graph, *_overview(graph, budget, levels))
    gone = folded_away(graph, fold)
    if fits and not gone:
        return whole(graph)
    base, count = graph, None
    if not fits:
        part, count = _overview(graph, budget, levels)
        base = part.graph
    shown = dict.fromkeys([key for key in base.statement if key not in gone])
    shown = opened_further(graph, shown, set(opened).difference(fold), gone)
    return _of(graph, part_of(graph, shown), count)


def levels_of(graph: Graph, budget: int = BUDGET) -> int | None:
    """Return how many whole levels an overview shows: None for all of the map, 0 for less than one."""
    return None if len(graph.statements) <= budget else _overview(graph, budget, None)[1]


def _overview(graph: Graph, budget: int, levels: int | None) -> tuple[Part, int]:
    """Return an overview with nothing folded, and its levels; a few are kept with the graph."""
    kept = graph.once(_kept)
    found = kept.get((budget, levels))
    if found is None:
        found = _looked_over(graph, budget, levels)
        if len(kept) >= BUDGETS_KEPT:
            kept.clear()
        kept[budget, levels] = found
    return found


def _kept(_: Graph) -> dict[tuple[int, int | None], tuple[Part, int]]:
    return {}


def _looked_over(graph: Graph, budget: int, levels: int | None) -> tuple[Part, int]:
    """Return an overview from the ends, which are the roots where all lies below them.

    To look for roots right away would take one more walk over the whole graph.
    """
    ends = walk.ends(graph)
    if len(ends) <= budget:
        shown, count = top_levels(graph, ends, budget, levels)
        part = part_of(graph, shown)
        if len(part.graph.statements) + len(part.hidden_under) == len(graph.statements):
            return part, count
    shown, count = top_levels(graph, walk.roots(graph), budget, levels)
    return part_of(graph, shown), count


def _premises(graph: Graph, inference: Inference) -> list[str]:
    return [key for key in dict.fromkeys(inference.premises) if key in graph.statement]


def _with_fellows(graph: Graph, path: Iterable[str]) -> list[str]:
    """Return the statements of a path and those that are linked with them on it."""
    found = dict.fromkeys(step for step in path if step in graph.statement)
    for step in path:
        if step in graph.inference:
            found.update(dict.fromkeys(_premises(graph, graph.inference[step])))
    return list(found)


def _within(budget: int, keys: Iterable[str]) -> dict[str, None]:
    return dict.fromkeys(list(dict.fromkeys(keys))[:budget])


def _view(graph: Graph, shown: Mapping[str, None]) -> View:
    return _of(graph, part_of(graph, shown))


def _of(graph: Graph, part: Part, levels: int | None = None) -> View:
    return View(frame=graph, total=len(graph.statements), levels=levels, **part._asdict())
