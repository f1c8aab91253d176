"""Drawings in the admin, every box of which leads to its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from argmap import graphs, render
from argmap.admin.elements import pages_of
from argmap.core import focus, walk
from argmap.core.draft import with_inference, with_statement
from argmap.core.focus import View
from argmap.core.graph import Graph, Inference, Statement
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
        argument_map,
        lambda frame: focus.overview(frame, focus.room(frame, settings.ARGMAP_MAX_BOXES)),
    )
    return _drawn(argument_map, view)


def around(argument_map: ArgumentMap, key: str) -> Picture:
    """Draw what lies one step around an element.

    Seven queries, five where the map's frame is kept: those of `graphs.load_view`, the names of
    schemes, and the numbers of the statements and the inferences that are shown.
    """
    return _drawn(argument_map, graphs.load_view(argument_map, _near(key)))


def around_statement(argument_map: ArgumentMap, typed: Statement) -> Picture:
    """Draw what lies around a statement, which is shown as it is being typed."""
    view = graphs.load_view(argument_map, _near(typed.key))
    return _drawn(argument_map, with_statement(view, typed))


def around_inference(argument_map: ArgumentMap, typed: Inference, *, is_new: bool) -> Picture:
    """Draw what lies around an inference as it is being typed, between what it is to join.

    It is left out where more lies around it than is drawn.
    """
    view = graphs.load_view(
        argument_map, lambda frame: _near(typed.key)(with_inference(frame, typed))
    )
    graph = view.graph
    if graph.statement.keys() >= set(typed.premises) and graph.has(typed.conclusion):
        graph = with_inference(graph, typed)
    draft = typed.key if is_new else None
    return _drawn(argument_map, replace(view, graph=graph, draft=draft))


def _near(key: str) -> Callable[[Graph], View]:
    return lambda frame: focus.around(frame, key, budget=settings.ARGMAP_MAX_BOXES)


def _drawn(argument_map: ArgumentMap, view: View) -> Picture:
    svg, reason = "", ""
    try:
        svg = render.draw(
            view, href=_addresses(argument_map, view.graph), schemes=graphs.scheme_names()
        )
    except render.DrawingFailedError as error:
        reason = error.reason
    start = view.focus or next(iter(walk.roots(view.graph)), "")
    shown = len(view.graph.statements)
    # Safe: core.drawing escapes every text in it.
    return Picture(mark_safe(svg), start, reason, shown, view.total)  # noqa: S308


def _addresses(argument_map: ArgumentMap, shown: Graph) -> Callable[[str], str]:
    """Return what gives the admin page of an element that is shown, by its key (two queries)."""
    pages = pages_of({argument_map.pk: [*shown.statement, *shown.inference]})
    return lambda key: pages[argument_map.pk, key]
