"""The outline: the map as nested lists, for whoever cannot or would rather not use the drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access, graphs
from argmap.core.focus import View, whole
from argmap.core.folding import MOST
from argmap.core.graph import Graph
from argmap.core.kinds import Role
from argmap.models import ArgumentMap
from argmap.web import viewing
from argmap.web.gone import shown_without_gone
from argmap.web.middleware import WebRequest
from argmap.web.reading import line_address, outline_of
from argmap.web.stage import Way

WHOLE = 2_000
"""The most statements that one page says: about 2 MB, made in a second."""


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def outline(request: WebRequest, slug: str) -> HttpResponse:
    """Show the part of a map that the drawing shows when asked the same; `?all=1` shows all of it.

    What `?select=` names is shown in any case. Of a map of more than WHOLE statements `?all=1` shows
    as many as a drawing may have. For htmx the lists alone, whose links to other parts then lead to
    the map page.
    """
    argument_map, role = access.find_map(request.user, slug)
    wish = viewing.read_wish(request.GET)
    return shown_without_gone(
        request,
        argument_map,
        wish,
        lambda: _outline(request, argument_map, role, wish),
        lambda left: line_address(argument_map, left),
    )


def _outline(
    request: WebRequest, argument_map: ArgumentMap, role: Role, wish: viewing.Wish
) -> HttpResponse:
    everything = request.GET.get("all") == "1"
    wanted = _most(wish) if everything else wish
    selected = request.GET.get("select", "")
    view = graphs.load_view(argument_map, _choice(wanted, selected, everything=everything))

    def opening(key: str) -> str:
        opened = wish.opening(key, view.total)
        if request.htmx:
            return opened.selecting(argument_map, key)
        return line_address(argument_map, opened, key)

    context = {
        "map": argument_map,
        "role": role,
        "wish": wish,
        "view": view,
        "further": [] if view.is_whole else _further(argument_map, wanted, view),
        "outline": outline_of(argument_map, view, graphs.scheme_names(), opening),
    }
    return render(request, "_outline.html" if request.htmx else "outline.html", context)


def _choice(wish: viewing.Wish, selected: str, *, everything: bool) -> Callable[[Graph], View]:
    """Return what chooses the part of a map that is asked for."""

    def choose(graph: Graph) -> View:
        if everything and len(graph.statements) <= WHOLE:
            return whole(graph)
        return wish.showing(graph, selected).view(graph)

    return choose


def _most(wish: viewing.Wish) -> viewing.Wish:
    return replace(wish, focus="", fold=(), opened=(), boxes=MOST)


def _further(argument_map: ArgumentMap, wish: viewing.Wish, view: View) -> list[Way]:
    """Return the ways from a part of a map to more of it."""
    ways = []
    if view.focus:
        ways.append(Way("The top of the map", line_address(argument_map, replace(wish, focus=""))))
    if view.total <= WHOLE:
        page = reverse("outline", args=[argument_map.slug])
        ways.append(Way("The whole outline", f"{page}?all=1"))
    elif wish.boxes < MOST:
        most = line_address(argument_map, _most(wish))
        ways.append(Way(f"Up to {MOST:,} statements", most))
    return ways
