"""A step that the map has already is not taken twice."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from argmap.actions.base import Edit
from argmap.core import graph as core
from argmap.core.formats import native
from argmap.core.sentences import listed, verb
from argmap.models import Inference

STEP = frozenset({"stance", "premises", "conclusion", "scheme", "warrant"})


class Repeated(ValidationError):
    """The inference `key` takes the same step."""

    def __init__(self, step: core.Inference, key: str) -> None:
        self.key = key
        self.said = f"{listed(step.premises)} already {verb(step)} {step.conclusion} ({key})."
        super().__init__({"conclusion": self.said})


def refuse_repeated(edit: Edit, row: Inference) -> None:
    """Raise Repeated where what an edit made of an inference is a step that the map has.

    Another scheme, or a warrant of its own, makes it another reason. What files, merges and undoing
    bring is not asked: they lose nothing, and the problems of a map name what is in it twice.
    """
    item = next((item for item in edit.items if item.key == row.key), None)
    if item is None or item.after is None or (item.before and STEP.isdisjoint(item.fields)):
        return
    step = native.inference_from(item.after)
    alike = edit.map.inferences.filter(
        stance=row.stance,
        scheme=row.scheme_id,
        conclusion_statement=row.conclusion_statement_id,
        conclusion_inference=row.conclusion_inference_id,
        statements__key=step.premises[0],
    )
    for other in alike.exclude(pk=row.pk).order_by("pk").prefetch_related("statements"):
        premises = {statement.key for statement in other.statements.all()}
        if premises == set(step.premises) and row.warrant in ("", other.warrant):
            raise Repeated(step, other.key)
