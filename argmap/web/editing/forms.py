"""The forms of editing in place. They shape what was typed; the actions decide what may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from argmap.actions import Conflict, Gone
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Stance, Status
from argmap.core.limits import TEXT_LIMIT, TITLE_LIMIT
from argmap.merging import (
    STILL_HERE,
    Clash,
    SeenField,
    remember_what_is_shown,
    take_what_others_wrote,
)
from argmap.web.editing.fields import KeyField, KeysField, SchemeField, WordsField
from argmap.web.widgets import Textarea

PREMISE = "premise"
"""The relation of a further premise to the inference that it joins."""

LONGEST_LIST = 500_000
"""Longest list to paste, in characters: 500 lines of a thousand."""


class EditForm(forms.Form):
    """What all share: the version seen, and how a refusal is shown."""

    seen = SeenField(required=True)

    speaks: ClassVar[str] = ""
    """The field that will be a comment: names are offered in it, and a look at what it will be."""

    further: ClassVar[frozenset[str]] = frozenset()
    """The fields that are rarely filled in: they are folded away at first."""

    standing_for: ClassVar[Mapping[str, str]] = {"key": NON_FIELD_ERRORS, "keys": NON_FIELD_ERRORS}
    """Where the form shows what actions say of a field that it has by another name, or not at all."""

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        self.version = version

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """The fields that are always seen."""
        return [field for field in self.visible_fields() if field.name not in self.further]

    @property
    def further_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [field for field in self.visible_fields() if field.name in self.further]

    @property
    def opens_further(self) -> bool:
        """Tell whether one of the folded fields has something to say."""
        return any(field.errors or field.value() for field in self.further_fields)

    def clean_seen(self) -> int:
        """Refuse a version to come, which would hide what others changed."""
        seen: int = self.cleaned_data["seen"]
        if seen > self.version:
            raise ValidationError("The map never had this version.")
        return seen

    def values(self) -> dict[str, Any]:
        """Return what was typed, with line breaks as all others write them."""
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }

    def refuse(self, error: ValidationError | Conflict | Gone) -> None:
        """Show what an action refused, at the field where there is one."""
        if isinstance(error, Conflict):
            self.clashes = take_what_others_wrote(self)
            self.add_error(None, f"{error} {STILL_HERE}" if self.visible_fields() else str(error))
        elif isinstance(error, Gone):
            kept = " What you typed is still here." if self.visible_fields() else ""
            self.add_error(None, f"{error}{kept}")
        elif hasattr(error, "error_dict"):
            for name, messages in error.message_dict.items():
                self._show(name, messages)
        else:
            self.add_error(None, error.messages)

    def _show(self, name: str, messages: list[str]) -> None:
        name = self.standing_for.get(name, name)
        known = name in self.fields
        named = messages if known or name == NON_FIELD_ERRORS else [f"{name}: {messages[0]}"]
        self.add_error(name if known else None, named)


class ChangeForm(EditForm):
    """A form that changes what is there: only what its author changed is written."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remember_what_is_shown(self.fields.values())

    def changes(self) -> dict[str, Any]:
        """Return those of the values that the author changed."""
        return {name: value for name, value in self.values().items() if name in self.changed_data}


def _text(rows: int, **options: Any) -> forms.CharField:
    options.setdefault("max_length", TEXT_LIMIT)
    return forms.CharField(widget=Textarea(attrs={"rows": rows}), **options)


def _choice(vocabulary: Any, **options: Any) -> forms.ChoiceField:
    blank = [] if options.get("required", True) else [("", "–")]
    return forms.ChoiceField(choices=[*blank, *vocabulary.choices()], **options)


class StatementForm(ChangeForm):
    """A statement as it stands."""

    text = _text(4)
    title = forms.CharField(required=False, max_length=TITLE_LIMIT)
    kind = _choice(Kind)
    status = _choice(Status)
    note = _text(3, required=False)
    likelihood = _choice(Likelihood, required=False)
    confidence = _choice(Confidence, required=False)
    credibility = _choice(Credibility, required=False)
    base_score = forms.FloatField(required=False, min_value=0, max_value=1)
    tags = WordsField(required=False, help_text="With commas between.")


class KindForm(ChangeForm):
    """A statement's kind alone."""

    kind = forms.ChoiceField(choices=Kind.choices(), widget=forms.RadioSelect)


class InferenceForm(ChangeForm):
    """An inference as it stands."""

    stance = _choice(Stance)
    premises = KeysField(help_text="Keys, in order: E1 E2. Several are linked.")
    conclusion = KeyField(help_text="The key of a statement or an inference.")
    scheme = SchemeField()
    warrant = _text(3, required=False)
    weight = forms.FloatField(min_value=0, max_value=1)


class AddForm(EditForm):
    """A new statement, and how it bears on the element that it is added to."""

    text = _text(3, label="Statement")
    kind = _choice(Kind)
    relation = forms.ChoiceField()
    title = forms.CharField(required=False, max_length=TITLE_LIMIT)
    scheme = SchemeField()
    warrant = _text(2, required=False)
    field_order = ["text", "kind", "relation", "title", "scheme", "warrant"]
    further = frozenset({"title", "scheme", "warrant"})

    def __init__(self, *args: Any, relations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"] = forms.ChoiceField(choices=relations)


class StartForm(EditForm):
    """A new statement that bears on nothing yet."""

    text = _text(3, label="Statement")
    kind = _choice(Kind)
    title = forms.CharField(required=False, max_length=TITLE_LIMIT)


class LinkForm(EditForm):
    """An inference between what is there already."""

    premise = KeyField(help_text="The key of a statement.")
    relation = forms.ChoiceField(
        choices=[
            (Stance.SUPPORT, "supports"),
            (Stance.ATTACK, "attacks"),
            (PREMISE, "is a further, linked premise of"),
        ]
    )
    conclusion = KeyField(help_text="The key of a statement or an inference.")
    standing_for = {**EditForm.standing_for, "premises": "premise", "statement": "premise"}

    def clean(self) -> dict[str, Any]:
        """Refuse an inference as a premise, and a statement that a further premise should join."""
        cleaned = super().clean() or {}
        if cleaned.get("premise", "").startswith(INFERENCE_LETTER):
            self.add_error("premise", "Only a statement can be a premise.")
        joined = cleaned.get("conclusion") if cleaned.get("relation") == PREMISE else None
        if joined and not joined.startswith(INFERENCE_LETTER):
            self.add_error("conclusion", "A premise joins an inference: name one, such as I1.")
        return cleaned


class JoinForm(EditForm):
    """Which inferences become one with another."""

    others = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, label="Join it with")

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"] = forms.MultipleChoiceField(
            choices=others, widget=forms.CheckboxSelectMultiple, label="Join it with"
        )


class PasteForm(EditForm):
    """A list to make a branch of."""

    text = _text(12, label="List", max_length=LONGEST_LIST)


class AgreeForm(EditForm):
    """Nothing to fill in: only whether to do it."""
