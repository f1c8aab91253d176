"""Undo and redo: each person's own, through the log of changes, whatever page they left.

What can be taken back are changes of elements and of the map's own fields. Comments, members and
imports are no part of it, and neither is the text of a source, which the log does not keep.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Exists, OuterRef, Q

from argmap.actions.base import Edit, editing
from argmap.actions.restore import TYPES, restore
from argmap.core.history import UNDOABLE, Logged, Stacks, Step, net, stacks
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Change, ChangeItem

LOOK_BACK = 200
"""How many of a person's latest changes are looked at."""


class NothingToUndo(Exception):
    """The person has no change left to undo, or none to redo."""


def undo(*, actor: User, argument_map: ArgumentMap) -> Change:
    """Take back the actor's latest change of a map that is not taken back yet; return the undo.

    Only what that change wrote is set back: what someone else wrote since stays, and where that
    cannot be, nothing happens. Raises NothingToUndo, or Conflict, Gone or ValidationError as
    `restore` does.
    """
    with editing(argument_map, actor=actor, verb=Verb.UNDO) as edit:
        change = _take_up(edit, _stacks(_log(actor, edit.map)).undo)
        restore(edit, change, net(step.back for step in _steps(change)[::-1]))
    return _written(edit, argument_map)


def redo(*, actor: User, argument_map: ArgumentMap) -> Change:
    """Make the change again that the actor took back last; return the redo.

    There is none where the actor made a new change since. Raises what `undo` raises.
    """
    with editing(argument_map, actor=actor, verb=Verb.REDO) as edit:
        change = _take_up(edit, _stacks(_log(actor, edit.map)).redo)
        restore(edit, change, net(_steps(change)))
    return _written(edit, argument_map)


def undoable(
    person: User | AnonymousUser, argument_map: ArgumentMap
) -> tuple[Change | None, Change | None]:
    """Return the changes that `undo` and `redo` would be of; None where there is nothing.

    One query, and one more where the change to redo is older than the person's last LOOK_BACK.
    Whether they would meet with a Conflict is not asked.
    """
    if not isinstance(person, User):
        return None, None
    log = _log(person, argument_map)
    found = {change.pk: change for change in log}
    tops = [stack[-1] if stack else None for stack in _stacks(log)]
    missing = [top for top in tops if top is not None and top not in found]
    if missing:
        found |= Change.objects.in_bulk(missing)
    next_undo, next_redo = (None if top is None else found.get(top) for top in tops)
    return next_undo, next_redo


def _log(person: User, argument_map: ArgumentMap) -> Sequence[Change]:
    """Return the person's latest changes that can be taken back or take one back, the first first."""
    made_or_removed = Q(before__isnull=True) | Q(after__isnull=True)
    beyond = ~Q(type__in=TYPES) | (Q(type="map") & made_or_removed)
    items = ChangeItem.objects.filter(beyond, change=OuterRef("pk"))
    changes = Change.objects.filter(
        ~Exists(items), map=argument_map, actor=person, verb__in=(*UNDOABLE, Verb.UNDO, Verb.REDO)
    )
    return list(changes.order_by("-activity")[:LOOK_BACK])[::-1]


def _stacks(log: Sequence[Change]) -> Stacks:
    return stacks(Logged(change.pk, Verb(change.verb), change.of_id) for change in log)


def _take_up(edit: Edit, stack: Sequence[int]) -> Change:
    """Return the change that is next, and note that the edit is of it."""
    if not stack:
        raise NothingToUndo(f"There is nothing to {edit.verb.value}.")
    edit.of = Change.objects.get(pk=stack[-1])
    return edit.of


def _steps(change: Change) -> list[Step]:
    """Return the steps of a change; the map has the key "", since its slug may change."""
    return [
        Step(item.type, "" if item.type == "map" else item.key, item.before, item.after)
        for item in change.items.order_by("pk")
    ]


def _written(edit: Edit, argument_map: ArgumentMap) -> Change:
    """Return the Change that a closed edit left; the caller's map is as it stands then."""
    argument_map.refresh_from_db()
    return argument_map.changes.get(activity=edit.map.activity)
