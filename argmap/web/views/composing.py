"""What helps someone who writes a comment: how it will look, and whom it can call."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from argmap.core.limits import PERSON_LIMIT, TEXT_LIMIT
from argmap.core.numbers import whole
from argmap.flood import PreviewFlood
from argmap.markdown import to_html
from argmap.review import people_to_call
from argmap.web.conversation import Target
from argmap.web.forms import RewordForm, Words
from argmap.web.middleware import TOO_MANY, WebRequest
from argmap.web.talking import Talker, at, named_target, new_form

TOO_LONG = f"A comment has {TEXT_LIMIT:,} characters at most."


@login_not_required
@require_POST
def preview(request: WebRequest, slug: str) -> HttpResponse:
    """Show what a comment will look like: below its form, or on its whole page, text and all."""
    talker = at(request, slug)
    # The reason of a decline, which is an answer then, has a name of its own.
    body = request.POST.get("body", "") or request.POST.get("reason", "")
    wait = PreviewFlood().seconds(request)
    problem = f"Too many previews in a short time: wait {wait} s." if wait else ""
    if not problem and len(body) > TEXT_LIMIT:
        problem = TOO_LONG
    prose = None if problem else to_html(body)
    status = TOO_MANY if wait else 200
    if request.htmx:
        context = {"prose": prose, "problem": problem}
        response = render(request, "_preview.html", context, status=status)
    else:
        target, form = _typed(talker, request.POST)
        form.preview, form.notice = prose, problem
        response = talker.show(target, form, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@login_not_required
@require_safe
def people(request: WebRequest, slug: str) -> HttpResponse:
    """Answer a reviewer whom a comment may call whose name, of whatever sort, begins with `starts`."""
    talker = at(request, slug)
    found = people_to_call(talker.map, request.GET.get("starts", "")[:PERSON_LIMIT])
    offered = [{"name": each.get_username(), "full": each.get_full_name()} for each in found]
    return JsonResponse({"people": offered})


def _typed(talker: Talker, typed: QueryDict) -> tuple[Target, Words]:
    """Return the form that was sent, and what its page is about."""
    if number := whole(typed.get("number", "")):
        comment = talker.find(number)
        return comment.stands_on, RewordForm(typed, number=comment.pk)
    target = named_target(talker.map, typed)
    return target, new_form(typed, target)
