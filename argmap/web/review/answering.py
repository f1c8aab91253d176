"""Answering and settling threads in the list that shows them, and accepting many suggestions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views import View
from django.views.decorators.http import require_POST

from argmap import access, actions
from argmap import review as reading
from argmap.core.kinds import CommentState, Proposed, Role
from argmap.core.proposals import differences, proposal_from
from argmap.flood import count_comment
from argmap.models import ArgumentMap
from argmap.web.differences import Compared, compare
from argmap.web.forms import ReplyForm
from argmap.web.middleware import WebRequest
from argmap.web.numbers import wholes
from argmap.web.redirects import SeeOther
from argmap.web.review.rounds import to_review
from argmap.web.review.rows import Row, answer_form

ANSWER, BOTH, RESOLVE, REOPEN = "answer", "both", "resolve", "reopen"


@login_not_required
@require_POST
def answer_thread(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Answer a thread, resolve it, or both, and show its row anew."""
    argument_map, _ = access.find_map(request.user, slug, Role.REVIEWER)
    # Whatever the form says of it, the address says which thread is answered.
    typed = request.POST.copy()
    typed["parent"] = str(number)
    form = ReplyForm(typed, auto_id=f"answer-{number}-%s")
    act = request.POST.get("act", ANSWER)
    if act in {ANSWER, BOTH} and not (
        form.is_valid() and _answered(request, argument_map, number, form)
    ):
        return _refused(request, argument_map, number, form)
    said = "Answered."
    if act != ANSWER:
        said = _settled(request, argument_map, number, act)
    if request.htmx:
        return _row(request, argument_map, number, said)
    messages.success(request, said)
    return to_review(argument_map, f"thread-{number}", _query(request))


class AcceptMany(View):
    """The open suggestions of a map, of which an editor accepts all of a kind, or some."""

    def get(self, request: WebRequest, slug: str) -> HttpResponse:
        """List what would be accepted; `?does=edit` lists one kind."""
        argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
        return self._shown(request, argument_map, role, [])

    def post(self, request: WebRequest, slug: str) -> HttpResponse:
        """Accept what is ticked, and say what was accepted and what was not, and why."""
        argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
        chosen = wholes(request.POST.getlist("comment"))
        if not chosen:
            messages.warning(request, "Nothing was chosen, so nothing was accepted.")
            return SeeOther(request.get_full_path())
        # What comes to be of them shows how they stood before.
        offers = {offer.first.pk: offer for offer in _offers(argument_map, "")}
        done = actions.accept_suggestions(
            actor=access.signed_in(request.user), argument_map=argument_map, comments=chosen
        )
        argument_map.refresh_from_db()
        results = [Result(offers.get(each.comment), each) for each in done]
        return self._shown(request, argument_map, role, results)

    @staticmethod
    def _shown(
        request: WebRequest, argument_map: ArgumentMap, role: Role, results: list[Result]
    ) -> HttpResponse:
        does = request.GET.get("does", "")
        context = {
            "map": argument_map,
            "role": role,
            "offers": _offers(argument_map, does),
            "does": does,
            "kinds": list(Proposed),
            "results": results,
            "accepted": sum(not each.accepted.problem for each in results),
        }
        return render(request, "review/accept.html", context)


@dataclass(frozen=True, slots=True)
class Offer:
    """One open suggestion: what it says it does, and each field that would differ."""

    first: Any
    words: str
    differences: list[Compared]

    @property
    def address(self) -> str:
        """Where its thread is read."""
        return reading.path_of(self.first)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one that was ticked; there is no offer where it was not open any more."""

    offer: Offer | None
    accepted: actions.Accepted


def _offers(argument_map: ArgumentMap, does: str) -> list[Offer]:
    """Return the open suggestions of a map, the heaviest first (one query)."""
    rows = reading.open_suggestions(reading.threads_of(argument_map))
    if does in list(Proposed):
        rows = rows.filter(suggestion__does=does)
    return [_offer(first) for first in rows]


def _offer(first: Any) -> Offer:
    proposal = proposal_from(first.suggestion.proposal)
    told = [compare(*each) for each in differences(proposal)]
    return Offer(first, proposal.words, told)


def _answered(request: WebRequest, argument_map: ArgumentMap, number: int, form: ReplyForm) -> bool:
    """Add the answer; where that was refused, the form says why."""
    try:
        count_comment(request)
        actions.add_comment(
            actor=access.signed_in(request.user),
            argument_map=argument_map,
            **form.cleaned_data,
        )
    except (ValidationError, actions.Gone) as error:
        form.refuse(error)
    return form.is_valid()


def _settled(request: WebRequest, argument_map: ArgumentMap, number: int, act: str) -> str:
    state = CommentState.OPEN if act == REOPEN else CommentState.RESOLVED
    try:
        actions.settle_thread(
            actor=access.signed_in(request.user),
            argument_map=argument_map,
            comment=number,
            state=state,
        )
    except actions.REFUSALS as error:
        raise Http404(actions.reason_of(error)) from error
    if act == REOPEN:
        return "Open again."
    return "Answered and resolved." if act == BOTH else "Resolved."


def _row(request: WebRequest, argument_map: ArgumentMap, number: int, said: str) -> HttpResponse:
    """Answer htmx with the thread's row as it is now."""
    argument_map.refresh_from_db()
    first = reading.threads_of(argument_map).filter(pk=number).first()
    if first is None:
        raise Http404("There is no such thread.")
    row = Row(first, answer_form(first), said)
    return _drawn(request, argument_map, row)


def _refused(
    request: WebRequest, argument_map: ArgumentMap, number: int, form: ReplyForm
) -> HttpResponse:
    """Show the row with the form as it was typed; on a page of its own where there are no scripts.

    So is what was typed where the thread is gone.
    """
    first = reading.threads_of(argument_map).filter(pk=number).first()
    row = Row(first, form) if first else None
    if request.htmx:
        if row is None:
            raise Http404("The thread was deleted meanwhile.")
        return _drawn(request, argument_map, row, status=422)
    context = {
        "map": argument_map,
        "row": row,
        "typed": form["body"].value(),
        "query": _query(request),
        "reviews": True,
    }
    return render(request, "review/thread.html", context, status=422 if row else 410)


def _drawn(
    request: WebRequest, argument_map: ArgumentMap, row: Row, status: int = 200
) -> HttpResponse:
    context = {"map": argument_map, "row": row, "query": _query(request), "reviews": True}
    return render(request, "review/_row.html", context, status=status)


def _query(request: WebRequest) -> str:
    asked = request.META.get("QUERY_STRING", "")
    return f"?{asked}" if asked else ""
