"""Answering and settling threads, and what they suggest, in the list that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_POST

from argmap import access, actions
from argmap import review as reading
from argmap.core.kinds import CommentState, Role
from argmap.core.numbers import whole
from argmap.flood import count_comment
from argmap.models import ArgumentMap
from argmap.web.forms import ReplyForm
from argmap.web.middleware import WebRequest
from argmap.web.review.rounds import to_review
from argmap.web.review.rows import (
    ACCEPT,
    ANSWER,
    BOTH,
    DECLINE,
    REOPEN,
    RESOLVE,
    row_of,
)

OF_EDITORS = {ACCEPT, DECLINE}
TYPED = {ANSWER, BOTH, DECLINE}
SAID = {
    ANSWER: "Answered.",
    BOTH: "Answered and resolved.",
    RESOLVE: "Resolved.",
    REOPEN: "Open again.",
    ACCEPT: "Accepted: the change is credited to you both.",
    DECLINE: "Declined, and the reason given.",
}
"""What is said once something was done, by the word that the form sends."""


@login_not_required
@require_POST
def answer_thread(request: WebRequest, slug: str, number: int) -> HttpResponse:
    """Answer a thread, or do what else the form says, and show its row anew."""
    act = request.POST.get("act", ANSWER)
    if act not in SAID:
        raise Http404(f"Nothing is called {act}.")
    needed = Role.EDITOR if act in OF_EDITORS else Role.REVIEWER
    argument_map, role = access.find_map(request.user, slug, needed)
    place = _Place(request, argument_map, role, number)
    form = None
    if act in TYPED:
        form = ReplyForm(_typed(request, number), auto_id=f"answer-{number}-%s")
        if not form.is_valid():
            return place.refused(form)
    try:
        _do(act, place, form)
    except actions.REFUSALS as error:
        return place.refused(form, error)
    if request.htmx:
        return place.row(SAID[act])
    messages.success(request, SAID[act])
    return to_review(argument_map, f"thread-{number}", place.query)


@dataclass(frozen=True, slots=True)
class _Place:
    """The row of a thread in the list that someone sees."""

    request: WebRequest
    map: ArgumentMap
    role: Role
    number: int

    @property
    def query(self) -> str:
        """What of the list is shown."""
        asked = self.request.META.get("QUERY_STRING", "")
        return f"?{asked}" if asked else ""

    @property
    def on_it(self) -> dict[str, Any]:
        """Who acts, and on which map."""
        return {"actor": access.signed_in(self.request.user), "argument_map": self.map}

    def row(
        self, said: str = "", form: ReplyForm | None = None, problem: str = "", status: int = 200
    ) -> HttpResponse:
        """Answer with the row as it is now: to scripts alone, to others on a page of its own."""
        self.map.refresh_from_db()
        first = reading.threads_of(self.map).filter(pk=self.number).first()
        if first is None and (form is None or self.request.htmx):
            raise Http404("The thread was deleted meanwhile.")
        row = row_of(first, self.role, self.request.user) if first else None
        if row:
            row.said, row.problem, row.form = said, problem, form or row.form
        context = {
            "map": self.map,
            "row": row,
            "typed": form["body"].value() if form else "",
            "query": self.query,
            "reviews": True,
        }
        template = "review/_row.html" if self.request.htmx else "review/thread.html"
        return render(self.request, template, context, status=status if row else 410)

    def refused(self, form: ReplyForm | None, error: Exception | None = None) -> HttpResponse:
        """Show the row with the form as it was typed, and why nothing was done."""
        problem = ""
        if form and isinstance(error, ValidationError | actions.Gone):
            form.refuse(_at_the_text(error))
        elif error:
            problem = actions.reason_of(error)
        conflict = isinstance(error, actions.Conflict)
        return self.row(form=form, problem=problem, status=409 if conflict else 422)


def _typed(request: WebRequest, number: int) -> QueryDict:
    """Return what was typed. Whatever the form says, the address says which thread is answered."""
    typed = request.POST.copy()
    typed["parent"] = str(number)
    return typed


def _do(act: str, place: _Place, form: ReplyForm | None) -> None:
    """Do what the form says. Raises one of actions.REFUSALS."""
    if act == ACCEPT:
        seen = whole(place.request.POST.get("version_seen", ""))
        actions.accept_suggestion(**place.on_it, comment=place.number, seen=seen)
        return
    if form:
        count_comment(place.request)
        typed = form.cleaned_data
        if act == DECLINE:
            actions.decline_suggestion(**place.on_it, comment=place.number, reason=typed["body"])
            return
        actions.add_comment(**place.on_it, **typed)
    if act != ANSWER:
        state = CommentState.OPEN if act == REOPEN else CommentState.RESOLVED
        actions.settle_thread(**place.on_it, comment=place.number, state=state)


def _at_the_text(error: ValidationError | actions.Gone) -> ValidationError | actions.Gone:
    """Return what was refused of a reason as refused of the text, which it is here."""
    if isinstance(error, actions.Gone) or "reason" not in getattr(error, "error_dict", {}):
        return error
    return ValidationError({"body": error.message_dict["reason"]})
