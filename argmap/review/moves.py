"""Where rows of the graph went since a version: what the log tells of what came to differ."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from argmap.core.history import Record
from argmap.core.kinds import Verb
from argmap.core.saying import SAID
from argmap.models import ChangeItem


class Moved(NamedTuple):
    """One row of the graph that came to differ: from what, to what, by whose changes."""

    type: str
    key: str
    before: Record | None
    after: Record | None
    by: tuple[str, ...]
    at: datetime
    untold: bool = False
    """Whether it changed before an import brought it here: a file tells that, and not how."""

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """Each field that differs, before and after; none where the row was made or removed."""
        before, after = self.before, self.after
        if before is None or after is None:
            return []
        return [
            (name, before.get(name), after.get(name))
            for name in SAID[self.type]
            if before.get(name) != after.get(name)
        ]

    @property
    def differs(self) -> bool:
        """Tell whether it says something else, and was not only changed and changed back."""
        return self.untold or self.before is None or self.after is None or bool(self.fields)


class Line(NamedTuple):
    """One line of the log, with the change that it belongs to."""

    map: int | None
    version: int
    by: str
    at: datetime
    type: str
    key: str
    rewords: bool
    verb: str
    before: str | None
    after: str | None
    """The records in JSON: of many lines on one row, only two are read."""

    @property
    def brought(self) -> bool:
        """Tell whether an import brought the row here, so that no change of it is known."""
        return self.verb == Verb.IMPORT


def items_after(version: int) -> QuerySet[ChangeItem]:
    """Return the lines of the log of later versions that may make a judgement stale."""
    later = ChangeItem.objects.filter(version__gt=version)
    return later.exclude(change__verb=Verb.ATTACH).order_by("change__activity", "pk")


def lines_of(items: QuerySet[ChangeItem]) -> list[Line]:
    """Read the lines, with the changes that they belong to (one query)."""
    return [Line(*row) for row in told_of(items)]


def told_of(items: QuerySet[ChangeItem]) -> QuerySet[ChangeItem, Any]:
    """Return the query of what a Line holds, of each of the lines."""
    return items.values_list(
        "map",
        "version",
        "change__actor_name",
        "change__at",
        "type",
        "key",
        "rewords",
        "change__verb",
        Cast("before", TextField()),
        Cast("after", TextField()),
    )


def moves_in(lines: Iterable[Line]) -> tuple[Moved, ...]:
    """Return where each row went that some lines, in order, are about."""
    of: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        of[line.type, line.key].append(line)
    brought = (untold(each[0]) for each in of.values() if each[0].brought)
    told = map(_told, of.values())
    return (*brought, *(each for each in told if each is not None and each.differs))


def untold(line: Line) -> Moved:
    """Say that a row changed before an import brought it here."""
    return Moved(line.type, line.key, None, None, (), line.at, untold=True)


def _told(lines: Sequence[Line]) -> Moved | None:
    """Return where one row went; None where nothing tells, or it was there at neither end."""
    known = [line for line in lines if not line.brought]
    if not known:
        return None
    before, after = known[0].before, known[-1].after
    if before is None and after is None:
        return None
    return Moved(
        known[0].type,
        known[0].key,
        _read(before),
        _read(after),
        tuple(dict.fromkeys(line.by for line in known)),
        lines[-1].at,
    )


def _read(record: str | None) -> Record | None:
    return None if record is None else json.loads(record)
