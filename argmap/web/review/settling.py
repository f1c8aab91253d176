"""Settling suggestions: accepting, amending and declining those of others, withdrawing one's own."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict

from argmap import actions
from argmap.actions import Conflict, Gone
from argmap.core.kinds import Proposed, Role, Settlement
from argmap.core.limits import TEXT_LIMIT
from argmap.core.proposals import FIELDS
from argmap.merging import STILL_HERE
from argmap.models import Suggestion
from argmap.review import differences_since
from argmap.web.editing.base import Done
from argmap.web.editing.forms import AgreeForm, EditForm
from argmap.web.middleware import WebRequest
from argmap.web.review.suggested import Shown, shown_suggestions, with_who
from argmap.web.review.suggesting import KNOWN
from argmap.web.review.talking import InThread
from argmap.web.widgets import Textarea

OF_NEW = frozenset({"kind", "text", "title", "warrant", "scheme"})
"""What a new statement that is amended can be given, beside what was suggested."""


class AmendForm(EditForm):
    """What is to be done in the place of what was suggested: the fields of `names`."""

    text = KNOWN["text"]
    kind = KNOWN["kind"]
    title = KNOWN["title"]
    note = KNOWN["note"]
    likelihood = KNOWN["likelihood"]
    confidence = KNOWN["confidence"]
    credibility = KNOWN["credibility"]
    base_score = KNOWN["base_score"]
    scheme = KNOWN["scheme"]
    warrant = KNOWN["warrant"]

    def __init__(self, *args: Any, names: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {*FIELDS} - names:
            del self.fields[name]

    def amended(self, suggested: frozenset[str]) -> dict[str, Any]:
        """Return the fields of argmap/1: empty ones only where something was suggested."""
        values = {
            name: None
            if value == "" and isinstance(self.fields[name], forms.ChoiceField)
            else value
            for name, value in self.values().items()
        }
        return {
            name: value
            for name, value in values.items()
            if name in suggested or value not in (None, "")
        }

    def refuse(self, error: ValidationError | Conflict | Gone) -> None:
        """Keep all that was typed where the statement changed meanwhile: nothing is merged here."""
        if not isinstance(error, Conflict):
            super().refuse(error)
            return
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(self.version)
        self.data = data
        self.add_error(None, f"{error} {STILL_HERE}")


class DeclineForm(EditForm):
    """Why a suggestion is declined."""

    speaks = "reason"

    reason = forms.CharField(
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs={"rows": 4}),
        help_text="Markdown. It answers the suggestion, in its thread.",
        error_messages={"required": "Say why: whoever suggested it is owed a reason."},
    )


F = TypeVar("F", bound=EditForm)


class Settle(InThread[F]):
    """One way to settle a suggestion, by the number of its comment."""

    suggestion: Suggestion

    def setup(self, request: WebRequest, *args: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Find the suggestion too. One that was deleted meanwhile refuses what was sent."""
        super().setup(request, *args, **kwargs)
        self.thread = kwargs["number"]
        rows = Suggestion.objects.filter(comment=self.thread, comment__map=self.map)
        row = rows.select_related("comment__statement", "comment__inference").first()
        if row is None or (row.comment.is_deleted and request.method != "POST"):
            raise Http404(f"This map has no suggestion {self.thread}.")
        self.suggestion = row
        self.row = row.comment.statement or row.comment.inference
        self.key = row.comment.about
        if self.row is not None:
            self.row.map = self.map

    @property
    def shown(self) -> Shown | None:
        """The suggestion as the form stands beside it; None where it was deleted."""
        comment = self.suggestion.comment
        comment.suggestion = self.suggestion
        shown = shown_suggestions(self.row, [comment], role=self.role, person=self.request.user)
        found = shown.get(self.thread)
        if found is None or not found.overtaken:
            return found
        return with_who(found, differences_since([comment]).get(comment.pk, ()))

    def context(self) -> dict[str, Any]:
        shown = self.shown
        return {
            "about_template": "review/_suggestion_about.html",
            "shown": shown,
            "nothing": self.obstacle(shown),
        }

    def obstacle(self, shown: Shown | None) -> str:
        """Return why the form can do nothing; "" where it can."""
        if shown is None:
            return "The suggestion was deleted meanwhile."
        if not shown.is_open:
            return "It is settled already."
        return ""

    @property
    def on_this(self) -> dict[str, Any]:
        """Who settles which suggestion of which map."""
        return {**self.on_it, "comment": self.thread}


class Accept(Settle[AgreeForm]):
    """Do what it says, as it says it."""

    heading = "Accept this suggestion?"
    button = "Accept"
    form = AgreeForm

    def obstacle(self, shown: Shown | None) -> str:
        """It cannot be done where the element is gone, or says something else now."""
        told = super().obstacle(shown)
        if told or shown is None or shown.may_be_accepted:
            return told
        if not shown.there:
            return f"{shown.proposal.on} was deleted: this can only be declined."
        return f"{shown.proposal.on} has changed since: amend it, or decline it."

    def act(self, form: AgreeForm) -> Done:
        actions.accept_suggestion(**self.on_this, seen=form.cleaned_data["seen"])
        author = self.suggestion.comment.author_name
        return Done(f"Accepted: the change is credited to you and {author}.", self.key)


class Amend(Settle[AmendForm]):
    """Do it in other words: the form is filled with what was suggested."""

    heading = "Amend this suggestion"
    button = "Accept as amended"
    form = AmendForm

    @property
    def after(self) -> dict[str, Any]:
        """The fields that were suggested."""
        return dict(self.suggestion.proposal["after"])

    def initial(self) -> dict[str, Any]:
        return self.after

    def extras(self) -> dict[str, Any]:
        edits = self.suggestion.does == Proposed.EDIT
        return {"names": frozenset(self.after) | (frozenset() if edits else OF_NEW)}

    def obstacle(self, shown: Shown | None) -> str:
        """In other words it can be done, too, where the element says something else now."""
        told = super().obstacle(shown)
        if told or shown is None or shown.there:
            return told
        return f"{shown.proposal.on} was deleted: this can only be declined."

    def act(self, form: AmendForm) -> Done:
        done = actions.accept_suggestion(
            **self.on_this,
            amended=form.amended(frozenset(self.after)),
            seen=form.cleaned_data["seen"],
        )
        how = "as amended" if done.outcome == Settlement.AMENDED else "as it was"
        author = self.suggestion.comment.author_name
        return Done(f"Accepted, {how}: the change is credited to you and {author}.", self.key)


class Decline(Settle[DeclineForm]):
    """Leave the graph as it is, and say why."""

    heading = "Decline this suggestion"
    button = "Decline"
    form = DeclineForm

    def act(self, form: DeclineForm) -> Done:
        actions.decline_suggestion(**self.on_this, reason=form.values()["reason"])
        return Done("Declined: your reason is an answer in its thread.", self.key)


class Withdraw(Settle[AgreeForm]):
    """Take one's own suggestion back."""

    heading = "Withdraw your suggestion?"
    button = "Withdraw"
    form = AgreeForm
    needs = Role.REVIEWER

    def obstacle(self, shown: Shown | None) -> str:
        """It is no one's but its author's to take back."""
        told = super().obstacle(shown)
        if told or shown is None or shown.withdraws:
            return told
        return "Only its author withdraws a suggestion."

    def act(self, form: AgreeForm) -> Done:
        actions.withdraw_suggestion(**self.on_this)
        return Done("Withdrawn: what was said about it stays.", self.key)


VIEWS: dict[str, type[Settle[Any]]] = {
    "accept": Accept,
    "amend": Amend,
    "decline": Decline,
    "withdraw": Withdraw,
}
"""The last word of the address of each."""
