"""The forms of rounds and verdicts. They shape what was typed; the actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User

from argmap import access
from argmap.core.kinds import Verdict
from argmap.core.limits import TEXT_LIMIT
from argmap.models import ArgumentMap, Round
from argmap.web.forms import Refusable
from argmap.web.widgets import HiddenInput, Select, Textarea


class AskForm(Refusable):
    """Whom an editor asks for a review, of which version, and by when."""

    reviewers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose whom you ask."},
    )
    due = forms.DateField(
        required=False,
        label="By",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The last day. Leave it empty where there is no hurry.",
    )
    version = forms.IntegerField(min_value=0, label="Version")
    message = forms.CharField(
        required=False,
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs={"rows": 3}),
        help_text="What they should look at. Markdown.",
    )

    def __init__(
        self, *args: Any, argument_map: ArgumentMap, person: access.Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["reviewers"]
        people.queryset = access.reviewers_on(argument_map).exclude(pk=person.pk or 0)
        self.fields["version"].help_text = f"{argument_map.version} is the present one."


class VerdictForm(Refusable):
    """What a reviewer judges of the whole map, in one of the open `rounds` that ask, or unasked."""

    verdict = forms.ChoiceField(
        choices=Verdict.choices(),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a verdict."},
    )
    summary = forms.CharField(
        required=False,
        max_length=TEXT_LIMIT,
        widget=Textarea(attrs={"rows": 5}),
        help_text="What speaks for your verdict; what would have to change. Markdown.",
    )
    round = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label="In answer to", widget=Select
    )
    version_seen = forms.IntegerField(min_value=0, widget=HiddenInput)

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.pk), str(each)) for each in rounds]
        field: Any = self.fields["round"]
        field.choices = [*choices, ("", "No round")]
        if not rounds:
            field.widget = HiddenInput()
