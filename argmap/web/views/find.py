"""Finding statements and inferences by words, in the whole of a map."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access, graphs
from argmap.core.finding import Found
from argmap.core.finding import find as found_by
from argmap.core.focus import View, among
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.sentences import sentence
from argmap.models import ArgumentMap
from argmap.web import drawings, viewing
from argmap.web.middleware import WebRequest
from argmap.web.reading import line_address

LONGEST = 200
"""Characters of a question: more words find nothing anyway."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One that was found: what it says, and the address of what lies around it.

    `under` is the key of the statement that hides it in the view that one searches from, "" where
    it is shown, or stands apart from all that is.
    """

    element: Statement | Inference
    words: str
    address: str
    under: str


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def find(request: WebRequest, slug: str) -> HttpResponse:
    """Show what holds every word of `?q=`: a page, or for htmx the options of a list.

    What was found leads to the drawing, with `?on=outline` to the outline.
    """
    argument_map, role = access.find_map(request.user, slug)
    asked = request.GET.get("q", "")[:LONGEST]
    wish = viewing.read_wish(request.GET)
    names = graphs.scheme_names()
    found = found_by(graphs.load_words(argument_map, names), asked)
    on_outline = request.GET.get("on") == "outline"

    def address(key: str) -> str:
        around = wish.around(key)
        if on_outline:
            return line_address(argument_map, around, key)
        return around.selecting(argument_map, key)

    context = {
        "map": argument_map,
        "role": role,
        "asked": asked,
        "on": "outline" if on_outline else "",
        "wish": wish,
        "found": found,
        "hits": _hits(argument_map, names, found, wish, address),
    }
    return render(request, "_hits.html" if request.htmx else "find.html", context)


def _hits(
    argument_map: ArgumentMap,
    names: drawings.Names,
    found: Found,
    wish: viewing.Wish,
    address: Callable[[str], str],
) -> list[Hit]:
    """Return what was found with its words, but for what was deleted meanwhile."""
    if not found.keys:
        return []

    def choose(frame: Graph) -> View:
        return replace(among(frame, found.keys), hidden_under=_hidden(frame, wish, found.keys))

    view = graphs.load_view(argument_map, choose)
    graph, hits = view.graph, []
    for key in found.keys:
        element = graph.statement.get(key) or graph.inference.get(key)
        if element is None:
            continue
        words = (
            element.title.strip() or element.text
            if isinstance(element, Statement)
            else sentence(element, names)
        )
        hits.append(Hit(element, words, address(key), view.hidden_under.get(key, "")))
    return hits


def _hidden(frame: Graph, wish: viewing.Wish, keys: Iterable[str]) -> dict[str, str]:
    """Return what is hidden of these, and below which statement that the view shows.

    It costs nothing for an overview, which is kept, and 30 ms for a fold on 10,000 statements.
    """
    try:
        view = wish.view(frame)
    except Http404:  # what it names was deleted meanwhile
        return {}
    over = {key: _over(view, key) for key in keys if not view.graph.has(key)}
    return {key: shown for key, shown in over.items() if shown}


def _over(view: View, key: str) -> str:
    """Return the statement that hides an element: an inference is where what it bears on is."""
    passed: set[str] = set()
    while key in view.frame.inference and key not in passed:
        passed.add(key)
        key = view.frame.inference[key].conclusion
    return key if key in view.graph.statement else view.hidden_under.get(key, "")
