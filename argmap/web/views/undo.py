"""Taking one's own changes of a map back, and making them again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from argmap import access, actions
from argmap.core.kinds import Role
from argmap.graphs import load_frame, scheme_names
from argmap.models import ArgumentMap, Change
from argmap.web import viewing
from argmap.web.editing.base import Done
from argmap.web.middleware import WebRequest
from argmap.web.news import in_words
from argmap.web.redirects import SeeOther
from argmap.web.stage import stage

Take = Callable[..., Change]


@login_not_required
@require_POST
def undo(request: WebRequest, slug: str) -> HttpResponse:
    """Take back the latest change of one's own."""
    return _taken(request, slug, actions.undo, "Taken back: you {}.")


@login_not_required
@require_POST
def redo(request: WebRequest, slug: str) -> HttpResponse:
    """Make the change again that was taken back last."""
    return _taken(request, slug, actions.redo, "Made again: you {}.")


def _taken(request: WebRequest, slug: str, take: Take, said: str) -> HttpResponse:
    argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
    actor, wish = access.signed_in(request.user), viewing.read_wish(request.GET)
    extent = wish.extent(load_frame(argument_map))
    try:
        change = take(actor=actor, argument_map=argument_map)
    except actions.REFUSALS as error:
        wish = viewing.without_missing(wish, argument_map)
        return _answered(request, wish, argument_map, role, actions.reason_of(error), refused=True)
    undone = change.of or change
    items = list(undone.items.all())
    wish = viewing.without_missing(wish, argument_map)
    wish = wish.keeping(extent, load_frame(argument_map), [item.key for item in items])
    words = said.format(in_words(undone, items))
    return _answered(request, wish, argument_map, role, words, refused=False)


def _answered(
    request: WebRequest,
    wish: viewing.Wish,
    argument_map: ArgumentMap,
    role: Role,
    said: str,
    *,
    refused: bool,
) -> HttpResponse:
    """Say what came of it, with the drawing anew; the panel is the page's own affair."""
    if not request.htmx:
        (messages.error if refused else messages.success)(request, said)
        return SeeOther(wish.selecting(argument_map, ""))
    context = {
        "map": argument_map,
        "role": role,
        "wish": wish,
        "done": Done(said),
        "refused": refused,
        "stage": stage(argument_map, wish, scheme_names(), role=role, person=request.user),
    }
    return render(request, "_parts.html", context, status=409 if refused else 200)
