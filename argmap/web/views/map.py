"""The map page: the drawing, the detail panel beside it, and what is said about the map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from argmap import access, graphs
from argmap.core.graph import Graph
from argmap.core.kinds import Role
from argmap.models import ArgumentMap
from argmap.render import DrawingFailedError
from argmap.web import viewing
from argmap.web.conversation import conversation
from argmap.web.forms import Words
from argmap.web.middleware import WebRequest
from argmap.web.reading import read_outline
from argmap.web.views.element import find_element, panel_context


@login_not_required
@require_safe
def map_page(request: WebRequest, slug: str) -> HttpResponse:
    """Show a map. `?select=C3` opens the panel of C3, `?focus=C3` draws what lies around it."""
    argument_map, role = access.find_map(request.user, slug)
    return show_map(request, argument_map, role)


def show_map(
    request: WebRequest, argument_map: ArgumentMap, role: Role, refused: Words | None = None
) -> HttpResponse:
    """Answer with the map page; a form that was refused stands in it as it was typed."""
    graph = graphs.load_graph(argument_map)
    talk = conversation(argument_map, None, role=role, person=request.user, refused=refused)
    context = {
        "map": argument_map,
        "graph": graph,
        "role": role,
        "map_talk": talk,
        **_drawing(request, argument_map, graph),
        **_selected(request, argument_map, role),
    }
    return render(request, "map.html", context, status=422 if refused else 200)


def _drawing(request: WebRequest, argument_map: ArgumentMap, graph: Graph) -> dict[str, Any]:
    """Return the drawing, or, where there can be none, the reason and the outline."""
    wish = viewing.read_wish(request.GET)
    view = wish.view(graph)
    names = graphs.scheme_names(argument_map)
    context: dict[str, Any] = {
        "wish": wish,
        "view": view,
        "way": wish.direction,
        "start": viewing.start_of(view),
    }
    try:
        context["drawing"] = viewing.drawn(argument_map, view, wish, names)
    except DrawingFailedError as error:
        context["failure"] = error.reason
        context["outline"] = read_outline(graph, names)
    return context


def _selected(request: WebRequest, argument_map: ArgumentMap, role: Role) -> dict[str, Any]:
    """Return what the panel shows when the page opens, if anything."""
    key = request.GET.get("select", "")
    if not key:
        return {}
    element = find_element(argument_map, key)
    return {"selected": key, **panel_context(request, argument_map, role, element)}
