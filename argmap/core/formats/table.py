"""Statements and inferences as tables, whatever file carries them, and statements back again.

The first row names the columns, in any order; each other row is one statement. A row without a key
is a new statement. What stands in brackets after a column's name is a remark for people.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from argmap.core.formats.cells import (
    CellError,
    guarded,
    listed,
    one_break,
    plain,
    read_list,
    read_share,
    read_stance,
    read_word,
    unguarded,
)
from argmap.core.formats.report import FormatError, Loss
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Stance, Status, Word
from argmap.core.limits import COLUMNS_LIMIT, STATEMENTS_LIMIT
from argmap.core.places import quoted
from argmap.core.problems.texts import what_cannot_be_kept

Line = Sequence[str | float]
"""The cells of one row, from the left; a figure is one that a spreadsheet may count with."""

BEARING_SHOWN = 50
"""Most inferences of one statement that a row names: a cell has room for 32,767 characters."""

_NOTE = re.compile(r"\s*\([^)]*\)\s*\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table. `number` is the one beside it in a spreadsheet: the first row has 1.

    `key` is "" for a new statement. `fields` are values as core.Statement holds them, of those
    columns that the table has and that could be read; an empty kind or status is None. `bears_on`
    and `stance` are lists, None where the table has no such column; `beside` is what the columns
    hold that are there for reading, by their names.
    """

    number: int
    key: str
    fields: Mapping[str, Any]
    bears_on: tuple[str, ...] | None = None
    stance: tuple[Stance, ...] | None = None
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table said: its rows, what was left out, and which cells could not be read."""

    rows: tuple[Row, ...]
    losses: tuple[Loss, ...] = ()
    refused: tuple[FormatError, ...] = ()


def place(row: int, column: str) -> str:
    """Say where a cell is."""
    return f"row {row}, column {column}"


def _word(vocabulary: type[Word]) -> Callable[[str], Any]:
    return lambda cell: read_word(vocabulary, cell) if cell else None


def _keys(cell: str) -> tuple[str, ...]:
    return tuple(key.upper() for key in read_list(cell))


def _stances(cell: str) -> tuple[Stance, ...]:
    return tuple(map(read_stance, read_list(cell)))


def _tags(cell: str) -> tuple[str, ...]:
    return tuple(sorted(set(read_list(cell))))


FIELDS: Mapping[str, Callable[[str], Any]] = {
    "kind": _word(Kind),
    "title": str,
    "text": str,
    "note": str,
    "likelihood": _word(Likelihood),
    "confidence": _word(Confidence),
    "credibility": _word(Credibility),
    "base_score": lambda cell: read_share(cell) if cell else None,
    "status": _word(Status),
    "tags": _tags,
}
"""The columns that say what a statement is, and what reads each."""

NEW_ONLY: Mapping[str, Callable[[str], Any]] = {"bears_on": _keys, "stance": _stances}
"""Columns that make an inference from a new statement; those of others are left as they are."""

BESIDE = ("excerpts", "map")
"""Columns to read, which change nothing."""

COLUMNS = ("key", *FIELDS, *NEW_ONLY, *BESIDE)
_READERS: Mapping[str, Callable[[str], Any]] = {
    "key": str.upper,
    **FIELDS,
    **NEW_ONLY,
    **dict.fromkeys(BESIDE, str),
}
_NOTES = {**dict.fromkeys(NEW_ONLY, "new rows only"), **dict.fromkeys(BESIDE, "read only")}


def write_statements(graphs: Iterable[Graph]) -> list[Line]:
    """Return the table of all statements of some graphs; of several, each row names its map."""
    graphs = tuple(graphs)
    columns = COLUMNS if len(graphs) > 1 else COLUMNS[:-1]
    lines: list[Line] = [
        [f"{name} ({_NOTES[name]})" if name in _NOTES else name for name in columns]
    ]
    for graph in graphs:
        for statement in graph.statements:
            cells = {**cells_of(statement, graph), "map": graph.slug}
            lines.append([cells[name] for name in columns])
    return lines


def cells_of(statement: Statement, graph: Graph) -> dict[str, str | float]:
    """Return what a row holds of a statement of `graph`, by column."""
    steps = graph.starting_from(statement.key)[:BEARING_SHOWN]
    score = statement.base_score
    return {
        "key": statement.key,
        **{name: _text(getattr(statement, name)) for name in FIELDS if name != "base_score"},
        "base_score": "" if score is None else score,
        "bears_on": listed(step.conclusion for step in steps),
        "stance": listed(step.stance for step in steps),
        "excerpts": listed(f"{each.key} of {each.source}" for each in statement.excerpts),
    }


def write_inferences(graph: Graph) -> list[Line]:
    """Return the table of a graph's inferences."""
    return [list(_INFERENCE), *(_inference(each) for each in graph.inferences)]


_INFERENCE = ("key", "stance", "premises", "conclusion", "scheme", "warrant", "weight")


def _inference(inference: Inference) -> Line:
    return [
        *(_text(getattr(inference, name)) for name in _INFERENCE[:-1]),
        inference.weight,
    ]


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return guarded(one_break(listed(value)))
    return guarded(one_break(str(value))) if value else ""


def read_statements(lines: Iterable[Sequence[str]]) -> Table:
    """Return what a table of statements says, every cell of it read or named with its place.

    Rows without a single filled cell are passed over. Raises FormatError where no column is known,
    two have the same name, or there is more than a map can hold.
    """
    numbered = (
        (at, cells) for at, cells in enumerate(lines, start=1) if any(map(str.strip, cells))
    )
    first, heads = next(numbered, (0, ()))
    if not heads:
        raise FormatError("", "the table is empty")
    reading = _Reading(first, _columns(first, heads), heads)
    return reading.table(numbered)


def name_of(head: str) -> str:
    """Return the column that a heading names: without a remark in brackets, spaces as in names."""
    return "_".join(_NOTE.sub("", unguarded(head)).casefold().split())


def _columns(first: int, heads: Sequence[str]) -> list[str]:
    if len(heads) > COLUMNS_LIMIT:
        raise FormatError(f"row {first}", f"has more than {COLUMNS_LIMIT} columns")
    names = [name_of(head) for head in heads]
    for name, count in Counter(name for name in names if name in COLUMNS).items():
        if count > 1:
            raise FormatError(f"row {first}", f"two columns are called {name}")
    if not {"key", "text"} & set(names):
        raise FormatError(
            f"row {first}",
            f"names no column key or text: the columns are {', '.join(COLUMNS)}",
        )
    return names


class _Reading:
    """One walk down a table, which notes what it cannot read and goes on."""

    def __init__(self, first: int, names: list[str], heads: Sequence[str]) -> None:
        self.first = first
        self.names = names
        self.heads = heads
        self.lost: Counter[int] = Counter()
        self.refused: list[FormatError] = []

    def table(self, lines: Iterator[tuple[int, Sequence[str]]]) -> Table:
        rows: list[Row] = []
        for number, cells in lines:
            if len(rows) == STATEMENTS_LIMIT:
                raise FormatError(
                    f"row {number}", f"a map holds {STATEMENTS_LIMIT:,} statements at the most"
                )
            rows.append(self.row(number, cells))
        return Table(rows=tuple(rows), losses=self.losses(), refused=tuple(self.refused))

    def row(self, number: int, cells: Sequence[str]) -> Row:
        given: dict[str, Any] = {}
        # A row may end before the last column: what follows is empty.
        for at, cell in enumerate(chain(cells, repeat("", len(self.names) - len(cells)))):
            said = plain(unguarded(cell))
            name = self.names[at] if at < len(self.names) else ""
            if name in COLUMNS:
                self.read(number, name, said, given)
            elif said:
                self.lost[min(at, len(self.names))] += 1
        return Row(
            number=number,
            key=given.get("key", ""),
            bears_on=given.get("bears_on"),
            stance=given.get("stance"),
            beside={name: given[name] for name in BESIDE if name in given},
            fields={name: given[name] for name in FIELDS if name in given},
        )

    def read(self, number: int, name: str, said: str, given: dict[str, Any]) -> None:
        """Put into `given` what a cell says; where it says nothing that can be read, note it."""
        fault = what_cannot_be_kept(said)
        if fault is None:
            try:
                given[name] = _READERS[name](said)
            except CellError as error:
                fault = str(error)
        if fault is not None:
            self.refused.append(FormatError(place(number, name), fault))

    def losses(self) -> tuple[Loss, ...]:
        found = []
        for at, count in sorted(self.lost.items()):
            if at < len(self.names):
                where, what = f"column {quoted(self.heads[at])}", "is not known"
            else:
                where, what = "columns without a heading", "cannot be told"
            found.append(
                Loss(
                    where, f"{what}: {count:,} filled {'cell' if count == 1 else 'cells'} left out"
                )
            )
        return tuple(found)
