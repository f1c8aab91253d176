"""What a form shows when someone else changed the same thing meanwhile: both texts, field by field.

The form must send along what each field held when it was opened (`show_hidden_initial`), so that a
change is one of what its author saw.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

STILL_HERE = "What you typed is still here: save again to put it in place of what stands now."


class Clash(NamedTuple):
    """A field that its author and someone else changed at once, as each of them wants it."""

    label: str
    theirs: str
    mine: str


class SeenField(forms.IntegerField):
    """The version of what the author saw when the form was made. Nobody edits it."""

    def __init__(self, *, required: bool = False) -> None:
        told = "The form does not say which version you saw: open it again."
        super().__init__(
            widget=forms.HiddenInput,
            required=required,
            min_value=0,
            error_messages={"required": told, "invalid": told},
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def remember_what_is_shown(fields: Iterable[forms.Field]) -> None:
    """Send along what each of `fields` holds, but for the version seen, and files."""
    for field in fields:
        field.show_hidden_initial = not isinstance(field, SeenField | forms.FileField)


def take_what_others_wrote(form: forms.BaseForm) -> list[Clash]:
    """Show in a bound form what stands now in the fields that its author left alone.

    The form's initial values are what stands now. Returns the fields that both changed.
    """
    mine = set(form.changed_data)
    data = QueryDict(mutable=True)
    data.update(form.data)
    clashes = []
    for name, field in form.fields.items():
        shown = form[name]
        now = _raw(field, form.get_initial_for_field(field, name))
        if not field.show_hidden_initial:
            data.setlist(shown.html_name, now)
            continue
        typed = _raw(field, shown.data)
        seen = [part.replace("\r\n", "\n") for part in data.getlist(shown.html_initial_name)]
        data.setlist(shown.html_initial_name, now)
        if name not in mine:
            data.setlist(shown.html_name, now)
        elif now not in (seen, typed):
            clashes.append(Clash(str(shown.label), _readable(field, now), _readable(field, typed)))
    form.data = data
    # Django keeps what it found in the first data.
    vars(form).pop("changed_data", None)
    return clashes


def _raw(field: forms.Field, value: Any) -> list[str]:
    """Return a value as a browser would send it."""
    shown = field.widget.format_value(field.prepare_value(value))
    if isinstance(shown, list | tuple):
        return [str(part) for part in shown]
    return ["" if shown is None else str(shown).replace("\r\n", "\n")]


def _readable(field: forms.Field, raw: list[str]) -> str:
    """Return a raw value as people read it: the label of a choice, a list with commas."""
    choices = getattr(field, "choices", ())
    named = {str(value): str(label) for value, label in choices}
    return ", ".join(named.get(value, value) for value in raw)
