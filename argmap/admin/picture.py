"""A map's drawing in the admin, every box of which leads to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from argmap import graphs, render
from argmap.admin.elements import pages_of
from argmap.core import focus, walk
from argmap.core.graph import Graph
from argmap.models import ArgumentMap


@dataclass(frozen=True)
class Picture:
    """A drawing, or why there is none; and how much of the map it shows, from which key on."""

    svg: SafeString
    start: str
    reason: str
    shown: int
    total: int


def picture_of(argument_map: ArgumentMap) -> Picture:
    """Draw a map as it stands."""
    view = graphs.load_view(
        argument_map, lambda frame: focus.overview(frame, settings.ARGMAP_MAX_BOXES)
    )
    schemes = graphs.scheme_names()
    svg, reason = "", ""
    try:
        svg = render.draw(view, href=_addresses(argument_map, view.graph), schemes=schemes)
    except render.DrawingFailedError as error:
        reason = error.reason
    start = next(iter(walk.roots(view.graph)), "")
    shown = len(view.graph.statements)
    # Safe: core.drawing escapes every text in it.
    return Picture(mark_safe(svg), start, reason, shown, view.total)  # noqa: S308


def _addresses(argument_map: ArgumentMap, shown: Graph) -> Callable[[str], str]:
    """Return what gives the admin page of an element that is shown, by its key (two queries)."""
    pages = pages_of({argument_map.pk: [*shown.statement, *shown.inference]})
    return lambda key: pages[argument_map.pk, key]
