"""What became of a row, change by change, with what each reworded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from argmap.actions.records import Record, name_of, record, type_of
from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Confidence,
    Credibility,
    Flag,
    Kind,
    Likelihood,
    Proposed,
    Reliability,
    Role,
    Satisfaction,
    Settlement,
    Stance,
    Status,
    Verdict,
    Visibility,
    Word,
)
from argmap.core.wording import Fate, reworded
from argmap.models import ArgumentMap, Change, ChangeItem, Inference, Statement

LATEST = 5
"""Changes that a row's own page shows; its history shows all."""

MOST_ITEMS = 200
"""Most rows of one change that a page shows: an import makes thousands."""

VOCABULARIES: Mapping[str, tuple[type[Word], ...]] = {
    "confidence": (Confidence,),
    "credibility": (Credibility,),
    "does": (Proposed,),
    "flag": (Flag,),
    "kind": (Kind, CommentKind),
    "likelihood": (Likelihood,),
    "outcome": (Settlement,),
    "reliability": (Reliability,),
    "role": (Role,),
    "says": (Satisfaction,),
    "stance": (Stance,),
    "state": (CommentState,),
    "status": (Status,),
    "verdict": (Verdict,),
    "visibility": (Visibility,),
}
"""The fields whose words have labels."""


FIRST = ("kind", "stance", "title", "text", "premises", "conclusion", "scheme", "warrant", "note")
"""The fields that are told first, in this order; the others follow by name."""


class Told(NamedTuple):
    """One field of a row: what it is called, and how it came to be worded."""

    name: str
    words: SafeString


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
        old, new = _readable(name, before.get(name)), _readable(name, after.get(name))
        if name == "key" or old == new:
            continue
        label = name.replace("_", " ")
        if not item.before or not item.after:
            yield Told(label, format_html("{}", new or old))
        elif name in VOCABULARIES or not isinstance(after.get(name) or before.get(name), str):
            yield Told(label, _marked([(Fate.DELETED, old), (Fate.INSERTED, new)], " → "))
        else:
            yield Told(label, _marked(reworded(old, new)))


def _place(name: str) -> tuple[int, str]:
    return FIRST.index(name) if name in FIRST else len(FIRST), name


_TAGS = {
    Fate.KEPT: "{}",
    Fate.DELETED: "<del>{}</del>",
    Fate.INSERTED: "<ins>{}</ins>",
}


def _marked(parts: Iterable[tuple[Fate, str]], between: str = "") -> SafeString:
    shown = (format_html(_TAGS[fate], text) for fate, text in parts if text)
    return format_html_join(between, "{}", ((part,) for part in shown))


def _readable(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    for vocabulary in VOCABULARIES.get(name, ()):
        # The log outlives the words of any of them.
        if value in list(vocabulary):
            return vocabulary(value).label
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
