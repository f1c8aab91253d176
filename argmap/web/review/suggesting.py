"""Suggesting a change of the graph: what a reviewer finds on an element's panel, and the forms.

A suggestion is no edit, and is asked for and answered like one: the form takes the panel's place,
and what comes of it is the panel again, with the suggestion as a thread of its own.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import Http404

from argmap import actions
from argmap.core.kinds import Flag, Kind, Proposed, Role
from argmap.core.limits import NONCE_LIMIT, TEXT_LIMIT
from argmap.core.proposals import STATEMENT_FIELDS
from argmap.flood import count_comment
from argmap.models import Statement
from argmap.review import as_seen
from argmap.web import kept
from argmap.web.editing.base import Done
from argmap.web.editing.forms import AddForm, EditForm, StatementForm
from argmap.web.forms import new_nonce
from argmap.web.panel import inference_panel
from argmap.web.review.talking import InThread
from argmap.web.widgets import Textarea

KNOWN = StatementForm.base_fields | AddForm.base_fields
"""Fields as the forms of editing have them."""


class SuggestForm(EditForm):
    """What all suggestions share: why, what is wrong, and the mark of the form."""

    speaks = "body"

    nonce = forms.CharField(max_length=NONCE_LIMIT, required=False, widget=forms.HiddenInput)
    body = forms.CharField(
        label="Why",
        required=False,
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
        help_text="Markdown. Whoever decides on it reads this first.",
    )
    flag = forms.ChoiceField(
        required=False, choices=[("", "None"), *Flag.choices()], label="Problem"
    )
    further: ClassVar[frozenset[str]] = frozenset({"flag"})
    standing_for = {**EditForm.standing_for, "after": NON_FIELD_ERRORS}
    said = ("body", "flag", "nonce")

    def proposed(self) -> dict[str, Any]:
        """Return the fields of argmap/1 that are suggested: null for a word that is left open."""
        return {
            name: value or (None if isinstance(self.fields[name], forms.ChoiceField) else "")
            for name, value in self.values().items()
            if name not in self.said
        }


class WordingForm(SuggestForm):
    """Another text, and another title."""

    text = KNOWN["text"]
    title = KNOWN["title"]
    field_order = ["text", "title", "body"]


class KindForm(SuggestForm):
    """Another kind."""

    kind = forms.ChoiceField(choices=Kind.choices(), widget=forms.RadioSelect)
    field_order = ["kind", "body"]


class GradeForm(SuggestForm):
    """Another grade of the information. That of a source is the source's, and not the statement's."""

    credibility = KNOWN["credibility"]
    field_order = ["credibility", "body"]


class LikelihoodForm(SuggestForm):
    """How probable it is, and how well founded that is."""

    likelihood = KNOWN["likelihood"]
    confidence = KNOWN["confidence"]
    field_order = ["likelihood", "confidence", "body"]


class NewForm(SuggestForm):
    """A new statement, and why it bears on what it is suggested for."""

    text = KNOWN["text"]
    kind = KNOWN["kind"]
    title = KNOWN["title"]
    scheme = KNOWN["scheme"]
    warrant = KNOWN["warrant"]
    field_order = ["text", "kind", "body", "title", "scheme", "warrant"]
    further = SuggestForm.further | {"title", "scheme", "warrant"}

    def proposed(self) -> dict[str, Any]:
        """Return what was filled in: a new statement has nothing that could be taken away."""
        return {name: value for name, value in super().proposed().items() if value}


F = TypeVar("F", bound=SuggestForm)


class Suggest(InThread[F]):
    """One way to suggest something about an element.

    Where that was deleted while someone typed, what they suggest is kept all the same, on the map:
    it can be read and answered there, and not be accepted.
    """

    button = "Suggest"
    needs = Role.REVIEWER
    does: ClassVar[Proposed] = Proposed.EDIT

    def _find(self) -> None:
        try:
            super()._find()
        except Http404:
            if self.row is not None or not self._holds_words():
                raise
        self.vanished = self.row is None
        self.gone = ""

    def _holds_words(self) -> bool:
        """Tell whether the page is asked for by whoever signed in again, with what they typed."""
        return kept.waits(self.request) and self._was_there()

    def initial(self) -> dict[str, Any]:
        return {"nonce": new_nonce()}

    def context(self) -> dict[str, Any]:
        return {
            "about_template": "review/_suggest_about.html",
            "about": self.row,
            "about_words": self._about(),
            "vanished": self.key if self.vanished else "",
        }

    def _about(self) -> str:
        """Return what the element says: the form stands where it was to be read."""
        if isinstance(self.row, Statement):
            return self.row.text
        step = inference_panel(self.row).inference if self.row else None
        return step.sentence if step else ""

    def act(self, form: F) -> Done:
        count_comment(self.request)
        made = actions.suggest(
            **self.on_it,
            does=self.does,
            on=self.key,
            after=form.proposed(),
            version_seen=form.cleaned_data["seen"],
            **{name: form.cleaned_data[name] for name in form.said},
        )
        self.thread = made.comment_id
        target = made.comment.about
        if target:
            return Done(f"Suggested, for whoever edits {target} to decide.", target)
        return Done(f"{self.key} was deleted meanwhile: your suggestion is kept here, on the map.")


class SuggestEdit(Suggest[F]):
    """Another value of fields that a statement has."""

    of = Statement

    def initial(self) -> dict[str, Any]:
        """Return what the fields hold, or held when someone began who is told of its end now."""
        names = [name for name in self.form.base_fields if name in STATEMENT_FIELDS]
        if isinstance(self.row, Statement):
            held: dict[str, Any] = {name: getattr(self.row, name) for name in names}
        else:
            seen = as_seen(self.map, "statement", self.key, self.map.version) or {}
            held = {name: seen.get(name) for name in names}
        return {**super().initial(), **held}


class Wording(SuggestEdit[WordingForm]):
    """Another text or title."""

    heading = "Suggest another wording of {key}"
    form = WordingForm


class OtherKind(SuggestEdit[KindForm]):
    """Another kind."""

    heading = "Suggest another kind of {key}"
    form = KindForm


class Grade(SuggestEdit[GradeForm]):
    """Another credibility."""

    heading = "Suggest another grade of {key}"
    form = GradeForm


class LikelihoodAndConfidence(SuggestEdit[LikelihoodForm]):
    """Another likelihood or confidence."""

    heading = "Suggest another likelihood or confidence of {key}"
    form = LikelihoodForm


class Support(Suggest[NewForm]):
    """A new statement for an element: on an inference, a backing."""

    form = NewForm
    does = Proposed.SUPPORT

    @property
    def heading(self) -> str:  # type: ignore[override]
        """What is suggested, in words."""
        verb = "backs" if self.key.startswith("I") else "supports"
        return f"Suggest a statement that {verb} {{key}}"

    def initial(self) -> dict[str, Any]:
        return {**super().initial(), "kind": Kind.CLAIM}


class Attack(Suggest[NewForm]):
    """A new statement against an element: on an inference, an undercut."""

    form = NewForm
    does = Proposed.ATTACK

    @property
    def heading(self) -> str:  # type: ignore[override]
        """What is suggested, in words."""
        if self.key.startswith("I"):
            return "Suggest an undercut of {key}"
        return "Suggest a statement that attacks {key}"

    def initial(self) -> dict[str, Any]:
        return {**super().initial(), "kind": Kind.COUNTERARGUMENT}


VIEWS: dict[str, type[Suggest[Any]]] = {
    "wording": Wording,
    "kind": OtherKind,
    "grade": Grade,
    "likelihood": LikelihoodAndConfidence,
    "support": Support,
    "attack": Attack,
}
"""The last word of the address of each, as `menu` has them."""
