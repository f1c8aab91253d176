"""What every write does: take the map's row, stamp what it touches, leave one Change.

An action opens `editing(…)`, which locks the map's row for the length of one transaction, and
tells it of each row that it makes, alters or removes. When the block ends, the map's counters go
up and the Change is written; where nothing came to differ, neither happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet

from argmap import access
from argmap.actions.records import name_of, record, type_of
from argmap.actions.telling import is_told, tell_at_once
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Role, Verb
from argmap.core.reversal import Row, is_undoable
from argmap.core.saying import rewords
from argmap.models import (
    ArgumentMap,
    Change,
    ChangeItem,
    Comment,
    Element,
    Inference,
    KeyCounter,
    Prepared,
    Statement,
    keyed,
)

R = TypeVar("R", bound=models.Model)
E = TypeVar("E", bound=Element)

SYSTEM = "system"
"""The name in the log of commands that nobody signed in to run."""


class Gone(Exception):
    """What the write is about was deleted meanwhile."""


class Conflict(Exception):
    """What the write touches was changed after the version that its author saw.

    `element` is the row as it stands now; `change` is the latest Change of it, where there is one.
    """

    def __init__(
        self, element: Element | ArgumentMap, change: Change | None, told: str = ""
    ) -> None:
        """Say who changed what, and when, unless the message is `told`."""
        self.element = element
        self.change = change
        self.actor_name = change.actor_name if change else "Someone"
        self.at: datetime | None = change.at if change else None
        name = name_of(element)
        item = change.items.filter(type=type_of(element), key=name).first() if change else None
        self.fields = item.fields if item and item.before and item.after else []
        what = f" ({', '.join(self.fields)})" if self.fields else ""
        is_new = item is not None and item.before is None
        did = f"added {name}" if is_new else f"changed {name}{what}"
        super().__init__(told or f"{self.actor_name} {did} after you opened it. Nothing was saved.")


def deleted_meanwhile(argument_map: ArgumentMap, key: str) -> str:
    """Say that an element was deleted, and by whom, where the log tells (one query)."""
    items = ChangeItem.objects.filter(map=argument_map, key=key, after__isnull=True)
    who = items.order_by("-version").values_list("change__actor_name", flat=True).first()
    return f"{key} was deleted meanwhile{f' by {who}' if who else ''}."


class Edit:
    """One edit of one map, open until its block ends."""

    def __init__(
        self,
        argument_map: ArgumentMap,
        actor: User | None,
        verb: Verb,
        batch: UUID | None = None,
    ) -> None:
        self.map = argument_map
        self.actor = actor
        self.verb = verb
        self.batch = batch
        self.version = argument_map.version + 1
        self.items: list[ChangeItem] = []
        self.touches_graph = False
        self.of: Change | None = None
        self.proposal: Comment | None = None
        self.change: Change | None = None

    def fetch(self, model: type[E], key: str, *, seen: int | None = None) -> E:
        """Return the element with `key` as it stands under the lock.

        Raises Gone where it is no longer there, Conflict where it changed after version `seen`.
        """
        row = keyed(model, self.map, key)
        if row is None:
            raise Gone(deleted_meanwhile(self.map, key))
        self.expect(row, seen)
        return row

    def fetch_either(self, key: str, *, seen: int | None = None) -> Statement | Inference:
        """Return the statement or the inference with `key`, by the rules of `fetch`."""
        if key.startswith(INFERENCE_LETTER):
            return self.fetch(Inference, key, seen=seen)
        return self.fetch(Statement, key, seen=seen)

    def expect(self, row: Element, seen: int | None) -> None:
        """Raise Conflict where `row` changed after version `seen`; None means "as it is now"."""
        if seen is not None and row.changed_in > seen:
            latest = Change.objects.filter(
                map=self.map, items__type=type_of(row), items__key=row.key
            )
            raise Conflict(row, latest.order_by("-activity").first())

    def next_key(self, letter: str) -> str:
        """Hand out a key that this map has never used."""
        return self.next_keys(letter, 1)[0]

    def next_keys(self, letter: str, count: int) -> list[str]:
        """Hand out so many keys that this map has never used, in order (two or three queries)."""
        counter, _ = KeyCounter.objects.get_or_create(map=self.map, letter=letter)
        first = counter.last + 1
        counter.last += count
        counter.save(update_fields=["last"])
        return [f"{letter}{number}" for number in range(first, counter.last + 1)]

    def add(self, row: R) -> R:
        """Validate and insert `row`, and log it. Raises ValidationError by field."""
        self._stamp(row)
        validate(row)
        row.save(force_insert=True)
        self.log(row, before=None, after=record(row))
        return row

    def alter(self, row: R, values: dict[str, Any]) -> R:
        """Give `row` those of `values` that differ, validate and save just those, and log it.

        The others stay as they are, whatever is in them: what is left of a deleted comment has no
        body, and is resolved and opened again all the same.
        """
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            return row
        before = record(row)
        for name, value in differing.items():
            setattr(row, name, value)
        validate(row, differing)
        self.save(row, list(differing))
        self.log(row, before=before, after=record(row))
        return row

    def save(self, row: models.Model, fields: list[str]) -> None:
        """Save `fields` of a row, and with them the version that touched it."""
        self._stamp(row)
        row.save(update_fields=[*fields, "changed_in"] if isinstance(row, Element) else fields)

    def touch(self, row: Element) -> None:
        """Stamp a row whose own columns stay as they are, but whose parts do not."""
        self.save(row, [])

    def remove(self, row: models.Model) -> None:
        """Delete `row`, and log what it was."""
        self.log(row, before=record(row), after=None)
        row.delete()

    def log(
        self, row: models.Model, *, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        """Note one row that this edit made (no `before`), altered, or removes (no `after`)."""
        self.touches_graph |= isinstance(row, Element | ArgumentMap)
        self.items.append(
            ChangeItem(type=type_of(row), key=name_of(row), before=before, after=after)
        )

    def close(self) -> None:
        """Raise the map's counters and write the Change, unless nothing came to differ.

        What takes back a change is always written: the next one to take back is another then.
        """
        if not self.items and self.of is None:
            return
        self.map.activity += 1
        if self.touches_graph:
            self.map.version = self.version
        self.map.save(update_fields=["activity", "version", "changed_at"])
        self.change = write_change(
            self.map,
            actor=self.actor,
            verb=self.verb,
            items=self.items,
            of=self.of,
            batch=self.batch,
            proposal=self.proposal,
            undoable=is_undoable(self.verb, map(_row, self.items)),
        )

    def _stamp(self, row: models.Model) -> None:
        if isinstance(row, Element):
            row.changed_in = self.version
            self.touches_graph = True


@contextmanager
def editing(
    argument_map: ArgumentMap,
    *,
    actor: User | None,
    verb: Verb,
    needs: Role = Role.EDITOR,
    batch: UUID | None = None,
) -> Iterator[Edit]:
    """Open an edit of `argument_map` by `actor` (None: a command), all of it or nothing.

    Whoever may not do what `needs` may gets PermissionDenied, whatever the caller asked before: a
    role can be withdrawn between the look and the write. Raises access.Archived where the map is
    archived, which holds for commands too, and Gone where it was deleted. `argument_map` has the
    new counters afterwards. After the commit, those who want to be told at once of what was said
    are told. `batch` is the number of the act that the edit is a part of, if any.
    """
    with transaction.atomic():
        found = _locked(argument_map.pk)
        if not found:
            raise Gone("The map was deleted meanwhile.")
        locked = found[0]
        require(needs, actor=actor, argument_map=locked)
        if access.is_closed(locked, needs):
            raise access.Archived
        edit = Edit(locked, actor, verb, batch)
        yield edit
        edit.close()
        if edit.change is not None and is_told(verb, edit.items):
            # Whatever comes of it, the write is done: a failure is logged and goes no further.
            transaction.on_commit(partial(tell_at_once, locked.pk), robust=True)
    argument_map.version, argument_map.activity = locked.version, locked.activity


@Prepared
def _locked(number: int) -> QuerySet[ArgumentMap, ArgumentMap]:
    return ArgumentMap.objects.select_for_update().filter(pk=number).order_by()


def require(needs: Role, *, actor: User | None, argument_map: ArgumentMap) -> None:
    """Raise PermissionDenied where `actor` (None: a command) may not do what `needs` may."""
    if actor is None:
        return
    role = access.role_in(actor, argument_map)
    if role is None or not role.may(needs):
        raise PermissionDenied(f"This takes the role of {needs.value} on the map.")


def write_change(
    argument_map: ArgumentMap,
    *,
    actor: User | None,
    verb: Verb,
    items: list[ChangeItem],
    of: Change | None = None,
    batch: UUID | None = None,
    proposal: Comment | None = None,
    undoable: bool = False,
) -> Change:
    """Write one Change with its items, at the map's present counters.

    `proposal` is the comment that suggested it, whose author it names beside the actor. Whether it
    can be taken back, or takes one back, is `undoable`.
    """
    change = Change.objects.create(
        map=argument_map,
        map_slug=argument_map.slug,
        activity=argument_map.activity,
        version=argument_map.version,
        actor=actor,
        actor_name=actor.get_username() if actor else SYSTEM,
        verb=verb,
        of=of,
        batch=batch,
        proposed_by_id=proposal.author_id if proposal else None,
        proposed_by_name=proposal.author_name if proposal else "",
        undoable=undoable,
    )
    write_items(change, items)
    return change


def _row(item: ChangeItem) -> Row:
    return Row(item.type, item.before is None or item.after is None)


def write_items(change: Change, items: Sequence[ChangeItem]) -> None:
    """Write items of a change that is there."""
    for item in items:
        item.change, item.map, item.version = change, change.map, change.version
        # A document that is attached tells where an excerpt stands, and changes no word of it.
        alters = change.verb != Verb.ATTACH
        item.rewords = alters and rewords(item.type, item.before, item.after)
    ChangeItem.objects.bulk_create(items, batch_size=500)


def validate(row: models.Model, names: Iterable[str] | None = None) -> None:
    """Check a row's own columns, or those of `names`; relations are the actions' to check.

    Raises ValidationError by field.
    """
    own = {field.name for field in row._meta.fields if not field.is_relation}
    checked = own if names is None else own & set(names)
    row.clean_fields(exclude={field.name for field in row._meta.fields} - checked)


def known_fields(given: dict[str, Any], allowed: frozenset[str]) -> dict[str, Any]:
    """Return `given`, texts trimmed, where it holds `allowed` names only.

    Raises ValidationError that names the first field that cannot be written.
    """
    for name in given:
        if name not in allowed:
            raise ValidationError({name: "This field cannot be written."})
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in given.items()
    }
