"""Which part of a map a reader asks to see drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, QueryDict

from argmap.core.colour import Colour
from argmap.core.focus import DEPTH, View, focused, levels_of, overview, room
from argmap.core.folding import MOST, way_down
from argmap.core.graph import KEY, Graph
from argmap.core.plan import Direction
from argmap.models import ArgumentMap

MOST_STEPS = 6

MOST_SHOWN = 20
"""Statements that are brought in sight at once, each by its key in the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the query of an address asks for; what makes no sense is read as not asked.

    `boxes` is 0 where no number is asked for; so is `levels`, the most levels of the map. `opened` are
    the statements of which all that bears on them is shown, and inferences that are shown, though
    there would be no room; `fold` goes first.
    """

    focus: str
    depth: int
    boxes: int
    levels: int
    fold: tuple[str, ...]
    opened: tuple[str, ...]
    direction: Direction
    colour: Colour

    def view(self, graph: Graph) -> View:
        """Return the part of `graph` that is wanted.

        Raises Http404 where its focus, or what it folds or opens, is not there.
        """
        missing = [key for key in self.fold if key not in graph.statement]
        missing += [key for key in self.named if not graph.has(key)]
        if missing:
            raise Http404(f"This map has no {missing[0]}.")
        most = settings.ARGMAP_MAX_BOXES
        if self.focus:
            budget = self.boxes or most
            return focused(graph, self.focus, self.depth, budget, self.fold, opened=self.opened)
        budget, levels = self.boxes or room(graph, most), self.levels or None
        return overview(graph, budget, self.fold, opened=self.opened, levels=levels)

    def extent(self, graph: Graph) -> int | None:
        """Return how many levels it shows for want of room: None for all, 0 for less than one."""
        if self.focus or self.levels or self.boxes:
            return self.levels or None
        return levels_of(graph, room(graph, settings.ARGMAP_MAX_BOXES))

    def keeping(self, extent: int | None, graph: Graph, touched: Sequence[str] = ()) -> Wish:
        """Return the wish that shows as much of a graph as this one did before it was changed.

        Else one more statement might leave no room for a level of many, and one less make some. Of
        what the change `touched` the first MOST_SHOWN that are there are shown in any case.
        """
        kept = self
        if extent != 0 and self.extent(graph) != extent:
            kept = replace(self, boxes=MOST) if extent is None else replace(self, levels=extent)
        for key in [key for key in touched if graph.has(key)][:MOST_SHOWN]:
            kept = kept.showing(graph, key)
        return kept

    @property
    def named(self) -> tuple[str, ...]:
        """The keys that it names."""
        return (*filter(None, [self.focus]), *self.fold, *self.opened)

    def around(self, key: str) -> Wish:
        """Return the wish for what lies around `key`, which is not folded there."""
        return replace(self, focus=key, depth=DEPTH, opened=(), levels=0).unfolding(key)

    def folding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` folded."""
        return replace(self, fold=tuple(dict.fromkeys((*self.fold, key))))

    def unfolding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` open."""
        return replace(self, fold=tuple(other for other in self.fold if other != key))

    def opening(self, key: str, total: int) -> Wish:
        """Return the wish for this view with what it hides below the statement `key`.

        `total` is the number of statements of the map: where there is room for all, what is no
        longer folded is open.
        """
        if key in self.fold:
            unfolded = self.unfolding(key)
            room_for_all = total <= (self.boxes or settings.ARGMAP_MAX_BOXES)
            if room_for_all and not (self.focus or self.levels):
                return unfolded
            return unfolded.opening(key, total)
        return replace(self, opened=tuple(dict.fromkeys((*self.opened, key))))

    def showing(self, graph: Graph, key: str) -> Wish:
        """Return the wish for this view with `key` in it, and with what leads to that.

        It is this wish where the element is shown, or not there. What is folded stays so.
        """
        view = self.view(graph)
        if view.graph.has(key):
            return self
        way = way_down(graph, view.graph.statement, key)
        # The first is shown, or a root for which there was no room.
        opened = [step for step in way if step in graph.inference]
        tops = [top for top in way[:1] if top not in view.graph.statement]
        return replace(self, opened=tuple(dict.fromkeys([*self.opened, *tops, *opened])))

    @property
    def words(self) -> dict[str, str]:
        """The words of the query that asks for it; none where nothing special is asked."""
        words = {
            "focus": self.focus,
            "depth": self.depth if self.focus and self.depth != DEPTH else "",
            "boxes": self.boxes or "",
            "levels": self.levels or "",
            "fold": ",".join(self.fold),
            "open": ",".join(self.opened),
            "dir": "" if self.direction is Direction.ACROSS else self.direction.value,
            "colour": "" if self.colour is Colour.KIND else self.colour.value,
        }
        return {name: str(word) for name, word in words.items() if word}

    @property
    def query(self) -> str:
        """The query that asks for it, with its question mark; "" where nothing special is asked."""
        said = urlencode(self.words, safe=",")
        return f"?{said}" if said else ""

    def selecting(self, argument_map: ArgumentMap, key: str) -> str:
        """Return the address of the map page that draws it with `key`, if any, in the panel."""
        page = argument_map.get_absolute_url()
        if not key:
            return page + self.query
        start = f"{self.query}&" if self.query else "?"
        return f"{page}{start}select={key}"


def read_wish(query: QueryDict) -> Wish:
    """Read `?focus=C3&depth=2&boxes=300&fold=C7,C9&open=C5&dir=LR&colour=status`."""
    asked, colour = query.get("dir", ""), query.get("colour", "")
    return Wish(
        focus=query.get("focus", ""),
        depth=_number(query.get("depth"), DEPTH, MOST_STEPS),
        boxes=_number(query.get("boxes"), 0, MOST),
        levels=_number(query.get("levels"), 0, MOST),
        fold=_keys(query.get("fold", "")),
        opened=_keys(query.get("open", "")),
        # From the left, as downloads are: from the top all but the smallest become very wide.
        direction=Direction(asked) if asked in list(Direction) else Direction.ACROSS,
        colour=Colour(colour) if colour in list(Colour) else Colour.KIND,
    )


def read_extent(query: QueryDict) -> int | None:
    """Read `?extent=3`, what the page showed before someone changed the map: "whole" for all of it."""
    return None if query.get("extent") == "whole" else _number(query.get("extent"), 0, MOST)


def without_missing(wish: Wish, argument_map: ArgumentMap) -> Wish:
    """Return a wish without the keys that the map has no more (two queries, where it names any)."""
    if not wish.named:
        return wish  # to build the queries takes a millisecond, though they are not asked
    # What is no key names nothing; PostgreSQL refuses to look for some of it.
    named = [key for key in set(wish.named) if KEY.match(key)]
    there = {
        *argument_map.statements.filter(key__in=named).values_list("key", flat=True),
        *argument_map.inferences.filter(key__in=named).values_list("key", flat=True),
    }
    return replace(
        wish,
        focus=wish.focus if wish.focus in there else "",
        fold=tuple(key for key in wish.fold if key in there),
        opened=tuple(key for key in wish.opened if key in there),
    )


def _keys(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in given.split(",") if key))


def _number(given: str | None, default: int, most: int) -> int:
    is_number = given is not None and given.isascii() and given.isdigit() and len(given) < 10
    return min(max(int(given or 0), 1), most) if is_number else min(default, most)
