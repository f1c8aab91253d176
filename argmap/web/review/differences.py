"""What has changed since a judgement, as pages show it: field by field, word by word."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from argmap.core.sentences import listed
from argmap.core.wording import Fate, Part, reworded
from argmap.review import Moved

WORDED = ("text", "title", "note", "warrant", "issue", "summary", "exact")
"""The fields whose wordings are compared; of the others the values are shown, one after the other."""


class Difference(NamedTuple):
    """One field, and the parts that lead from what it was to what it is."""

    field: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One element that differs: its `key`, "" for the map, what was `done`, by whom and when."""

    key: str
    done: str
    by: str
    at: datetime
    says: str
    differences: list[Difference]
    leads: bool
    """Whether the element has a page, and is still there to be shown on it."""


def told(moved: Iterable[Moved]) -> list[Told]:
    """Return what has changed, in the order given."""
    return [_told(each) for each in moved]


def difference(field: str, before: Any, after: Any) -> Difference:
    """Return how one value of a field differs from another."""
    return Difference(field.replace("_", " "), _parts(field, before, after))


def _told(moved: Moved) -> Told:
    made, gone = moved.before is None, moved.after is None
    done = "added" if made else "deleted" if gone else "changed"
    record = moved.after or moved.before or {}
    says = str(record.get("text") or record.get("title") or record.get("warrant") or "")
    return Told(
        key="" if moved.type == "map" else moved.key,
        done=done,
        by=listed(moved.by),
        at=moved.at,
        says=says if made or gone else "",
        differences=[difference(name, before, after) for name, before, after in moved.fields],
        leads=moved.type != "map" and not gone,
    )


def _parts(name: str, before: Any, after: Any) -> tuple[Part, ...]:
    old, new = _readable(before), _readable(after)
    if name in WORDED:
        return reworded(old, new)
    parts = Part(Fate.DELETED, old), Part(Fate.INSERTED, new or "none")
    return parts if old else parts[1:]


def _readable(value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    if isinstance(value, str):
        return value.replace("_", " ") if value.islower() and " " not in value else value
    return json.dumps(value, ensure_ascii=False)
