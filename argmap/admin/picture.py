"""A map's drawing in the admin, every box of which leads to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from argmap import graphs, render
from argmap.core import focus, walk
from argmap.models import ArgumentMap


@dataclass(frozen=True)
class Picture:
    """A drawing, or why there is none; and how much of the map it shows, from which key on."""

    svg: SafeString
    start: str
    reason: str
    shown: int
    total: int


def picture_of(number: int) -> Picture:
    """Draw the map with this number as it stands."""
    argument_map = ArgumentMap.objects.get(pk=number)
    view = graphs.load_view(
        argument_map, lambda frame: focus.overview(frame, settings.ARGMAP_MAX_BOXES)
    )
    schemes = graphs.scheme_names()
    svg, reason = "", ""
    try:
        svg = render.draw(view, href=_addresses(argument_map), schemes=schemes)
    except render.DrawingFailedError as error:
        reason = error.reason
    start = next(iter(walk.roots(view.graph)), "")
    shown = len(view.graph.statements)
    # Safe: core.drawing escapes every text in it.
    return Picture(mark_safe(svg), start, reason, shown, view.total)  # noqa: S308


def _addresses(argument_map: ArgumentMap) -> Callable[[str], str]:
    """Return what gives the admin page of an element by key (two queries)."""
    kinds = argument_map.statements.order_by().values_list("key", "pk", "kind")
    pages = {key: (kind, pk) for key, pk, kind in kinds}
    inferences = argument_map.inferences.order_by().values_list("key", "pk")
    pages |= {key: ("inference", pk) for key, pk in inferences}

    def address(key: str) -> str:
        name, pk = pages[key]
        return reverse(f"admin:argmap_{name}_change", args=[pk])

    return address
