"""Finding statements and inferences by words, in the whole of a map."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access, graphs
from argmap.core.finding import Found
from argmap.core.finding import find as found_by
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.sentences import sentence
from argmap.models import ArgumentMap
from argmap.web import drawings, viewing
from argmap.web.middleware import WebRequest

LONGEST = 200
"""Characters of a question: more words find nothing anyway."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One that was found: what it says, and the address of the drawing around it."""

    element: Statement | Inference
    words: str
    address: str


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def find(request: WebRequest, slug: str) -> HttpResponse:
    """Show what holds every word of `?q=`: a page, or for htmx the options of a list."""
    argument_map, role = access.find_map(request.user, slug)
    asked = request.GET.get("q", "")[:LONGEST]
    wish = viewing.read_wish(request.GET)
    graph = graphs.load_graph(argument_map)
    names = graphs.scheme_names()
    found = found_by(graph, asked, names)
    context = {
        "map": argument_map,
        "role": role,
        "asked": asked,
        "wish": wish,
        "found": found,
        "hits": _hits(argument_map, graph, wish, names, found),
    }
    return render(request, "_hits.html" if request.htmx else "find.html", context)


def _hits(
    argument_map: ArgumentMap,
    graph: Graph,
    wish: viewing.Wish,
    names: drawings.Names,
    found: Found,
) -> list[Hit]:
    hits = []
    for key in found.keys:
        element = graph.statement.get(key) or graph.inference[key]
        words = (
            element.title.strip() or element.text
            if isinstance(element, Statement)
            else sentence(element, names)
        )
        hits.append(Hit(element, words, wish.around(key).selecting(argument_map, key)))
    return hits
