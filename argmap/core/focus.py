"""Which boxes a drawing shows: the whole of a map, what lies around one statement, an overview.

Branches may be folded in each. A view never holds half of an inference: an inference is shown where all
its premises and what it bears on are shown, else not at all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from argmap.core import walk
from argmap.core.graph import Graph, Inference
from argmap.core.kinds import Kind

BUDGET = 150
"""The most boxes that a view has unless someone asks for more: laid out in about 0.1 s."""

DEPTH = 2


@dataclass(frozen=True, kw_only=True)
class View:
    """The part of a graph that a drawing shows.

    `graph` holds only what is shown. `hidden_under` says, for each statement that is not, below
    which shown one it counts: the nearest that it bears on. `hidden_kinds` says, for a shown
    statement, how many of each kind are hidden below it. `total` is the number of statements of
    the whole map, `frame` that whole, of which the words may be missing; `focus` the key that the view is about and `trail` what leads to it from a root,
    `draft` the key of a statement, or of an inference, that is new and still being typed.
    """

    graph: Graph
    frame: Graph
    total: int
    hidden_under: Mapping[str, str] = field(default_factory=dict, hash=False)
    hidden_kinds: Mapping[str, Mapping[Kind, int]] = field(default_factory=dict, hash=False)
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


def focused(
    graph: Graph,
    key: str,
    depth: int = DEPTH,
    budget: int = BUDGET,
    fold: Collection[str] = (),
) -> View:
    """Return what lies within `depth` steps of `key`, and the way from there up to a root.

    What `fold` would hide of that way is shown all the same. Raises KeyError where `key` names
    neither a statement nor an inference of the graph.
    """
    trail = walk.path_to_root(graph, key)
    way_up = _with_fellows(graph, trail)
    gone = folded_away(graph, fold, [key, *way_up])
    near = walk.neighbourhood(graph, key, max(depth, 1), gone)
    shown = _within(budget, [*list(near)[:1], *way_up, *near])
    return replace(_view(graph, shown), focus=key, trail=trail[::-1])


def around(graph: Graph, key: str, depth: int = 1, budget: int = BUDGET) -> View:
    """Return what lies within `depth` steps of `key` and no more: no way up to a root.

    Raises KeyError where `key` names neither a statement nor an inference of the graph.
    """
    near = walk.neighbourhood(graph, key, depth)
    return replace(_view(graph, _within(budget, near)), focus=key)


def overview(graph: Graph, budget: int = BUDGET, fold: Collection[str] = ()) -> View:
    """Return the map from its roots down, level by level, until `budget` boxes are used.

    Linked premises are shown together or not at all. What fits is shown whole but for what
    `fold` hides.
    """
    if not fold:
        return _unfolded(graph, budget) if len(graph.statements) > budget else whole(graph)
    gone = folded_away(graph, fold)
    left = [key for key in graph.statement if key not in gone]
    if len(left) > budget:
        return _view(graph, _from_above(graph, budget, gone))
    return _view(graph, dict.fromkeys(left)) if gone else whole(graph)


def _unfolded(graph: Graph, budget: int) -> View:
    """Return an overview; that of the budget that was asked last is kept with the graph."""
    kept = graph.once(_kept)
    part = kept.get(budget)
    if part is None:
        part = _part(graph, _from_above(graph, budget))
        kept.clear()
        kept[budget] = part
    return part.view(graph)


def _kept(_: Graph) -> dict[int, _Part]:
    return {}


def _from_above(graph: Graph, budget: int, gone: Set[str] = frozenset()) -> dict[str, None]:
    """Return what `budget` boxes show from the roots down, without what is in `gone`."""
    down = walk.steps_down(graph)
    shown = dict.fromkeys(walk.roots(graph)[:budget])
    waiting = list(shown)
    for key in waiting:
        for step in down[key]:
            if step in gone or step not in graph.inference:
                continue
            new = [found for found in _premises(graph, graph.inference[step]) if found not in shown]
            if len(shown) + len(new) > budget:
                continue
            shown.update(dict.fromkeys(new))
            waiting.append(step)
            waiting.extend(new)
    return shown


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


class _Part(NamedTuple):
    """A view without its frame: kept with that, it would never let it go."""

    graph: Graph
    hidden_under: Mapping[str, str]
    hidden_kinds: Mapping[str, Mapping[Kind, int]]

    def view(self, frame: Graph) -> View:
        """Return the view of the graph that this was made of."""
        return View(frame=frame, total=len(frame.statements), **self._asdict())


def _view(graph: Graph, shown: Mapping[str, None]) -> View:
    return _part(graph, shown).view(graph)


def _part(graph: Graph, shown: Mapping[str, None]) -> _Part:
    part = replace(
        graph,
        statements=tuple(graph.statement[key] for key in shown),
        inferences=_joining(graph, shown),
    )
    hidden = _hidden_under(graph, shown)
    return _Part(part, hidden, _kinds(graph, hidden))


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
    return {key: under[key] for key in graph.statement if key in under and key not in shown}


def _kinds(graph: Graph, hidden_under: Mapping[str, str]) -> dict[str, dict[Kind, int]]:
    kinds = [graph.statement[key].kind for key in hidden_under]
    found: dict[str, dict[Kind, int]] = defaultdict(dict)
    for (at, kind), count in Counter(zip(hidden_under.values(), kinds, strict=True)).items():
        found[at][kind] = count
    return dict(found)
