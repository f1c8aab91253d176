"""Changing what a map holds: texts, kinds, how premises go together, and deleting."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from argmap import actions
from argmap.core.kinds import Stance
from argmap.core.telling import named
from argmap.models import Inference, Statement
from argmap.web.editing.base import Done, Edit
from argmap.web.editing.forms import (
    AgreeForm,
    ChangeForm,
    EditForm,
    InferenceForm,
    JoinForm,
    KindForm,
    StatementForm,
)
from argmap.web.panel import Step, steps_of

ASIDE = ("Nothing has changed.", "Saved {key}.")


class Change(Edit[ChangeForm]):
    """The fields of a statement or an inference."""

    heading = "Edit {key}"
    button = "Save"

    @property
    def form(self) -> type[ChangeForm]:  # type: ignore[override]
        """The form of a statement or of an inference."""
        return InferenceForm if self.key.startswith("I") else StatementForm

    def initial(self) -> dict[str, Any]:
        if isinstance(self.row, Inference):
            return _as_shown(self.row)
        names = [name for name in StatementForm.base_fields if name != "seen"]
        return {name: getattr(self.row, name, None) for name in names}

    def act(self, form: ChangeForm) -> Done:
        seen, values = form.cleaned_data["seen"], form.changes()
        edit = (
            actions.edit_inference
            if isinstance(self.element, Inference)
            else actions.edit_statement
        )
        row = edit(**self.on_it, key=self.key, seen=seen, **values)
        return Done(ASIDE[bool(values)].format(key=self.key), self.key, row)


def _as_shown(row: Inference) -> dict[str, Any]:
    """Return the fields of an inference, by keys and slugs (two queries)."""
    premises = row.premises.order_by("order").values_list("statement__key", flat=True)
    return {
        "stance": row.stance,
        "premises": list(premises),
        "conclusion": row.conclusion.key if row.conclusion else "",
        "scheme": row.scheme.slug if row.scheme else "",
        "warrant": row.warrant,
        "weight": row.weight,
    }


class ChangeKind(Edit[KindForm]):
    """A statement's kind. Its key stays."""

    heading = "Kind of {key}"
    button = "Save"
    form = KindForm
    of = Statement

    def initial(self) -> dict[str, Any]:
        return {"kind": getattr(self.row, "kind", None)}

    def act(self, form: KindForm) -> Done:
        row = actions.edit_statement(
            **self.on_it,
            key=self.element.key,
            seen=form.cleaned_data["seen"],
            kind=form.cleaned_data["kind"],
        )
        said = f"{row.key} is {'' if row.kind == 'evidence' else 'a '}{row.kind} now."
        return Done(said, row.key, row)


class Join(Edit[JoinForm]):
    """Convergent inferences made one, with linked premises."""

    heading = "Make {key} linked"
    button = "Make linked"
    form = JoinForm
    of = Inference

    @cached_property
    def fellows(self) -> list[Step]:
        """The inferences of the same stance on the same conclusion."""
        if not isinstance(self.row, Inference):
            return []
        row = self.row
        return steps_of(
            self.map.inferences.filter(
                stance=row.stance,
                conclusion_statement=row.conclusion_statement_id,
                conclusion_inference=row.conclusion_inference_id,
            ).exclude(pk=row.pk)
        )

    def extras(self) -> dict[str, Any]:
        return {"others": [(step.row.key, step.sentence) for step in self.fellows]}

    def context(self) -> dict[str, Any]:
        if self.fellows or not isinstance(self.row, Inference):
            return {}
        verb = "supports" if self.row.stance == Stance.SUPPORT else "attacks"
        return {"nothing": f"No other inference {verb} what {self.key} {verb}."}

    def act(self, form: JoinForm) -> Done:
        keys = [self.element.key, *form.cleaned_data["others"]]
        actions.join_inferences(**self.on_it, keys=keys, seen=form.cleaned_data["seen"])
        return Done(f"{named(keys)} are one inference now: {self.key}.", self.key)


class Split(Edit[AgreeForm]):
    """Linked premises split into an inference each."""

    heading = "Split {key} apart"
    button = "Split apart"
    form = AgreeForm
    of = Inference

    def act(self, form: AgreeForm) -> Done:
        rows = actions.split_inference(
            **self.on_it, key=self.element.key, seen=form.cleaned_data["seen"]
        )
        keys = [row.key for row in rows]
        return Done(f"Split {self.key} apart: {named(keys)}.", self.key)


class Delete(Edit[AgreeForm]):
    """An element, and all that falls with it."""

    heading = "Delete {key}?"
    button = "Delete"
    form = AgreeForm

    def context(self) -> dict[str, Any]:
        if self.row is None:
            return {"deletes": True}
        return {
            "deletes": True,
            "statement": self.row if isinstance(self.row, Statement) else None,
            "falling": self._falling(self.row),
            "excerpts": self.row.excerpts.count() if isinstance(self.row, Statement) else 0,
            "comments": self.row.comments.filter(parent=None).count(),
        }

    def _falling(self, row: Statement | Inference) -> list[Step]:
        """Return the inferences that go too, and `row` itself where it is one."""
        falling = [found.pk for found in actions.falling(self.map, row)]
        if isinstance(row, Inference):
            falling.append(row.pk)
        return steps_of(self.map.inferences.filter(pk__in=falling))

    def act(self, form: EditForm) -> Done:
        seen = form.cleaned_data["seen"]
        falling = [found.key for found in actions.falling(self.map, self.element)]
        if isinstance(self.element, Statement):
            actions.delete_statement(**self.on_it, key=self.key, seen=seen)
        else:
            actions.delete_inference(**self.on_it, key=self.key, seen=seen)
        also = f", and with it {named(falling)}" if falling else ""
        return Done(f"Deleted {self.key}{also}.")
