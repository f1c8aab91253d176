"""Which changes can be taken back: told when they are made, and kept with them in the log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from argmap.core.kinds import Verb

UNDOABLE = (
    Verb.CREATE,
    Verb.EDIT,
    Verb.DELETE,
    Verb.JOIN,
    Verb.SPLIT,
    Verb.PASTE,
    Verb.MERGE,
    Verb.MOVE,
    Verb.RESTORE,
    Verb.ANSWER,
    Verb.ACCEPT,
    Verb.IMPORT,
)
"""What changes can be taken back did: an import of a table, where one of a whole map makes the map,
which nothing takes back. A text is not in the log. A suggestion that was accepted is open again."""

BACK = (Verb.UNDO, Verb.REDO)

PUT_BACK = ("source", "statement", "excerpt", "inference", "answer", "map")
"""The types of the rows that can be put back; of the map, its own fields."""

CARRIED = ("comment", "answer", "rating")
"""The types of what is said about elements; a suggestion goes with its comment."""

CARRYING = (Verb.MERGE, Verb.MOVE)
"""Acts with which what is said of elements goes along, and comes back."""

SETTLED = ("comment", "suggestion")
"""The types of what an acceptance settles, beside what it changes of the graph."""


class Row(NamedTuple):
    """One row that a change wrote: its type, and whether it was made or removed, and not altered."""

    type: str
    is_made_or_removed: bool


def is_undoable(verb: Verb, rows: Iterable[Row]) -> bool:
    """Tell whether a change can be taken back, or takes one back: whether all its rows can go back."""
    if verb not in UNDOABLE and verb not in BACK:
        return False
    going = {*PUT_BACK, *_going_along(verb)}
    return all(
        row.type in going and not (row.type == "map" and row.is_made_or_removed) for row in rows
    )


def _going_along(verb: Verb) -> tuple[str, ...]:
    """Return the types of the rows that go along with an act, and with what takes it back."""
    if verb in BACK:
        return (*CARRIED, *SETTLED)
    if verb in CARRYING:
        return CARRIED
    return SETTLED if verb is Verb.ACCEPT else ()
