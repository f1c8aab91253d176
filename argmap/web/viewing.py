"""Which part of a map a reader asks to see drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, QueryDict

from argmap.core.colour import Colour
from argmap.core.focus import DEPTH, View, focused, overview
from argmap.core.graph import KEY, Graph
from argmap.core.plan import Direction
from argmap.models import ArgumentMap

MOST_BOXES = 1_000
"""Above this no one can read a drawing, and Graphviz takes seconds for it."""

MOST_STEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the query of an address asks for; what makes no sense is read as not asked."""

    focus: str
    depth: int
    boxes: int
    fold: tuple[str, ...]
    direction: Direction
    colour: Colour

    def view(self, graph: Graph) -> View:
        """Return the part of `graph` that is wanted.

        Raises Http404 where its focus, or a statement that it folds, is not there.
        """
        missing = [key for key in self.fold if key not in graph.statement]
        if self.focus and not graph.has(self.focus):
            missing.append(self.focus)
        if missing:
            raise Http404(f"This map has no {missing[0]}.")
        if self.focus:
            return focused(graph, self.focus, self.depth, self.boxes, self.fold)
        return overview(graph, self.boxes, self.fold)

    def around(self, key: str) -> Wish:
        """Return the wish for what lies around `key`, which is not folded there."""
        return replace(self, focus=key, depth=DEPTH).unfolding(key)

    def folding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` folded."""
        return replace(self, fold=tuple(dict.fromkeys((*self.fold, key))))

    def unfolding(self, key: str) -> Wish:
        """Return the wish with the branch below `key` open."""
        return replace(self, fold=tuple(other for other in self.fold if other != key))

    def opening(self, key: str) -> Wish:
        """Return the wish for what this one hides below the statement `key`."""
        return self.unfolding(key) if key in self.fold else self.around(key)

    @property
    def words(self) -> dict[str, str]:
        """The words of the query that asks for it; none where nothing special is asked."""
        words = {
            "focus": self.focus,
            "depth": self.depth if self.focus and self.depth != DEPTH else "",
            "boxes": self.boxes if self.boxes != settings.ARGMAP_MAX_BOXES else "",
            "fold": ",".join(self.fold),
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
    """Read `?focus=C3&depth=2&boxes=300&fold=C7,C9&dir=LR&colour=status`."""
    asked, colour = query.get("dir", ""), query.get("colour", "")
    return Wish(
        focus=query.get("focus", ""),
        depth=_number(query.get("depth"), DEPTH, MOST_STEPS),
        boxes=_number(query.get("boxes"), settings.ARGMAP_MAX_BOXES, MOST_BOXES),
        fold=tuple(dict.fromkeys(key for key in query.get("fold", "").split(",") if key)),
        # From the left, as downloads are: from the top all but the smallest become very wide.
        direction=Direction(asked) if asked in list(Direction) else Direction.ACROSS,
        colour=Colour(colour) if colour in list(Colour) else Colour.KIND,
    )


def without_missing(wish: Wish, argument_map: ArgumentMap) -> Wish:
    """Return a wish without the keys that the map has no more (two queries, where it names any)."""
    # What is no key names nothing; PostgreSQL refuses to look for some of it.
    named = [key for key in {*wish.fold, wish.focus} if KEY.match(key)]
    there = {
        *argument_map.statements.filter(key__in=named).values_list("key", flat=True),
        *argument_map.inferences.filter(key__in=named).values_list("key", flat=True),
    }
    fold = tuple(key for key in wish.fold if key in there)
    return replace(wish, fold=fold, focus=wish.focus if wish.focus in there else "")


def _number(given: str | None, default: int, most: int) -> int:
    is_number = given is not None and given.isascii() and given.isdigit() and len(given) < 10
    return min(max(int(given or 0), 1), most) if is_number else min(default, most)
