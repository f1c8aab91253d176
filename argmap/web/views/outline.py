"""The outline: the map as nested lists, for whoever cannot or would rather not use the drawing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access, graphs
from argmap.core.focus import whole
from argmap.core.kinds import Role
from argmap.models import ArgumentMap
from argmap.review import unanswered
from argmap.web import viewing
from argmap.web.gone import shown_without_gone
from argmap.web.middleware import WebRequest
from argmap.web.reading import line_address, read_outline


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def outline(request: WebRequest, slug: str) -> HttpResponse:
    """Show the part of a map that the drawing shows when asked the same; `?all=1` shows all of it.

    For htmx the lists alone, whose links to other parts then lead to the map page.
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
    view = graphs.load_view(argument_map, whole if everything else wish.view)

    def opening(key: str) -> str:
        opened = wish.opening(key)
        if request.htmx:
            return opened.selecting(argument_map, key)
        return line_address(argument_map, opened, key)

    context = {
        "map": argument_map,
        "role": role,
        "wish": wish,
        "shown": len(view.graph.statements),
        "total": view.total,
        "outline": read_outline(view, graphs.scheme_names(), opening, unanswered(argument_map)),
    }
    return render(request, "_outline.html" if request.htmx else "outline.html", context)
