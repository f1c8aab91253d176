"""What an undo does to a suggestion that was accepted, and a redo makes again.

A suggestion whose change is taken back is open again, and so is its thread: it asks for an answer
as it did before, and "accepted" would claim a change that is not there. That is not "declined"
either, for which its author would be owed a reason; whoever means that declines it then. One that
was deleted meanwhile is withdrawn, as if it had been deleted while it was open. A redo accepts it
again, by whoever redoes it, and is credited to its author too.

Neither happens where somebody settled it in another way in between: their word would be lost, or
the same suggestion be done twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from argmap.actions.base import Conflict, Edit, Gone
from argmap.actions.comments import close_suggestion
from argmap.core.history import Step
from argmap.core.kinds import Settlement, Verb
from argmap.core.reversal import SETTLED
from argmap.models import Change, ChangeItem, Comment, Suggestion


def settled_in(change: Change, steps: Iterable[Step]) -> list[Step]:
    """Return those of a change's steps that settled a suggestion and its thread."""
    if change.verb != Verb.ACCEPT:
        return []
    return [step for step in steps if step.type in SETTLED]


def resettle(edit: Edit, change: Change, steps: Iterable[Step]) -> None:
    """Take such steps within an open edit that undoes or redoes `change`.

    Raises Gone where the suggestion is on this map no more, Conflict where it was settled since.
    """
    for step in steps:
        if step.type == "suggestion":
            _resettle_suggestion(edit, change, step)
        else:
            thread = Comment.objects.filter(map=edit.map, pk=step.key, deleted_at=None).first()
            if thread is not None and step.end is not None:
                edit.alter(thread, {"state": step.end["state"]})


def _resettle_suggestion(edit: Edit, change: Change, step: Step) -> None:
    row = (
        Suggestion.objects.filter(pk=step.key, comment__map=edit.map)
        .select_related("comment", "change")
        .first()
    )
    if row is None:
        raise Gone("The suggestion is on another map since.")
    _refuse_settled_since(edit, change, row)
    if edit.verb is Verb.REDO:
        edit.proposal = row.comment
        close_suggestion(edit, row, Settlement((step.end or {})["outcome"]))
        row.change = change
        row.save(update_fields=["change"])
    elif row.comment.is_deleted:
        close_suggestion(edit, row, Settlement.WITHDRAWN)
    else:
        _open_again(edit, row)


def _open_again(edit: Edit, row: Suggestion) -> None:
    nobody = {"settled_by": None, "settled_by_name": "", "settled_at": None, "change": None}
    edit.alter(row, {"outcome": Settlement.OPEN.value, **nobody})


def _refuse_settled_since(edit: Edit, change: Change, row: Suggestion) -> None:
    """Raise Conflict where the last word on a suggestion is not this change, undone or redone."""
    items = ChangeItem.objects.filter(change__map=edit.map, type="suggestion", key=str(row.pk))
    last = items.select_related("change").order_by("-change__activity", "-pk").first()
    if last is None or change.pk in (last.change_id, last.change.of_id):
        return
    who, outcome = last.change.actor_name, row.get_outcome_display().lower()
    done = "undone" if edit.verb is Verb.UNDO else "redone"
    told = f"{who} settled the suggestion after that: {outcome}. Nothing was {done}."
    raise Conflict(edit.map, last.change, told)
