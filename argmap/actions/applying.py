"""Doing what a suggestion proposes, within an open edit."""

from __future__ import annotations

from argmap.actions.base import Conflict, Edit
from argmap.actions.inferences import insert_inference
from argmap.actions.records import record
from argmap.actions.rows import statement_columns
from argmap.actions.statements import insert_statement
from argmap.core.formats import native
from argmap.core.history import OvertakenError, Step
from argmap.core.kinds import Proposed
from argmap.core.proposals import INFERENCE_FIELDS, Proposal
from argmap.models import Change, Statement


def apply(edit: Edit, proposal: Proposal, *, seen: int | None, amends: bool = False) -> None:
    """Edit the statement that a proposal is on, or add the one that it brings, with its inference.

    `seen` is the version that the actor saw. Whoever `amends` what was proposed has seen what
    stands now, and need not have seen what the proposal's author did. Raises Gone, Conflict, or
    ValidationError by field.
    """
    if proposal.does is Proposed.EDIT:
        _edit(edit, proposal, seen, amends=amends and seen is not None)
    else:
        _add(edit, proposal)


def _edit(edit: Edit, proposal: Proposal, seen: int | None, *, amends: bool) -> None:
    row = edit.fetch(Statement, proposal.on, seen=seen)
    now = record(row)
    known = {} if amends else proposal.before
    before = {name: known.get(name, now[name]) for name in proposal.after}
    try:
        moved = Step("statement", row.key, before, dict(proposal.after)).moved(now)
    except OvertakenError as error:
        raise _overtaken(edit, row, proposal, error.fields) from error
    columns = statement_columns(native.statement_from(moved))
    edit.alter(row, {name: columns[name] for name in proposal.after})


def _add(edit: Edit, proposal: Proposal) -> None:
    edit.fetch_either(proposal.on)
    fields = {
        name: value
        for name, value in proposal.after.items()
        if name not in INFERENCE_FIELDS and value is not None
    }
    statement = insert_statement(edit, fields)
    step = {
        "stance": proposal.does.value,
        "premises": [statement.key],
        "conclusion": proposal.on,
        "scheme": proposal.after.get("scheme"),
        "warrant": proposal.after.get("warrant", ""),
    }
    insert_inference(edit, step)


def _overtaken(edit: Edit, row: Statement, proposal: Proposal, fields: list[str]) -> Conflict:
    """Return what to raise where someone wrote what the proposal would overwrite."""
    changes = Change.objects.filter(map=edit.map, items__type="statement", items__key=row.key)
    latest = changes.order_by("-activity").first()
    who = latest.actor_name if latest else "Someone"
    told = (
        f"{who} changed {row.key} ({', '.join(fields)}) after this was suggested."
        " Nothing was changed: amend the suggestion, or decline it."
    )
    return Conflict(row, latest, told)
