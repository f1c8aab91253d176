"""What people do with a comment of their own: reword it, delete it, say that it still holds."""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from argmap import actions
from argmap.core.kinds import Role
from argmap.core.numbers import whole
from argmap.core.wording import reworded
from argmap.flood import count_comment
from argmap.models import Comment
from argmap.review import earlier_bodies
from argmap.web.forms import RewordForm
from argmap.web.middleware import WebRequest
from argmap.web.talking import Talker, at, opened_at


class Reword(View):
    """Give a comment of one's own another wording."""

    def get(self, request: WebRequest, slug: str, number: int) -> HttpResponse:
        """Show the form: in the place of the comment, or on its whole page."""
        talker = at(request, slug)
        comment = _own(talker, number)
        form = RewordForm(initial={"body": comment.body}, number=number)
        form.fields["body"].widget.attrs["autofocus"] = True
        if not request.htmx:
            return talker.show(comment.stands_on, form, status=200)
        return render(request, "_reword.html", {"map": talker.map, "form": form})

    def post(self, request: WebRequest, slug: str, number: int) -> HttpResponse:
        """Reword it, or show the form again with the reason."""
        talker = at(request, slug)
        comment = _own(talker, number)
        form = RewordForm(request.POST, number=number)
        if form.is_valid() and _reworded(talker, form):
            return talker.done(comment)
        return talker.show(comment.stands_on, form)


@login_not_required
@require_POST
def delete_comment(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Delete a comment, of which a trace is left."""
    talker = at(request, slug)
    found = talker.find(number)
    # Deleted by somebody else, or by a second press, it is deleted.
    with suppress(actions.Gone):
        actions.delete_comment(actor=talker.actor, argument_map=talker.map, comment=number)
    return talker.done(found)


@login_not_required
@require_POST
def confirm_comment(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Say that a thread of one's own still holds, on the version that the form was shown with."""
    talker = at(request, slug)
    found = talker.find(number)
    try:
        actions.confirm_comment(
            actor=talker.actor,
            argument_map=talker.map,
            comment=number,
            version_seen=whole(request.POST.get("version_seen", "")),
        )
    except (actions.Gone, ValidationError) as error:
        raise Http404(actions.reason_of(error)) from error
    return talker.done(found)


@login_not_required
@require_safe
def earlier(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Show what a comment said before each time that it was reworded, the latest first."""
    talker = at(request, slug, Role.VIEWER)
    found = talker.find(number)
    before = earlier_bodies(found)
    bodies = [*(each.body for each in before), found.body]
    wordings = [
        {"until": each.until, "parts": reworded(*bodies)}
        for each, bodies in zip(before, pairwise(bodies), strict=True)
    ]
    context = {
        "map": talker.map,
        "comment": found,
        "wordings": wordings[::-1],
        "back": opened_at(found),
    }
    return render(request, "_earlier.html" if request.htmx else "earlier.html", context)


def _own(talker: Talker, number: int) -> Comment:
    """Return a comment that its author asks for. Raises PermissionDenied or Http404."""
    comment = talker.find(number)
    if comment.author_id != talker.actor.pk:
        raise PermissionDenied("Only its author rewords a comment.")
    if comment.is_deleted:
        raise Http404("This comment was deleted.")
    return comment


def _reworded(talker: Talker, form: RewordForm) -> bool:
    """Reword as a valid form says; tell whether it was, else the form says why not."""
    try:
        count_comment(talker.request)
        actions.edit_comment(
            actor=talker.actor,
            argument_map=talker.map,
            comment=form.number,
            body=form.cleaned_data["body"],
        )
    except (ValidationError, actions.Gone) as error:
        form.refuse(error)
    return not form.errors
