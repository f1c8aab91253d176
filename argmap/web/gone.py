"""Addresses of views that name what was deleted since: those that were sent, or are loaded again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from argmap.models import ArgumentMap
from argmap.web.middleware import WebRequest
from argmap.web.viewing import Wish, without_missing


def shown_without_gone(
    request: WebRequest,
    argument_map: ArgumentMap,
    wish: Wish,
    show: Callable[[], HttpResponse],
    address: Callable[[Wish], str],
) -> HttpResponse:
    """Return what `show` returns; where `wish` names what was deleted, lead to the view without it.

    What the map has never had stays a Http404. A page that is open is led there too, and says in its
    address what it shows.
    """
    try:
        return show()
    except Http404:
        left = without_missing(wish, argument_map)
        gone = [key for key in dict.fromkeys(wish.named) if key not in left.named]
        if not gone or not all(map(argument_map.has_had, gone)):
            raise
    if not request.htmx:
        was = "was" if len(gone) == 1 else "were"
        messages.warning(request, f"{', '.join(gone)} {was} deleted: this is the map without.")
    return redirect(address(left))
