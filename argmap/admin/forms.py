"""Forms that write through actions, and that show what the actions refuse.

A page is saved in one transaction. Where an action refuses, all of it is rolled back and the page
is shown again with the refusal on the form that it belongs to and everything as it was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest

from argmap.actions import Conflict, Gone
from argmap.admin.asking import person_of
from argmap.admin.fields import KeySelect
from argmap.core.numbers import whole
from argmap.merging import STILL_HERE, Clash, remember_what_is_shown, take_what_others_wrote
from argmap.models import ArgumentMap

M = TypeVar("M", bound=Model)

WENT = (
    "It was deleted meanwhile, or is elsewhere now. What you typed is still here, to copy: to save"
    " the rest, delete this."
)

REFUSED = "refused"
"""Where a request keeps what was refused, while its page is made once more."""


class RefusedError(Exception):
    """An action refused what the form with `prefix` asked for; `reason` is what it raised."""

    def __init__(self, prefix: str | None, reason: ValidationError | Conflict | Gone) -> None:
        super().__init__(str(reason))
        self.prefix = prefix
        self.reason = reason


@contextmanager
def refusing(prefix: str | None) -> Iterator[None]:
    """Turn what actions raise into the refusal of the form with this prefix."""
    try:
        yield
    except (ValidationError, Conflict, Gone) as error:
        raise RefusedError(prefix, error) from error


class ActionForm(forms.ModelForm[M]):
    """One row's form. A subclass says which actions add, edit and remove the row."""

    # Set on the class, which the admin makes anew for each request: see `for_request`.
    person: ClassVar[User]
    argument_map: ClassVar[ArgumentMap | None]
    refused: ClassVar[RefusedError | None] = None

    went = False
    """Whether the row was deleted while its author typed."""

    aliases: ClassVar[Mapping[str, str]] = {}
    """Which field shows the errors of one that the action knows and the form lacks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clashes: list[Clash] = []
        for field in self.fields.values():
            if isinstance(field.widget, KeySelect):
                field.widget.argument_map = self.argument_map
        if self.instance.pk:
            self._remember_what_is_shown()
        if self.is_bound and isinstance(self._reason(), Conflict):
            self.clashes = take_what_others_wrote(self)

    def add(self) -> M:
        """Write a new row."""
        raise NotImplementedError

    def edit(self) -> None:
        """Write what the author changed in the row."""
        raise NotImplementedError

    def remove(self) -> None:
        """Delete the row."""
        raise NotImplementedError

    def clean(self) -> None:
        """Show what an action refused.

        Uniqueness is for the actions, so the parent's method, which asks for it, is not called: a
        slug that is taken elsewhere would tell that there is such a map.
        """
        reason = self._reason()
        if self.went and self.has_changed() and not self.cleaned_data.get(DELETION_FIELD_NAME):
            self.add_error(None, WENT)
        if reason is None:
            if self.refused is not None and self.prefix is None:
                self.add_error(None, "Nothing was saved: see below.")
            return
        if isinstance(reason, ValidationError):
            for name, errors in _by_field(reason):
                self._show(name, errors)
        else:
            told = f"{reason} {STILL_HERE}" if isinstance(reason, Conflict) else str(reason)
            self.add_error(None, told)

    def values(self) -> dict[str, Any]:
        """Return what was typed, with line breaks as all others write them."""
        return {
            name: value.replace("\r\n", "\n") if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }

    def changes(self) -> dict[str, Any]:
        """Return those of the values that the author changed."""
        return {name: value for name, value in self.values().items() if name in self.changed_data}

    @property
    def at_hand(self) -> ArgumentMap:
        """The map that the row is on. Raises Gone where it was deleted meanwhile."""
        if self.argument_map is None:
            raise Gone("The map was deleted meanwhile.")
        return self.argument_map

    @property
    def seen_version(self) -> int:
        """The version of the row that the author saw."""
        return int(self.cleaned_data["seen"])

    def _reason(self) -> ValidationError | Conflict | Gone | None:
        refused = self.refused
        return refused.reason if refused is not None and refused.prefix == self.prefix else None

    def _show(self, name: str, errors: list[ValidationError]) -> None:
        name = self.aliases.get(name, name)
        if name in self.fields:
            self.add_error(name, ValidationError(errors))
        elif name == NON_FIELD_ERRORS:
            self.add_error(None, ValidationError(errors))
        else:
            self.add_error(None, [f"{name}: {error.messages[0]}" for error in errors])

    def _remember_what_is_shown(self) -> None:
        """Send along what each field held, so that a change is one of what its author saw."""
        remember_what_is_shown(self.fields.values())
        if "seen" in self.fields:
            self.fields["seen"].required = True
            row: Any = self.instance
            self.initial["seen"] = row.version if isinstance(row, ArgumentMap) else row.changed_in


def for_request(
    form: type[ActionForm[Any]], request: HttpRequest, argument_map: ArgumentMap | None
) -> None:
    """Tell a form's class, made for this request alone, who asks and about which map."""
    form.person = person_of(request)
    form.argument_map = argument_map
    form.refused = vars(request).get(REFUSED)


class NumberField(forms.IntegerField):
    """The number of a row, or of what it is about. Nobody edits it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, **options)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """Rows of one page, each written by its own form.

    A row that someone deleted meanwhile is in nobody's way who left it as it was.
    """

    most: ClassVar[int | None] = None
    """Most rows that are shown, None for all."""

    has_more = False
    """Whether there are rows that are not shown."""

    def get_queryset(self) -> Any:
        """Return the rows that are shown; of a form that was sent, those that were, in that order.

        In the place of a row that is not there any more stands None.
        """
        if not hasattr(self, "_queryset"):
            rows = super().get_queryset()
            if self.is_bound:
                numbers = [self._number(place) for place in range(self.initial_form_count())]
                found = rows.in_bulk([number for number in numbers if number])
                self._queryset = [found.get(number) for number in numbers]
            else:
                some = list(rows if self.most is None else rows[: self.most + 1])
                self._queryset = some[: self.most]
                self.has_more = len(some) > len(self._queryset)
        return self._queryset

    def _existing_object(self, pk: Any) -> Any:
        return next((row for row in self.get_queryset() if row is not None and row.pk == pk), None)

    def _number(self, place: int) -> int:
        return whole(self.data.get(f"{self.add_prefix(place)}-{self.model._meta.pk.name}", ""))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name each row by a plain number: to look all of them up again is a query for each."""
        was_there = self.is_bound and index is not None and index < self.initial_form_count()
        if was_there and form.instance.pk is None:
            form.went = form.empty_permitted = True
            remember_what_is_shown(form.fields.values())
        super().add_fields(form, index)
        number = NumberField(initial=form.instance.pk, required=False)
        form.fields[self.model._meta.pk.name] = number

    def write(self) -> None:
        """Remove, edit and add rows. The parent has been written: new rows may name it."""
        for row in self.rows():
            row.parent = self.instance
            with refusing(row.prefix):
                if row in self.deleted_forms:
                    row.remove()
                elif row.instance.pk:
                    row.edit()
                else:
                    row.add()

    def rows(self) -> list[Any]:
        """Return the forms that ask for a change, deletions first."""
        gone = [row for row in self.deleted_forms if row.instance.pk]
        kept = [
            row
            for row in self.forms
            # `deleted_forms` leaves out rows that were never saved, marked or not.
            if row.has_changed() and not row.cleaned_data.get(DELETION_FIELD_NAME) and not row.went
        ]
        return gone + kept


def _by_field(error: ValidationError) -> list[tuple[str, list[ValidationError]]]:
    if hasattr(error, "error_dict"):
        return list(error.error_dict.items())
    return [(NON_FIELD_ERRORS, error.error_list)]
