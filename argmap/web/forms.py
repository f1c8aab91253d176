"""The forms of the pages. They shape what was typed; the actions decide whether it may be kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError

from argmap.core.kinds import CommentKind, Flag
from argmap.core.limits import TEXT_LIMIT
from argmap.models.element import KEY_LIMIT
from argmap.web import throttle
from argmap.web.widgets import HiddenInput, Select, Textarea


class Words(forms.Form):
    """What the two forms for comments share: a text, and the version that its author saw."""

    body = forms.CharField(
        label="Your comment", max_length=TEXT_LIMIT, widget=Textarea(attrs={"rows": 4})
    )
    version_seen = forms.IntegerField(min_value=0, widget=HiddenInput)

    notice = ""
    """What is said above the fields of a form that comes back."""

    def come_back(self, notice: str) -> None:
        """Show the form to its author again, who goes on at the text."""
        self.notice = notice
        self.fields["body"].widget.attrs["autofocus"] = True

    def refuse(self, error: ValidationError) -> None:
        """Show what an action refused, at the field where there is one."""
        for name, messages in error.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)


class ReplyForm(Words):
    """An answer to the first comment of a thread."""

    parent = forms.IntegerField(widget=HiddenInput)


class CommentForm(Words):
    """A comment on one of `targets`: pairs of a key ("" for the map) and its label."""

    # No choice of the field: the element may be deleted while someone types, and the text is kept.
    about = forms.CharField(required=False, max_length=KEY_LIMIT, widget=HiddenInput)
    kind = forms.ChoiceField(choices=CommentKind.choices(), widget=Select)
    flag = forms.ChoiceField(
        required=False, choices=[("", "None"), *Flag.choices()], label="Problem", widget=Select
    )
    field_order = ["about", "kind", "flag", "body"]

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(targets) > 1:
            self.fields["about"].widget = Select(choices=targets)


class SignInForm(AuthenticationForm):
    """Django's form, which stops listening after too many failures."""

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        counter = throttle.counter(self.request, name)
        if throttle.is_exhausted(counter):
            raise ValidationError(throttle.MESSAGE, code=throttle.CODE)
        cleaned = super().clean()
        throttle.forget(counter)
        return cleaned
