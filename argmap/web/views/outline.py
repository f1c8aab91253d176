"""The outline: the map as nested lists, for whoever cannot or would rather not use the drawing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from argmap import access, graphs
from argmap.web.reading import read_outline


@login_not_required
@require_safe
def outline(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole map as an outline."""
    argument_map, role = access.find_map(request.user, slug)
    graph = graphs.load_graph(argument_map)
    read = read_outline(graph, graphs.scheme_names())
    context = {"map": argument_map, "role": role, "graph": graph, "outline": read}
    return render(request, "outline.html", context)
