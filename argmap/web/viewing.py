"""Which part of a map a reader asks to see drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, QueryDict

from argmap.core.colour import Colour
from argmap.core.focus import DEPTH, View, focused, overview, room
from argmap.core.folding import MOST, way_down
from argmap.core.graph import KEY, Graph
from argmap.core.plan import Direction
from argmap.models import ArgumentMap

MOST_STEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the query of an address asks for; what makes no sense is read as not asked.

    `boxes` is 0 where no number is asked for. `opened` are the statements of which all that bears
    on them is shown, and inferences that are shown, though there would be no room; `fold` goes first.
    """

    focus: str
    depth: int
    boxes: int
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
        return overview(graph, self.boxes or room(graph, most), self.fold, opened=self.opened)

    @property
    def named(self) -> tuple[str, ...]:
        """The keys that it names."""
        return (*filter(None, [self.focus]), *self.fold, *self.opened)

    def around(self, key: str) -> Wish:
        """Return the wish for what lies around `key`, which is not folded there."""
        return replace(self, focus=key, depth=DEPTH, opened=()).unfolding(key)

    def folding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` folded."""
        return replace(self, fold=tuple(dict.fromkeys((*self.fold, key))))

    def unfolding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` open."""
        return replace(self, fold=tuple(other for other in self.fold if other != key))

    def opening(self, key: str) -> Wish:
        """Return the wish for this view with what it hides below the statement `key`."""
        if key in self.fold:
            return self.unfolding(key)
        return replace(self, opened=tuple(dict.fromkeys((*self.opened, key))))

    def showing(self, graph: Graph, key: str) -> Wish:
        """Return the wish for this view with `key` in it, and with what leads to that.

        It is this wish where the element is shown, and where nothing that is shown has it below.
        """
        view = self.view(graph)
        if view.graph.has(key):
            return self
        way = way_down(graph, view.graph.statement, key)
        opened = [*self.opened, *(step for step in way if step in graph.inference)]
        fold = tuple(folded for folded in self.fold if folded not in way)
        return replace(self, fold=fold, opened=tuple(dict.fromkeys(opened)))

    @property
    def words(self) -> dict[str, str]:
        """The words of the query that asks for it; none where nothing special is asked."""
        words = {
            "focus": self.focus,
            "depth": self.depth if self.focus and self.depth != DEPTH else "",
            "boxes": self.boxes or "",
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
        fold=_keys(query.get("fold", "")),
        opened=_keys(query.get("open", "")),
        # From the left, as downloads are: from the top all but the smallest become very wide.
        direction=Direction(asked) if asked in list(Direction) else Direction.ACROSS,
        colour=Colour(colour) if colour in list(Colour) else Colour.KIND,
    )


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
