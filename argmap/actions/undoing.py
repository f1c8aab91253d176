"""Undo and redo: each person's own, through the log of changes, whatever page they left.

What can be taken back are changes of elements and of the map's own fields, and with one that
somebody suggested, that it was accepted. Comments, members and imports of whole maps are no part of
it, and neither is the text of a source, which the log does not keep.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

from argmap import access
from argmap.actions.base import Edit, editing
from argmap.actions.restore import PAST, restore
from argmap.actions.together import editing_together
from argmap.core.history import Logged, Stacks, Step, net, stacks
from argmap.core.kinds import Role, Verb
from argmap.core.reversal import PUT_BACK, UNDOABLE
from argmap.models import ArgumentMap, Change, Prepared

LOOK_BACK = 200
"""How many of a person's latest changes are looked at."""


class NothingToUndo(Exception):
    """The person has no change left to undo, or none to redo, or may not take back all of one."""


def undo(*, actor: User, argument_map: ArgumentMap) -> Change:
    """Take back the actor's latest change of a map that is not taken back yet; return the undo.

    Only what that change wrote is set back: what someone else wrote since stays, and where that
    cannot be, nothing happens. A change that was made on several maps at once is taken back on all
    of them. Raises NothingToUndo, or Conflict, Gone or ValidationError as `restore` does.
    """
    return _take_next(actor, argument_map, Verb.UNDO)


def redo(*, actor: User, argument_map: ArgumentMap) -> Change:
    """Make the change again that the actor took back last; return the redo.

    There is none where the actor made a new change since. Raises what `undo` raises.
    """
    return _take_next(actor, argument_map, Verb.REDO)


def undo_batch(*, actor: User, batch: UUID) -> list[Change]:
    """Take back all that one act of the actor's did, on all its maps or on none; return the undos.

    What they did since need not be taken back before. Raises what `undo` raises.
    """
    return _take_together(actor, batch, Verb.UNDO)


def batch_of(person: User, batch: UUID) -> list[Change]:
    """Return the changes of an act of the person's that can be undone, with their maps (one query)."""
    changes = Change.objects.filter(batch=batch, actor=person, verb__in=UNDOABLE)
    return list(changes.select_related("map").order_by("pk"))


def taken_back(changes: Iterable[Change]) -> set[int]:
    """Return the primary keys of those that are taken back, and not made again (one query)."""
    later = Change.objects.filter(of__in=[change.pk for change in changes])
    latest = dict(later.order_by("pk").values_list("of", "verb"))
    return {number for number, verb in latest.items() if number and verb == Verb.UNDO}


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


def _take_next(actor: User, argument_map: ArgumentMap, verb: Verb) -> Change:
    with editing(argument_map, actor=actor, verb=verb) as edit:
        change = _next(edit, actor)
        alone = not _maps_beside(change)
        if alone:
            _take(edit, change)
    if alone:
        argument_map.refresh_from_db()
        return argument_map.changes.get(activity=edit.map.activity)
    # Their maps are locked in one order, so this one is let go first.
    made = _take_together(actor, change.batch, verb)
    argument_map.refresh_from_db()
    return next(each for each in made if each.map_id == argument_map.pk)


def _next(edit: Edit, actor: User) -> Change:
    """Return the change that is to be taken back, or made again."""
    stack = getattr(_stacks(_log(actor, edit.map)), edit.verb.value)
    if not stack:
        raise NothingToUndo(f"There is nothing to {edit.verb.value}.")
    return Change.objects.get(pk=stack[-1])


def _maps_beside(change: Change) -> bool:
    """Tell whether the act that made a change wrote on other maps too."""
    if change.batch is None:
        return False
    others = Change.objects.filter(batch=change.batch).exclude(pk=change.pk)
    return others.exists()


def _take(edit: Edit, change: Change) -> None:
    """Take a change back, or make it again, within an open edit."""
    edit.of = change
    restore(edit, change, _steps(change, edit.verb))


def _take_together(actor: User, batch: UUID | None, verb: Verb) -> list[Change]:
    changes = batch_of(actor, batch) if batch else []
    if not changes:
        raise NothingToUndo(f"There is nothing to {verb.value}.")
    there = {change: change.map for change in changes if change.map is not None}
    refusal = _parted(actor, changes, there.values())
    if refusal:
        raise NothingToUndo(f"{refusal} Nothing was {PAST[verb]}.")
    with editing_together(there.values(), actor=actor, verb=verb) as together:
        back = taken_back(there)
        if any((change.pk in back) is (verb is Verb.UNDO) for change in there):
            raise NothingToUndo(f"This is {PAST[verb]} already.")
        # Where rows are to be there again comes first: what is said of them still hangs on those
        # that another map lets go.
        for change in sorted(there, key=lambda change: not _makes(change, verb)):
            _take(together.of(there[change]), change)
    written = Change.objects.filter(batch=together.batch).order_by("pk")
    return list(written.select_related("of"))


def _parted(actor: User, changes: Sequence[Change], maps: Collection[ArgumentMap]) -> str:
    """Return why only a part could be taken, which would lose what moved, or double it; or ""."""
    moved = any(change.verb == Verb.MOVE for change in changes)
    if not maps or (moved and len(maps) < len(changes)):
        return "One of the maps that this was done on was deleted since."
    mine = access.maps_for(actor, Role.EDITOR).filter(pk__in=[each.pk for each in maps])
    if mine.count() < len({*maps}):
        return f"This was done on {len(changes)} maps, and you may no longer edit each of them."
    return ""


def _makes(change: Change, verb: Verb) -> bool:
    return any(step.start is None and step.type in PUT_BACK for step in _steps(change, verb))


def _log(person: User, argument_map: ArgumentMap) -> Sequence[Change]:
    """Return the person's latest changes that can be taken back or take one back, the first first."""
    return _latest(argument_map.pk, person.pk)[::-1]


@Prepared
def _latest(argument_map: int, person: int) -> QuerySet[Change, Change]:
    changes = Change.objects.filter(map=argument_map, actor=person, undoable=True)
    # The rest of a change is read when it is asked for.
    return changes.order_by("-activity").only("verb", "of", "proposed_by_name")[:LOOK_BACK]


def _stacks(log: Sequence[Change]) -> Stacks:
    return stacks(Logged(change.pk, Verb(change.verb), change.of_id) for change in log)


def _steps(change: Change, verb: Verb) -> list[Step]:
    """Return the steps back or forth; the map has the key "", since its slug may change."""
    steps = [
        Step(item.type, "" if item.type == "map" else item.key, item.before, item.after)
        for item in change.items.order_by("pk")
    ]
    return net(steps) if verb is Verb.REDO else net(step.back for step in steps[::-1])
