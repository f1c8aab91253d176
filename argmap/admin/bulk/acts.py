"""What can be done with many statements: what each act asks, shows and does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from itertools import chain
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib.auth.models import User

from argmap import actions
from argmap.admin.bulk.choice import Choice
from argmap.admin.bulk.preview import Preview, excerpts_of, labels_of, number_of, row_of
from argmap.admin.deleting import falling_inferences
from argmap.admin.fields import TagsField
from argmap.core.kinds import Kind, Status


class ActForm(forms.Form):
    """What an act asks before it can be shown; an act that asks nothing has no fields."""

    def __init__(self, act: Act, data: Any = None) -> None:
        super().__init__(data)
        self.act = act


class Act(ABC):
    """Something that is done with the chosen statements."""

    name: ClassVar[str]
    label: ClassVar[str]
    permission: ClassVar[str] = "change"
    form: ClassVar[type[ActForm]] = ActForm
    help: ClassVar[str] = ""
    danger: ClassVar[bool] = False
    """Whether the button warns: what it takes away does not stand anywhere else."""

    one_map: ClassVar[bool] = False
    least: ClassVar[int] = 1

    def __init__(self, person: User, choice: Choice) -> None:
        self.person = person
        self.choice = choice

    @property
    def refusal(self) -> str:
        """Why this cannot be done with these statements; or ""."""
        if not self.choice.rows and self.choice.left_out:
            return "You may only read the maps of these statements: nothing of them can be changed."
        if not self.choice.rows:
            return "What was chosen is not there any more."
        if self.one_map and len(self.choice.maps) > 1:
            number = len(self.choice.maps)
            return f"This takes statements of one map: the chosen ones are on {number}."
        if len(self.choice.rows) < self.least:
            return f"This takes {self.least} statements or more that you may change."
        return ""

    @abstractmethod
    def preview(self, wanted: dict[str, Any]) -> Preview:
        """Return what would be done. Raises ValidationError where it cannot be."""

    @abstractmethod
    def do(self, wanted: dict[str, Any]) -> UUID:
        """Do it; return the batch."""


class Altering(Act):
    """Acts that change fields of the statements, and nothing else."""

    button: ClassVar[str]
    done: ClassVar[str]

    def preview(self, wanted: dict[str, Any]) -> Preview:
        pairs = [(row, actions.new_values(row, **wanted)) for row in self.choice.rows]
        rows = [row_of(row, values) for row, values in pairs if values]
        number = number_of(len(rows))
        button = self.button.format(number) if rows else ""
        preview = Preview(button, self.done.format(number), rows)
        preview.add("Stays as it is", labels_of(row for row, values in pairs if not values))
        return preview

    def do(self, wanted: dict[str, Any]) -> UUID:
        return actions.edit_statements(actor=self.person, chosen=self.choice.chosen, **wanted)


class StatusForm(ActForm):
    status = forms.ChoiceField(choices=Status.choices())


class SetStatus(Altering):
    """Gives statements a status."""

    name = "status"
    label = "Set status…"
    form = StatusForm
    button = "Set the status of {}"
    done = "The status of {} is set."


class KindForm(ActForm):
    kind = forms.ChoiceField(choices=Kind.choices())


class ChangeKind(Altering):
    """Gives statements a kind."""

    name = "kind"
    label = "Change kind…"
    form = KindForm
    button = "Change the kind of {}"
    done = "The kind of {} is changed."
    help = "Keys stay as they are, so that what people have said about them stays true."


class TagsForm(ActForm):
    add_tags = TagsField(label="Add", help_text="One a line.")
    remove_tags = forms.MultipleChoiceField(
        label="Remove", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, act: Act, data: Any = None) -> None:
        super().__init__(act, data)
        held = sorted({tag for row in act.choice.rows for tag in row.tags})
        self.fields["remove_tags"].choices = [(tag, tag) for tag in held]  # type: ignore[attr-defined]
        if not held:
            del self.fields["remove_tags"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not any(found.values()) and not self.errors:
            self.add_error("add_tags", "Give a tag to add, or choose one to remove.")
        return found


class ChangeTags(Altering):
    """Adds tags to statements, and removes tags."""

    name = "tags"
    label = "Add or remove tags…"
    form = TagsForm
    button = "Change the tags of {}"
    done = "The tags of {} are changed."


class Delete(Act):
    """Deletes statements with what falls with them."""

    name = "delete"
    label = "Delete…"
    permission = "delete"
    danger = True
    help = "Comments on what goes are kept, on the map."

    def preview(self, wanted: dict[str, Any]) -> Preview:
        number = number_of(len(self.choice.rows))
        preview = Preview(f"Delete {number}", f"Deleted {number}.")
        preview.add("Statements that go", labels_of(self.choice.rows))
        falling = [falling_inferences(*rows).lines for rows in self.choice.by_map.values()]
        preview.add("Inferences that fall with them", chain.from_iterable(falling))
        preview.add("Excerpts that go", excerpts_of(self.choice.rows))
        return preview

    def do(self, wanted: dict[str, Any]) -> UUID:
        return actions.delete_statements(actor=self.person, chosen=self.choice.chosen)
