"""The map page: the drawing, the detail panel beside it, and what is said about the map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from argmap import access
from argmap.core.kinds import Role
from argmap.graphs import load_frame
from argmap.models import ArgumentMap
from argmap.review import standing_of
from argmap.web import viewing
from argmap.web.conversation import NOTHING, Shown, conversation
from argmap.web.drawings import Names
from argmap.web.editing.tools import TOOLS
from argmap.web.gone import shown_without_gone
from argmap.web.meanwhile import Meanwhile
from argmap.web.middleware import WebRequest
from argmap.web.pages import kept_page
from argmap.web.stage import stage
from argmap.web.views.element import find_element, opened_in, panel_context


@login_not_required
@require_safe
@vary_on_headers("HX-Request")
def map_page(request: WebRequest, slug: str) -> HttpResponse:
    """Show a map. `?select=C3` opens the panel of C3, `?focus=C3` draws what lies around it."""
    argument_map, role = access.find_map(request.user, slug)
    return shown_without_gone(
        request,
        argument_map,
        viewing.read_wish(request.GET),
        lambda: kept_page(
            request,
            argument_map,
            role,
            lambda schemes: show_map(request, argument_map, role, schemes, opened_in(request.GET)),
        ),
        lambda wish: wish.selecting(argument_map, request.GET.get("select", "")),
    )


def show_map(
    request: WebRequest,
    argument_map: ArgumentMap,
    role: Role,
    schemes: Names,
    shown: Shown = NOTHING,
) -> HttpResponse:
    """Answer with the map page; what `shown` names stands in it as it says.

    What is selected is shown, though there would be no room. A page that is open already gets the parts
    of its stage that another view changes: `extent` says how much it has shown, where that is to stay,
    and `show` that what is selected is to be shown too.
    """
    wish, selected = viewing.read_wish(request.GET), request.GET.get("select", "")
    if request.htmx and "extent" in request.GET:
        wish = wish.keeping(viewing.read_extent(request.GET), load_frame(argument_map))
    if selected and (not request.htmx or "show" in request.GET):
        wish = wish.showing(load_frame(argument_map), selected)
    beside = Meanwhile(lambda: _beside(request, argument_map, role, shown, wish))
    staged = stage(
        argument_map,
        wish,
        schemes,
        role=role,
        person=request.user,
        selected=selected,
        meanwhile=[] if request.htmx else [beside.begin],
    )
    context = {"map": argument_map, "role": role, "wish": wish, "stage": staged, "tools": TOOLS}
    if request.htmx:
        return render(request, "_parts.html", context)
    page = render(request, "map.html", context | beside.made)
    if staged.failure:
        add_never_cache_headers(page)  # the next look may find Graphviz well
    return page


def _beside(
    request: WebRequest, argument_map: ArgumentMap, role: Role, shown: Shown, wish: viewing.Wish
) -> dict[str, Any]:
    """Return what the page shows beside the drawing."""
    talk = conversation(argument_map, None, role=role, person=request.user, shown=shown)
    return {
        "map_talk": talk,
        "standing": standing_of(argument_map),
        **_selected(request, argument_map, role, shown, wish),
    }


def _selected(
    request: WebRequest, argument_map: ArgumentMap, role: Role, shown: Shown, wish: viewing.Wish
) -> dict[str, Any]:
    """Return what the panel shows when the page opens, if anything."""
    key = request.GET.get("select", "")
    opened = Shown(opened=shown.opened)  # a form that stands on the map is not in the panel too
    if not key:
        return {}
    try:
        element = find_element(argument_map, key)
    except Http404:
        if not argument_map.has_had(key):
            raise
        return {"gone": key}  # an address that was sent, or is loaded again, after a deletion
    panel = panel_context(request, argument_map, role, element, opened, wish=wish)
    return {"selected": key, **panel}
