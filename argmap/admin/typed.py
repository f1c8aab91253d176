"""Elements as they are being typed: checked as far as they can be drawn, and written nowhere."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from argmap import graphs
from argmap.admin.elements import STATEMENTS
from argmap.admin.fields import KeyField, KeysField
from argmap.admin.neighbourhood import Typed, first_error
from argmap.admin.picture import around_inference, around_statement
from argmap.core import graph as core
from argmap.core.draft import NUMBER
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Stance
from argmap.core.limits import PREMISES_LIMIT, TEXT_LIMIT
from argmap.core.sentences import sentence
from argmap.models import ArgumentMap, Scheme, Statement


class DrawnStatement(forms.ModelForm[Statement]):
    """What a drawing shows of a statement, as it is being typed."""

    class Meta:
        model = Statement
        fields = ("kind", "text", "title", "likelihood", "confidence", "credibility", "status")


class DrawnInference(forms.Form):
    """What a drawing and a sentence show of an inference."""

    stance = forms.ChoiceField(choices=Stance.choices)
    premises = KeysField(STATEMENTS)
    conclusion = KeyField(STATEMENTS + INFERENCE_LETTER)
    scheme = forms.ModelChoiceField(Scheme.objects.all(), required=False)
    warrant = forms.CharField(max_length=TEXT_LIMIT, required=False)

    def __init__(self, data: QueryDict, argument_map: ArgumentMap, key: str) -> None:
        super().__init__(data)
        self.argument_map = argument_map
        self.key = key

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        if {"premises", "conclusion"} <= found.keys():
            premises, conclusion = found["premises"], found["conclusion"]
            if len(premises) > PREMISES_LIMIT or conclusion in (self.key, *premises):
                raise ValidationError("An inference does not bear on itself or its own premises.")
            self._refuse_unknown([*premises, conclusion])
        return found

    def _refuse_unknown(self, keys: list[str]) -> None:
        known: set[str] = set()
        for rows in (self.argument_map.statements, self.argument_map.inferences):
            known.update(rows.filter(key__in=keys).values_list("key", flat=True))
        for key in keys:
            if key not in known:
                raise ValidationError(f"This map has no {key}.")


def typed_statement(data: QueryDict, argument_map: ArgumentMap, key: str) -> Typed:
    """Draw what a form holds of the statement `key`."""
    form = DrawnStatement(data, instance=Statement(map=argument_map, key=key))
    if not form.is_valid():
        return Typed(note=f"Not drawn. {first_error(form)}")
    picture = around_statement(argument_map, graphs.statement_of(form.instance))
    return Typed(svg=picture.svg, note=picture.reason)


def typed_inference(data: QueryDict, argument_map: ArgumentMap, key: str | None) -> Typed:
    """Draw and say what a form holds: a change of the inference `key`, or a new one (None)."""
    named = key or f"{INFERENCE_LETTER}{NUMBER}"
    form = DrawnInference(data, argument_map, named)
    if not form.is_valid():
        return Typed(note=f"Not drawn. {first_error(form)}")
    given = form.cleaned_data
    typed = core.Inference(
        key=named,
        stance=Stance(given["stance"]),
        premises=tuple(given["premises"]),
        conclusion=given["conclusion"],
        scheme=given["scheme"].slug if given["scheme"] else None,
        warrant=given["warrant"],
    )
    picture = around_inference(argument_map, typed, is_new=key is None)
    return Typed(picture.svg, sentence(typed, graphs.scheme_names()), picture.reason)
