"""Commenting, answering, and settling threads; and the address of a comment."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from argmap import actions
from argmap.core.kinds import CommentState, Role
from argmap.flood import count_comment
from argmap.models import Comment
from argmap.web import kept
from argmap.web.forms import NewWords
from argmap.web.middleware import WebRequest
from argmap.web.talking import Talker, at, named_target, new_form, opened_at


class AddComment(View):
    """Add a comment, or an answer to one."""

    def post(self, request: WebRequest, slug: str) -> HttpResponse:
        """Add what the form says, or show it again with the reason."""
        talker = at(request, slug)
        target = named_target(talker.map, request.POST)
        form = new_form(request.POST, target)
        if not form.is_valid():
            return talker.show(target, form)
        comment = _added(talker, form)
        if comment is None:
            return talker.show(target, form)
        lost = form.cleaned_data["about"] and not comment.about
        return talker.moved(comment) if lost else talker.done(comment)

    def get(self, request: WebRequest, slug: str) -> HttpResponse:
        """Show, once, what someone typed before their session ended; else the map.

        A page that is open gets what is said about the map itself.
        """
        if request.htmx:
            return at(request, slug, Role.VIEWER).talk(None)
        talker = at(request, slug)
        typed = kept.take(request)
        if typed is None:
            return redirect(talker.map)
        target = named_target(talker.map, typed)
        form = new_form(typed, target)
        form.come_back(kept.BACK)
        return talker.show(target, form, status=200)


@login_not_required
@require_safe
def comment(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Lead to where a comment stands, in its thread; whom it calls has read it then."""
    talker = at(request, slug, Role.VIEWER)
    found = talker.find(number)
    if isinstance(request.user, User):
        actions.read_mentions(user=request.user, comments=[number])
    return redirect(opened_at(found))


@login_not_required
@require_POST
def settle_thread(request: WebRequest, slug: str, number: int, state: CommentState) -> HttpResponse:
    """Resolve a thread, or open it again."""
    talker = at(request, slug)
    try:
        settled = actions.settle_thread(
            actor=talker.actor, argument_map=talker.map, comment=number, state=state
        )
    except actions.Gone as error:
        raise Http404(str(error)) from error
    except ValidationError as error:
        messages.warning(request, actions.reason_of(error))
        return talker.done(talker.find(number))
    return talker.done(settled, opened=False)


def _added(talker: Talker, form: NewWords) -> Comment | None:
    """Add what a valid form says; None where the form now says why that was refused."""
    try:
        count_comment(talker.request)
        return actions.add_comment(actor=talker.actor, argument_map=talker.map, **form.cleaned_data)
    except (ValidationError, actions.Gone) as error:
        form.refuse(error)
    return None
