"""Setting one element back to how an earlier change left it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, editing
from argmap.actions.inferences import FIELDS as INFERENCE_FIELDS
from argmap.actions.inferences import alter_inference
from argmap.actions.records import Record, record, type_of
from argmap.actions.rows import statement_columns
from argmap.actions.statements import FIELDS as STATEMENT_FIELDS
from argmap.core.formats import native
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, ChangeItem, Inference, Statement


def restore_element(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    activity: int,
    seen: int | None = None,
) -> Statement | Inference:
    """Give a statement or an inference the fields that it had after the change `activity`.

    What hangs on it stays as it is: excerpts, comments, and what bears on it. Where it has these
    fields already, there is no Change. Raises Conflict where it changed after version `seen`; Gone
    where it is no longer there; ValidationError where that change did not leave it standing, or
    where what it leant on then (a premise, its conclusion, its scheme) was deleted since.
    """
    with editing(argument_map, actor=actor, verb=Verb.RESTORE) as edit:
        row = edit.fetch_either(key, seen=seen)
        then = _left_by(edit, row, activity)
        if isinstance(row, Inference):
            return alter_inference(edit, row, _differing(row, then, INFERENCE_FIELDS))
        columns = statement_columns(native.statement_from(then))
        return edit.alter(row, {name: columns[name] for name in STATEMENT_FIELDS})


def _left_by(edit: Edit, row: Statement | Inference, activity: int) -> Record:
    """Return the record that a change left of a row."""
    items = ChangeItem.objects.filter(change__map=edit.map, change__activity=activity)
    item = items.filter(type=type_of(row), key=row.key).first()
    if item is None or item.after is None:
        raise ValidationError({"activity": f"Change {activity} did not leave {row.key} standing."})
    return dict(item.after)


def _differing(row: Inference, then: Record, fields: frozenset[str]) -> dict[str, Any]:
    """Return the fields to set: one that is as it was need not be there to be asked for."""
    now = record(row)
    return {name: then[name] for name in fields if now[name] != then[name]}
