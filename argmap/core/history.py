"""What a person can undo and redo, from the log alone, and what that does to a record.

Each person has two stacks, as in every editor. A change goes onto the first; an undo takes the
latest off it and lays it onto the second; a redo brings it back; a new change empties the second.
Neither an undo nor a redo is a change of its own here: both name the one that they are `of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from argmap.core.kinds import Verb
from argmap.core.reversal import BACK

Record = dict[str, Any]
"""An element as the log keeps it."""


class Logged(NamedTuple):
    """One change of a person's, by number; `of` is the number of what it takes back or remakes."""

    number: int
    verb: Verb
    of: int | None = None


class Stacks(NamedTuple):
    """The numbers of the changes to undo and to redo, the next one last."""

    undo: tuple[int, ...]
    redo: tuple[int, ...]


def stacks(log: Iterable[Logged]) -> Stacks:
    """Return the stacks that one person's changes, the earliest first, leave behind.

    The log may begin anywhere: what was taken back and made before its first line can be made
    again. An undo or a redo whose change is not known any more (`of` is None) is passed over.
    """
    undo: list[int] = []
    redo: list[int] = []
    for number, verb, of in log:
        if verb not in BACK:
            undo.append(number)
            redo.clear()
        elif of is not None:
            source, target = (undo, redo) if verb is Verb.UNDO else (redo, undo)
            if of in source:
                source.remove(of)
            target.append(of)
    return Stacks(tuple(undo), tuple(redo))


class OvertakenError(ValueError):
    """A row no longer holds what a change gave it, in these fields."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(f"changed since: {', '.join(fields)}")
        self.fields = fields


_LEANS_ON = {
    "answer": ("inference",),
    "excerpt": ("statement", "source"),
    "inference": ("conclusion",),
}
"""The members that hold the key of one row that must be there, by the type of the row."""


class Step(NamedTuple):
    """One row on its way from one record to another; None on a side where it is not there."""

    type: str
    key: str
    start: Record | None
    end: Record | None

    @property
    def back(self) -> Step:
        """The same way from its end to its start."""
        return self._replace(start=self.end, end=self.start)

    @property
    def fields(self) -> list[str]:
        """The names of the members that differ, sorted."""
        start, end = self.start or {}, self.end or {}
        return sorted(name for name in {*start, *end} if _member(start, name) != _member(end, name))

    @property
    def needs(self) -> tuple[str, ...]:
        """The keys of what must be there for the row to become what it is at the end."""
        end = {name: self.end[name] for name in self.fields if self.end and name in self.end}
        return (
            *end.get("premises", ()),
            *(end[name] for name in _LEANS_ON.get(self.type, ()) if name in end),
        )

    @property
    def scheme(self) -> str | None:
        """The slug of the scheme that must be there, where it is not the one of the start."""
        return self.end["scheme"] if self.end and "scheme" in self.fields else None

    def moved(self, now: Record) -> Record:
        """Return the record `now` with the step's fields as they are at the end.

        All else stays, whoever wrote it. Raises OvertakenError where one of the fields is not in
        `now` what it is at the start.
        """
        start, end = self.start or {}, self.end or {}
        overtaken = [name for name in self.fields if _member(now, name) != _member(start, name)]
        if overtaken:
            raise OvertakenError(overtaken)
        kept = {name: value for name, value in now.items() if name not in self.fields}
        return kept | {name: end[name] for name in self.fields if name in end}


_ABSENT = object()
"""What a record holds in a member that it leaves out, which is not the same as null."""


def _member(record: Record, name: str) -> Any:
    return record.get(name, _ABSENT)


def net(steps: Iterable[Step]) -> list[Step]:
    """Return one step for each row that several steps in order lead somewhere."""
    found: dict[tuple[str, str], Step] = {}
    for step in steps:
        first = found.get((step.type, step.key), step)
        found[step.type, step.key] = step._replace(start=first.start)
    return [step for step in found.values() if step.start is not None or step.end is not None]
