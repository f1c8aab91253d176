"""What has changed since a judgement, element by element, each field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from argmap.core.sentences import listed
from argmap.review import Moved
from argmap.web.differences import Compared, compare_all


@dataclass(frozen=True, slots=True)
class Told:
    """One element that differs: its `key`, "" for the map, what was `done`, by whom and when."""

    key: str
    done: str
    by: str
    at: datetime
    says: str
    differences: list[Compared]
    leads: bool
    """Whether the element has a page, and is still there to be shown on it."""
    untold: bool = False
    """Whether it changed before an import brought it here, and nothing tells how."""


def told(moved: Iterable[Moved]) -> list[Told]:
    """Return what has changed, in the order given."""
    return [_told(each) for each in moved]


def _told(moved: Moved) -> Told:
    made, gone = moved.before is None, moved.after is None
    done = "added" if made else "deleted" if gone else "changed"
    record = moved.after or moved.before or {}
    says = str(record.get("text") or record.get("title") or record.get("warrant") or "")
    return Told(
        untold=moved.untold,
        key="" if moved.type == "map" else moved.key,
        done=done,
        by=listed(moved.by),
        at=moved.at,
        says=says if made or gone else "",
        differences=compare_all([moved]),
        leads=moved.type != "map" and (moved.untold or not gone),
    )
