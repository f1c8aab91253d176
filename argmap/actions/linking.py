"""Linked or convergent: several inferences into one, and one into several."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, editing
from argmap.actions.inferences import FIELDS, alter_inference, insert_inference, premises_of
from argmap.actions.records import record
from argmap.actions.removal import bequeath_comments, remove_answers
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Inference


def join_inferences(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    keys: Sequence[str],
    seen: int | None = None,
) -> Inference:
    """Link the premises of convergent inferences: the first of `keys` stays, with all of them.

    It keeps its weight, and its scheme or else the first that another has; warrants that differ
    stand one below the other; what bears on the others, and the comments on them, go over to it.
    What was answered about the others goes: its questions were about other premises.
    Raises ValidationError by field, Gone, or Conflict where any changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.JOIN) as edit:
        named = dict.fromkeys(keys)
        if len(named) < 2:
            raise ValidationError({"keys": "It takes two inferences or more to join them."})
        kept, *others = [edit.fetch(Inference, key, seen=seen) for key in named]
        for other in others:
            _refuse_unlike(kept, other)
        _take_over(edit, kept, others)
        remove_answers(edit, others)
        for other in others:
            for bearing in other.borne_on_by.order_by("pk"):
                alter_inference(edit, bearing, {"conclusion": kept.key})
            bequeath_comments(other, kept)
            edit.remove(other)
        return kept


def split_inference(
    *, actor: User | None, argument_map: ArgumentMap, key: str, seen: int | None = None
) -> list[Inference]:
    """Make one inference for each premise of a linked one, and return them in the premises' order.

    The first premise keeps the key and what bears on it; the others get new keys, and the same
    stance, conclusion, scheme, warrant and weight. Raises ValidationError where there is one
    premise only, Gone, or Conflict where the inference changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.SPLIT) as edit:
        kept = edit.fetch(Inference, key, seen=seen)
        first, *rest = premises_of(kept)
        if not rest:
            raise ValidationError({"key": f"{key} has one premise: there is nothing to split."})
        alter_inference(edit, kept, {"premises": [first.key]})
        return [kept, *(_like(edit, kept, premise.key) for premise in rest)]


def _refuse_unlike(kept: Inference, other: Inference) -> None:
    if other.conclusion != kept.conclusion:
        raise ValidationError({"keys": f"{kept.key} and {other.key} conclude in different things."})
    if other.stance != kept.stance:
        raise ValidationError({"keys": f"One of {kept.key} and {other.key} supports, one attacks."})


def _take_over(edit: Edit, kept: Inference, others: list[Inference]) -> None:
    """Give the inference that stays what the others have; it is the first that the log names."""
    rows = [kept, *others]
    warrants = dict.fromkeys(row.warrant for row in rows if row.warrant)
    schemes = [row.scheme.slug for row in rows if row.scheme]
    fields = {
        "premises": list(dict.fromkeys(row.key for each in rows for row in premises_of(each))),
        "warrant": "\n\n".join(warrants),
        "scheme": schemes[0] if schemes else None,
    }
    alter_inference(edit, kept, fields)
    if not edit.items:
        # The others said nothing new, and still what bore on them now bears on it.
        edit.touch(kept)
        edit.log(kept, before=record(kept), after=record(kept))


def _like(edit: Edit, inference: Inference, premise: str) -> Inference:
    """Insert an inference from `premise` that is otherwise like `inference`."""
    same = {name: value for name, value in record(inference).items() if name in FIELDS}
    return insert_inference(edit, {**same, "premises": [premise]})
