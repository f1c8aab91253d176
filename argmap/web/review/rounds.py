"""Asking for reviews, and giving, confirming and withdrawing verdicts, on the review page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from argmap import access, actions
from argmap.core.graph import KEY
from argmap.core.kinds import Role, Verdict
from argmap.core.numbers import is_whole, whole, whole_or_none
from argmap.flood import count_comment
from argmap.models import ArgumentMap
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.review.forms import AskForm, VerdictForm
from argmap.web.review.page import asked_on, rounds_that_ask, show_review

Confirm = Callable[[User, ArgumentMap, str, int | None], object]


@login_not_required
@require_POST
def ask(request: WebRequest, slug: str) -> HttpResponse:
    """Ask named reviewers for a review."""
    argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
    form = AskForm(request.POST, argument_map=argument_map, person=request.user, auto_id="ask-%s")
    if form.is_valid():
        typed = {**form.cleaned_data, "reviewers": list(form.cleaned_data["reviewers"])}
        try:
            count_comment(request, "comments and requests for a review")
            made = actions.ask_for_review(
                actor=access.signed_in(request.user), argument_map=argument_map, **typed
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            count = len(typed["reviewers"])
            people = "reviewer" if count == 1 else "reviewers"
            messages.success(request, f"Asked {count} {people} for a review.")
            return to_review(argument_map, f"round-{made.pk}")
    return show_review(request, argument_map, role, ask=form)


@login_not_required
@require_POST
def close(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """End a round: what was given stands, and nobody is asked any more."""
    argument_map, _ = access.find_map(request.user, slug, Role.EDITOR)
    return done(
        request,
        argument_map,
        lambda actor: actions.close_round(actor=actor, argument_map=argument_map, round=number),
        "The round is closed.",
    )


@login_not_required
@require_POST
def give(request: WebRequest, slug: str) -> HttpResponse:
    """Give a verdict on the map."""
    argument_map, role = access.find_map(request.user, slug, Role.REVIEWER)
    actor = access.signed_in(request.user)
    asking = rounds_that_ask(asked_on(argument_map, actor), actor)
    form = VerdictForm(request.POST, rounds=asking, auto_id="verdict-%s")
    if form.is_valid():
        try:
            count_comment(request, "comments and verdicts")
            actions.give_verdict(actor=actor, argument_map=argument_map, **form.cleaned_data)
        except (ValidationError, actions.Gone) as error:
            form.refuse(error)
        else:
            word = Verdict(form.cleaned_data["verdict"]).label.lower()
            messages.success(request, f"Your verdict is given: {word}.")
            return _to_standing(request, argument_map)
    return show_review(request, argument_map, role, verdict=form)


@login_not_required
@require_POST
def withdraw(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Take one's own verdict back."""
    argument_map, _ = access.find_map(request.user, slug, Role.REVIEWER)
    return done(
        request,
        argument_map,
        lambda actor: actions.withdraw_verdict(
            actor=actor, argument_map=argument_map, review=number
        ),
        "Your verdict is withdrawn.",
    )


@login_not_required
@require_POST
def confirm(request: WebRequest, slug: str, judgement: str, name: str) -> HttpResponse:
    """Say that one's own judgement still holds: of the version that the form showed."""
    argument_map, _ = access.find_map(request.user, slug, Role.REVIEWER)
    take = CONFIRM[judgement]
    version = whole_or_none(request.POST.get("version_seen", ""))
    return done(
        request,
        argument_map,
        lambda actor: take(actor, argument_map, name, version),
        f"Noted: your {judgement} holds for what you have just seen.",
    )


def _number(name: str) -> int:
    if not is_whole(name):
        raise Http404("There is no such judgement.")
    return whole(name)


def _key(name: str) -> str:
    if not KEY.match(name):
        raise Http404("There is no such judgement.")
    return name


CONFIRM: dict[str, Confirm] = {
    "comment": lambda actor, argument_map, name, seen: actions.confirm_comment(
        actor=actor, argument_map=argument_map, comment=_number(name), version_seen=seen
    ),
    "answer": lambda actor, argument_map, name, seen: actions.confirm_answer(
        actor=actor, argument_map=argument_map, answer=_number(name), version_seen=seen
    ),
    "rating": lambda actor, argument_map, name, seen: actions.confirm_rating(
        actor=actor, argument_map=argument_map, statement=_key(name), version_seen=seen
    ),
    "verdict": lambda actor, argument_map, name, seen: actions.confirm_verdict(
        actor=actor, argument_map=argument_map, review=_number(name), version_seen=seen
    ),
}
"""What confirms each sort of judgement, by its number; a rating by the key of its statement."""


def done(
    request: WebRequest,
    argument_map: ArgumentMap,
    act: Callable[[User], object],
    said: str,
) -> HttpResponse:
    """Act, say what came of it, and send the browser back to where the form was."""
    try:
        act(access.signed_in(request.user))
    except actions.REFUSALS as error:
        messages.error(request, actions.reason_of(error))
    else:
        messages.success(request, said)
    if request.POST.get("back") == "inbox":
        return SeeOther(reverse("inbox"))
    return to_review(argument_map, "standing")


def _to_standing(request: WebRequest, argument_map: ArgumentMap) -> HttpResponse:
    """Send the browser to the standing review; the page that asks is loaded anew, at that place."""
    if not request.htmx:
        return to_review(argument_map, "standing")
    response = HttpResponseClientRedirect("#standing")
    response["HX-Refresh"] = "true"
    return response


def to_review(argument_map: ArgumentMap, place: str, query: str = "") -> SeeOther:
    """Send the browser to a place of the review page."""
    return SeeOther(f"{argument_map.get_review_url()}{query}#{place}")
