"""What became of a row, change by change, with what each reworded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Model, Prefetch, QuerySet

from argmap.actions.records import Record, name_of, record, type_of
from argmap.core.readable import compared, readable
from argmap.core.wording import Fate, Part
from argmap.models import ArgumentMap, Change, ChangeItem, Inference, Statement

LATEST = 5
"""Changes that a row's own page shows; its history shows all."""

MOST_ITEMS = 200
"""Most rows of one change that a page shows: an import makes thousands."""

FIRST = ("kind", "stance", "title", "text", "premises", "conclusion", "scheme", "warrant", "note")
"""The fields that are told first, in this order; the others follow by name."""


class Told(NamedTuple):
    """One field of a row: what it is called, and how it came to be worded."""

    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Episode:
    """What a change did to one row: made it, deleted it, or altered these fields.

    `stands` says whether the row is now as the change left it; `leads_back` whether it can be made
    so again.
    """

    key: str
    did: str
    fields: list[Told]
    stands: bool
    leads_back: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A change, and what it did to the rows that are told of."""

    change: Change
    episodes: list[Episode]
    more: int


def changes_of(row: Model) -> QuerySet[Change]:
    """Return the changes that touched a row, the latest first: two queries, items included."""
    if isinstance(row, ArgumentMap):
        return row.changes.order_by("-activity").prefetch_related("items")
    items = ChangeItem.objects.filter(type=type_of(row), key=name_of(row))
    changes = Change.objects.filter(map=row.map, pk__in=items.values("change"))  # type: ignore[attr-defined]
    return changes.order_by("-activity").prefetch_related(Prefetch("items", items))


def timeline(row: Model, changes: Iterable[Change]) -> list[Entry]:
    """Tell what `changes`, of a page of `changes_of`, did to a row (to those of a map, if it is one)."""
    now = record(row) if isinstance(row, Statement | Inference) else None
    return [_entry(change, now) for change in changes]


def _entry(change: Change, now: Record | None) -> Entry:
    items = list(change.items.all())
    told = [_episode(item, now) for item in items[:MOST_ITEMS]]
    return Entry(change, told, len(items) - len(told))


def _episode(item: ChangeItem, now: Record | None) -> Episode:
    did = ""
    if item.before is None or item.after is None:
        did = "Made" if item.before is None else "Deleted"
    stands = now is not None and item.after == now
    return Episode(
        key=item.key,
        did=did,
        fields=list(_fields(item)),
        stands=stands,
        leads_back=now is not None and item.after is not None and not stands,
    )


def _fields(item: ChangeItem) -> Iterable[Told]:
    """Yield what differs; of a row that was made or deleted, what it held."""
    before, after = item.before or {}, item.after or {}
    for name in sorted(item.fields, key=_place):
        parts = compared(name, before.get(name), after.get(name))
        if name == "key" or not parts:
            continue
        if not item.before or not item.after:
            parts = (Part(Fate.KEPT, readable(name, (item.after or before)[name])),)
        yield Told(name.replace("_", " "), parts)


def _place(name: str) -> tuple[int, str]:
    return FIRST.index(name) if name in FIRST else len(FIRST), name
