"""The drawing that is wished for, kept with the little that a page says of it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from argmap import graphs, render
from argmap.core import walk
from argmap.core.colour import Colour, paints
from argmap.core.draft import Draft, with_draft
from argmap.core.graph import Source, in_key_order, key_order
from argmap.models import ArgumentMap
from argmap.review import unanswered
from argmap.web.marks import marks_of
from argmap.web.meanwhile import Meanwhile
from argmap.web.viewing import Wish

Names = Mapping[str, str]
T = TypeVar("T")

LARGE = 300_000
"""Characters of a drawing, and bytes of a file, that are kept as they are.

Django's cache in the process holds 300 entries, of whatever size. A view of 150 boxes takes about
200 kB; one of 2,000, which anyone may ask for, takes 3 MB, and would make that a gigabyte. A larger
drawing is kept compressed to a sixth, which costs it 10 ms; a larger file, which a browser keeps
by its ETag, is not kept.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A drawing, `packed` where it is LARGE, and what its page says: all that is kept of a view.

    `shown` of `total` statements are drawn, with `inferences` between them; `apart` are neither
    drawn nor hidden below one that is, and `levels` are as `View` has them. A look at it starts from the key `start`, "" where nothing is drawn. `trail` leads from a root to the focus.
    `unanswered` counts the critical questions on the whole map that nobody has answered; `asking`
    is the first inference that one of them is about, "" where there is none. Questions that a scheme
    gains meanwhile are counted once the map is next written, or the drawing is no longer kept.
    """

    packed: str | bytes
    shown: int
    total: int
    apart: int
    levels: int | None
    inferences: int
    start: str
    trail: tuple[str, ...]
    unanswered: int
    asking: str

    @property
    def drawing(self) -> SafeString:
        """The drawing, each box and line of it a link."""
        packed = self.packed
        svg = packed if isinstance(packed, str) else zlib.decompress(packed).decode()
        return mark_safe(svg)  # noqa: S308 - core/drawing.py escapes every text in it


def drawn(
    argument_map: ArgumentMap,
    wish: Wish,
    names: Names,
    draft: Draft | None = None,
    meanwhile: Sequence[render.Task] = (),
) -> Drawn:
    """Return the drawing that is wished for, with room for what someone is typing.

    `names` are those of schemes. Where Graphviz has to work for it, what is to be done `meanwhile` is.

    Raises DrawingFailedError, and Http404 as `Wish.view` does. No query where it was drawn before
    and neither the graph nor what is said of it has changed; else those of `graphs.load_view`, one
    for the open threads, and those of `unanswered`.
    """
    if draft:
        # Seen once, and by one person.
        return _drawn(argument_map, wish, names, draft, meanwhile=meanwhile)
    return _kept(
        lambda: f"drawn:{identity(argument_map, wish, names)}:{argument_map.activity}",
        lambda: _drawn(argument_map, wish, names, meanwhile=meanwhile),
    )


def pictured(argument_map: ArgumentMap, wish: Wish, names: Names, picture: str) -> bytes:
    """Return the file of what `drawn` draws, as "svg", "png", "pdf" or "dot".

    It is kept, where it is not LARGE, and raises, as `drawn`.
    """
    return _kept(
        lambda: f"{picture}:{identity(argument_map, wish, names)}:{argument_map.activity}",
        lambda: _pictured(argument_map, wish, names, picture),
    )


def sources_for(argument_map: ArgumentMap, colour: Colour) -> tuple[Source, ...]:
    """Return the keys and titles of a map's sources, where boxes are coloured by them (one query)."""
    if colour is not Colour.SOURCE:
        return ()
    rows = argument_map.sources.order_by().values_list("key", "title")
    return in_key_order(Source(key=key, title=title) for key, title in rows)


def identity(argument_map: ArgumentMap, wish: Wish, names: Names) -> str:
    """Return what tells a drawing of a graph from all others, as a hash.

    Schemes may be renamed without a new version of the map. Its address is in every link.
    """
    content = (
        render.stamp(),
        argument_map.uuid,
        argument_map.version,
        argument_map.get_absolute_url(),
        wish,
        sorted(names.items()),
    )
    return sha256(repr(content).encode()).hexdigest()[:32]


def _kept(name: Callable[[], str], draw: Callable[[], T]) -> T:
    """Return what `draw` returns, from the cache where it is there.

    `name` is asked again once it was drawn: the map may have been read anew, at a later version.
    """
    if not graphs.is_committed():
        return draw()
    found: T | None = cache.get(name())
    if found is None:
        found = draw()
        if not isinstance(found, bytes) or len(found) <= LARGE:
            cache.set(name(), found, render.KEEP_SECONDS)
    return found


def _drawn(
    argument_map: ArgumentMap,
    wish: Wish,
    names: Names,
    draft: Draft | None = None,
    *,
    meanwhile: Sequence[render.Task],
) -> Drawn:
    view = graphs.load_view(argument_map, wish.view)
    told = Meanwhile(lambda: unanswered(argument_map))
    svg = render.draw(
        with_draft(view, draft) if draft else view,
        href=_addresses(argument_map, wish),
        opening=_openings(argument_map, wish, view.total),
        marks=marks_of(argument_map, view),
        schemes=names,
        direction=wish.direction,
        paints=paints(view, wish.colour, sources_for(argument_map, wish.colour)),
        meanwhile=(told.begin, *meanwhile),
    )
    left = told.made
    return Drawn(
        packed=svg if len(svg) <= LARGE else zlib.compress(svg.encode(), 1),
        shown=len(view.graph.statements),
        total=view.total,
        apart=view.apart,
        levels=view.levels,
        inferences=len(view.graph.inferences),
        start=view.focus or next(iter(walk.roots(view.graph)), ""),
        trail=view.trail,
        unanswered=sum(left.values()),
        asking=min(left, key=key_order, default=""),
    )


def _pictured(argument_map: ArgumentMap, wish: Wish, names: Names, picture: str) -> bytes:
    view = graphs.load_view(argument_map, wish.view)
    marks = marks_of(argument_map, view)
    painted = paints(view, wish.colour, sources_for(argument_map, wish.colour))
    if picture == "dot":
        dot = render.labelled(view, marks=marks, direction=wish.direction, paints=painted)
        return dot.encode()
    svg = render.svg_file(
        view, marks=marks, schemes=names, direction=wish.direction, paints=painted
    )
    return svg.encode() if picture == "svg" else render.image(svg, picture)


def _addresses(argument_map: ArgumentMap, wish: Wish) -> Callable[[str], str]:
    """Return what gives the address of an element by key, made from one: keys need no quoting."""
    before, after = reverse("element", args=[argument_map.slug, "KEY"]).rsplit("KEY", 1)
    after += wish.query
    return lambda key: f"{before}{key}{after}"


def _openings(argument_map: ArgumentMap, wish: Wish, total: int) -> Callable[[str], str]:
    """Return what gives the address of the view with what it hides below a statement."""
    page = argument_map.get_absolute_url()
    return lambda key: f"{page}{wish.opening(key, total).query}"
