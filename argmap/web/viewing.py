"""Which part of a map a reader asks to see drawn, and the drawing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from argmap import graphs, render
from argmap.core import walk
from argmap.core.boxes import Marks
from argmap.core.colour import Colour, paints
from argmap.core.focus import DEPTH, View, focused, overview
from argmap.core.graph import Graph
from argmap.core.kinds import CommentState
from argmap.core.plan import Direction
from argmap.models import ArgumentMap

Names = Mapping[str, str]

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


def _number(given: str | None, default: int, most: int) -> int:
    is_number = given is not None and given.isascii() and given.isdigit() and len(given) < 10
    return min(max(int(given or 0), 1), most) if is_number else min(default, most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing, and what a page says about it.

    `shown` of `total` statements are drawn, with `inferences` between them. A look at it starts
    from the key `start`, "" where nothing is drawn. `trail` leads from a root to the focus.
    """

    svg: str
    shown: int
    total: int
    inferences: int
    start: str
    trail: tuple[str, ...]

    @property
    def drawing(self) -> SafeString:
        """The SVG, as a template puts it in."""
        return mark_safe(self.svg)  # noqa: S308 - core/drawing.py escapes every text in it


def drawn(argument_map: ArgumentMap, graph: Graph, wish: Wish, names: Names) -> Drawn:
    """Return the drawing that is wished for, each box and line of it a link.

    One query, for the open threads. Raises DrawingFailedError, or Http404 as `Wish.view` does.
    """
    view = wish.view(graph)
    svg = render.draw(
        view,
        href=lambda key: reverse("element", args=[argument_map.slug, key]) + wish.query,
        marks=_marks(argument_map),
        schemes=names,
        direction=wish.direction,
        paints=paints(graph, wish.colour),
    )
    return Drawn(
        svg=svg,
        shown=len(view.graph.statements),
        total=view.total,
        inferences=len(view.graph.inferences),
        start=view.focus or next(iter(walk.roots(view.graph)), ""),
        trail=walk.path_to_root(graph, view.focus)[::-1] if view.focus else (),
    )


def pictured(argument_map: ArgumentMap, wish: Wish, names: Names, picture: str) -> bytes:
    """Return the file of what `drawn` draws, as "svg", "png", "pdf" or "dot".

    Seven queries, for the graph and the open threads. Raises as `drawn` does.
    """
    graph = graphs.load_graph(argument_map)
    view, marks, painted = wish.view(graph), _marks(argument_map), paints(graph, wish.colour)
    if picture == "svg":
        return render.svg_file(
            view, marks=marks, schemes=names, direction=wish.direction, paints=painted
        ).encode()
    dot = render.labelled(view, marks=marks, direction=wish.direction, paints=painted)
    return dot.encode() if picture == "dot" else render.image(dot, picture)


def _marks(argument_map: ArgumentMap) -> dict[str, Marks]:
    """Count the open threads on each statement, those on its excerpts with it (one query)."""
    threads = argument_map.comments.filter(state=CommentState.OPEN, parent=None).order_by()
    counted = (
        threads.annotate(on=Coalesce("statement__key", "excerpt__statement__key"))
        .filter(on__isnull=False)
        .values_list("on")
        .annotate(count=Count("pk"))
    )
    return {key: Marks(open_comments=count) for key, count in counted}
