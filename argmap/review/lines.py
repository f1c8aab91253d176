"""Lines of the log that say something to someone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, ChangeItem

TELLING = frozenset(
    {
        (Verb.COMMENT, "comment"),
        (Verb.EDIT, "comment"),
        (Verb.DECLINE, "comment"),
        (Verb.DECLINE, "suggestion"),
        (Verb.ACCEPT, "suggestion"),
        (Verb.ASK, "review"),
        (Verb.REVIEW, "review"),
    }
)
"""What in the log is said to someone. What an import or a move brings along is not."""


class Line(NamedTuple):
    """One line of the log, with the change that it belongs to."""

    map: int
    activity: int
    at: datetime
    verb: Verb
    type: str
    row: int
    before: dict[str, Any] | None
    item: int

    @property
    def stands(self) -> dict[str, Any]:
        """Where the line stands in the log, as a Concern tells it."""
        return {"log": self.map, "activity": self.activity, "at": self.at}


def lines_since(since: datetime, argument_map: ArgumentMap | None) -> list[Line]:
    """Return what was said after a moment, on one map or on all, the first first (one query)."""
    items = ChangeItem.objects.filter(
        change__at__gt=since,
        change__verb__in={verb for verb, _ in TELLING},
        type__in={type_ for _, type_ in TELLING},
        map__isnull=False,
    )
    if argument_map is not None:
        items = items.filter(map=argument_map)
    rows = items.order_by("change__at", "pk").values_list(
        "map", "change__activity", "change__at", "change__verb", "type", "key", "before", "pk"
    )
    lines = (Line(*row[:3], Verb(row[3]), row[4], int(row[5]), *row[6:]) for row in rows)
    return [line for line in lines if (line.verb, line.type) in TELLING and _says(line)]


def _says(line: Line) -> bool:
    """Tell whether a line says anything: a thread that is resolved with a reason is no news too."""
    return line.before is None or line.type != "comment" or line.verb is Verb.EDIT


def rows_of(lines: Iterable[Line], type_: str) -> set[int]:
    """Return the numbers of the rows of a type that lines are about."""
    return {line.row for line in lines if line.type == type_}
