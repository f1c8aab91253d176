"""Adding to a map: new statements where they bear on something, links, and whole branches."""

from __future__ import annotations

from typing import Any

from argmap import actions
from argmap.core.draft import Draft
from argmap.core.kinds import Kind, Stance
from argmap.core.telling import named
from argmap.models import Inference
from argmap.web.editing.base import Done, Edit
from argmap.web.editing.forms import PREMISE, AddForm, LinkForm, PasteForm, StartForm
from argmap.web.review.checklist import prefilled, warranted

ON_STATEMENT = [(Stance.SUPPORT.value, "supports"), (Stance.ATTACK.value, "attacks")]
ON_INFERENCE = [
    (Stance.ATTACK.value, "undercuts"),
    (Stance.SUPPORT.value, "backs"),
    (PREMISE, "is a further, linked premise of"),
]


class Start(Edit[StartForm]):
    """A statement that bears on nothing yet: where a map begins."""

    heading = "New statement"
    button = "Add"
    form = StartForm

    def initial(self) -> dict[str, Any]:
        return {"kind": Kind.CLAIM}

    def act(self, form: StartForm) -> Done:
        row = actions.add_statement(**self.on_it, **form.values())
        return Done(f"Added {row.key}.", row.key)


class Add(Edit[AddForm]):
    """A new statement that bears on an element, or joins an inference as a premise."""

    heading = "New statement on {key}"
    button = "Add"
    form = AddForm

    def initial(self) -> dict[str, Any]:
        kinds = {kind.value for kind in Kind}
        kind, relation = self.request.GET.get("kind", ""), self.request.GET.get("as", "")
        relations = [name for name, _ in self.extras()["relations"]]
        return {
            "kind": kind if kind in kinds else Kind.CLAIM.value,
            "relation": relation if relation in relations else relations[0],
            **prefilled(self.map, self.key, self.request.GET.get("answer", "")),
        }

    def extras(self) -> dict[str, Any]:
        return {"relations": ON_INFERENCE if self.key.startswith("I") else ON_STATEMENT}

    def draft(self) -> Draft:
        asked = self.initial()
        stance = None if asked["relation"] == PREMISE else Stance(asked["relation"])
        return Draft(about=self.key, kind=Kind(asked["kind"]), stance=stance)

    def act(self, form: AddForm) -> Done:
        values = form.values()
        relation = values.pop("relation")
        if relation == PREMISE:
            return self._premise(form, values)
        if relation == Stance.ATTACK:
            values = warranted(self.map, self.key, self.request.GET.get("answer", ""), values)
        row, inference = actions.add_reason(
            **self.on_it, about=self.element.key, stance=relation, **values
        )
        said = f"Added {row.key}, by {inference.key}."
        if inference.warrant != form.values()["warrant"]:
            said += " Its warrant quotes the question."
        return Done(said, row.key)

    def _premise(self, form: AddForm, values: dict[str, Any]) -> Done:
        """Add a premise. The inference keeps its own scheme and warrant."""
        row, _ = actions.add_new_premise(
            **self.on_it,
            key=self.element.key,
            seen=form.cleaned_data["seen"],
            **{name: values[name] for name in ("kind", "text", "title")},
        )
        return Done(f"Added {row.key} to the premises of {self.key}.", row.key)


class Link(Edit[LinkForm]):
    """An inference between what is there already, as dragging makes it."""

    heading = "Link"
    button = "Link"
    form = LinkForm

    def initial(self) -> dict[str, Any]:
        side = "conclusion" if self.key.startswith("I") else "premise"
        return {side: self.key, "relation": Stance.SUPPORT}

    def act(self, form: LinkForm) -> Done:
        premise, relation, conclusion = (
            form.cleaned_data[name] for name in ("premise", "relation", "conclusion")
        )
        if relation == PREMISE:
            actions.add_premise(
                **self.on_it, key=conclusion, statement=premise, seen=form.cleaned_data["seen"]
            )
            return Done(f"{premise} is a premise of {conclusion} now.", conclusion)
        try:
            row = actions.add_inference(
                **self.on_it, stance=relation, premises=[premise], conclusion=conclusion
            )
        except actions.Repeated as repeated:
            return Done(repeated.said, repeated.key)
        return Done(f"Linked {premise} to {conclusion}, by {row.key}.", row.key)


class Paste(Edit[PasteForm]):
    """A branch from an indented list."""

    heading = "Paste a list under {key}"
    button = "Make the branch"
    form = PasteForm

    def context(self) -> dict[str, Any]:
        return {"pastes": True, "on_inference": isinstance(self.row, Inference)}

    def act(self, form: PasteForm) -> Done:
        made = actions.paste_branch(
            **self.on_it, about=self.element.key, text=form.cleaned_data["text"]
        )
        return Done(f"Added {named(made.statements)}.", self.key, made=made.statements)
