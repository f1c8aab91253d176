"""What a table of statements would change on a map: row by row, and nothing in silence.

Rows with a key are compared with the statement that has it; rows without are new statements.
Statements that the table does not name stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from argmap.core.formats.cells import plain, same_figure
from argmap.core.formats.report import FormatError, Loss
from argmap.core.formats.table import BEARING_SHOWN, FIELDS, Row, Table, cells_of, place
from argmap.core.graph import INFERENCE_LETTER, Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance
from argmap.core.places import quoted
from argmap.core.problems import Problem, violations

LAST_NUMBER = 999_999_999
"""Where the numbers of new keys start, downwards, while a table is judged: who writes the rows hands
out others."""

LETTERS = (*(kind.letter for kind in Kind), INFERENCE_LETTER)

KEPT_AS_IT_IS = "is left as it is: inferences and excerpts are changed on their own pages"


class Difference(NamedTuple):
    """One field of a statement: as it stands, and as the table has it."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Altered:
    """A statement that the table would change."""

    row: int
    key: str
    differences: tuple[Difference, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """The new values, by field."""
        return {each.field: each.after for each in self.differences}


@dataclass(frozen=True, slots=True)
class Added:
    """A statement that the table would make, and the inferences from it, each with one premise.

    Their keys stand for those that they get when they are written.
    """

    row: int
    statement: Statement
    inferences: tuple[Inference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """All that a table would do to a graph. With anything `refused` it does nothing.

    `unchanged` counts statements that the table has as they stand; `absent` are the keys of those
    that it does not name. `losses` are what it leaves out, and what else deserves a look.
    """

    added: tuple[Added, ...]
    altered: tuple[Altered, ...]
    unchanged: int
    absent: tuple[str, ...]
    losses: tuple[Loss, ...]
    refused: tuple[FormatError, ...]

    @property
    def size(self) -> int:
        """How many statements it writes."""
        return len(self.added) + len(self.altered)


def revise(graph: Graph, table: Table) -> Revision:
    """Return what `table` would do to `graph`, in time linear in both.

    A row is refused where it names a statement that is not there, names one twice, leaves empty
    what may not be, or would break a rule of graphs.
    """
    return _Revising(graph, table).revision()


class _Revising:
    def __init__(self, graph: Graph, table: Table) -> None:
        self.graph = graph
        self.table = table
        self.added: list[Added] = []
        self.altered: list[Altered] = []
        self.losses = list(table.losses)
        self.refused = list(table.refused)
        self.rows: dict[str, int] = {}
        self.unchanged = 0
        self.texts = {plain(each.text): each.key for each in graph.statements}
        self.spare = {letter: self.unused(letter) for letter in LETTERS}

    def unused(self, letter: str) -> Iterator[str]:
        """Yield keys that the graph does not have."""
        keys = (f"{letter}{number}" for number in range(LAST_NUMBER, 0, -1))
        return (key for key in keys if not self.graph.has(key))

    def revision(self) -> Revision:
        faulty = {str(each.place).partition(",")[0] for each in self.refused}
        for row in self.table.rows:
            # What a row with a fault would do cannot be told: its fault alone is.
            if f"row {row.number}" in faulty:
                self.rows.setdefault(row.key, row.number)
            else:
                self.take(row)
        self.judge()
        named = self.rows.keys()
        return Revision(
            added=tuple(self.added),
            altered=tuple(self.altered),
            unchanged=self.unchanged,
            absent=tuple(key for key in self.graph.statement if key not in named),
            losses=tuple(self.losses),
            refused=tuple(sorted(self.refused, key=_by_row)),
        )

    def take(self, row: Row) -> None:
        faults = list(self.faults(row))
        self.refused += faults
        self.rows.setdefault(row.key, row.number)
        if faults:
            return
        if row.key:
            self.alter(row, self.graph.statement[row.key])
        else:
            self.add(row)

    def faults(self, row: Row) -> Iterator[FormatError]:
        if row.key and row.key in self.rows:
            told = f"{row.key} stands in row {self.rows[row.key]} already"
            yield FormatError(place(row.number, "key"), told)
        elif row.key and row.key not in self.graph.statement:
            told = f"this map has no statement {quoted(row.key)}: a new one has no key yet"
            yield FormatError(place(row.number, "key"), told)
        slug = row.beside.get("map")
        if slug and slug != self.graph.slug:
            told = f"the row is of the map {quoted(slug)}, this is {quoted(self.graph.slug)}"
            yield FormatError(place(row.number, "map"), told)
        yield from self.empty(row)
        if not row.key:
            yield from _stance_faults(row)

    def empty(self, row: Row) -> Iterator[FormatError]:
        """Yield what may not be empty: a new statement may leave its status open."""
        wanted = ("kind", "text", "status") if row.key else ("kind", "text")
        for name in wanted:
            if row.fields.get(name) in {None, ""} and (name in row.fields or not row.key):
                yield FormatError(place(row.number, name), "must not be empty")

    def alter(self, row: Row, statement: Statement) -> None:
        differences = tuple(_differences(statement, row.fields))
        if differences:
            self.altered.append(Altered(row.number, row.key, differences))
        else:
            self.unchanged += 1
        now = cells_of(statement, self.graph)
        steps = self.graph.starting_from(row.key)[:BEARING_SHOWN]
        for name, there, held in (
            ("bears_on", row.bears_on, tuple(step.conclusion for step in steps)),
            ("stance", row.stance, tuple(step.stance for step in steps)),
            ("excerpts", row.beside.get("excerpts"), now["excerpts"]),
        ):
            if there is not None and there != held:
                self.losses.append(Loss(place(row.number, name), KEPT_AS_IT_IS))

    def add(self, row: Row) -> None:
        values = {name: value for name, value in row.fields.items() if value is not None}
        statement = Statement(key=next(self.spare[values["kind"].letter]), **values)
        inferences = tuple(
            Inference(
                key=next(self.spare[INFERENCE_LETTER]),
                stance=stance,
                premises=(statement.key,),
                conclusion=conclusion,
            )
            for conclusion, stance in _steps(row)
        )
        self.added.append(Added(row.number, statement, inferences))
        if statement.text in self.texts:
            # As when a table is sent twice.
            told = f"{self.texts[statement.text]} says the same: the map would have it twice"
            self.losses.append(Loss(place(row.number, "text"), told))
        if row.beside.get("excerpts"):
            told = "is left out: an excerpt is made on its statement's page"
            self.losses.append(Loss(place(row.number, "excerpts"), told))

    def judge(self) -> None:
        """Refuse the rows after which the graph would break a rule."""
        after = self.after()
        rows = {each.key: each.row for each in self.altered}
        for each in self.added:
            rows[each.statement.key] = each.row
            rows |= dict.fromkeys((step.key for step in each.inferences), each.row)
        for problem in violations(after):
            if problem.key in rows:
                self.refused.append(_refusal(rows[problem.key], problem))
            elif not problem.key:
                self.refused.append(FormatError("the table", f"{problem.place}: {problem.message}"))

    def after(self) -> Graph:
        changed = {each.key: each.fields for each in self.altered}
        statements = [
            replace(each, **changed[each.key]) if each.key in changed else each
            for each in self.graph.statements
        ]
        return replace(
            self.graph,
            statements=(*statements, *(each.statement for each in self.added)),
            inferences=(
                *self.graph.inferences,
                *(step for each in self.added for step in each.inferences),
            ),
        )


def _differences(statement: Statement, fields: Mapping[str, Any]) -> Iterator[Difference]:
    for name in FIELDS:
        if name in fields and not _same(getattr(statement, name), fields[name]):
            yield Difference(name, getattr(statement, name), fields[name])


def _same(held: Any, given: Any) -> bool:
    """Tell whether a table could have been written of what is held, as it is given back."""
    if isinstance(held, float) or isinstance(given, float):
        return same_figure(held, given)
    if isinstance(held, tuple):
        return sorted({plain(part) for part in held} - {""}) == list(given)
    return bool((plain(held) if isinstance(held, str) else held) == given)


def _steps(row: Row) -> Sequence[tuple[str, Stance]]:
    """Return what a new row bears on: one stance holds for all, or each has its own."""
    borne_on, stances = row.bears_on or (), row.stance or ()
    return list(
        zip(borne_on, stances * len(borne_on) if len(stances) == 1 else stances, strict=True)
    )


def _stance_faults(row: Row) -> Iterator[FormatError]:
    borne_on, stances = row.bears_on or (), row.stance or ()
    if borne_on and not stances:
        told = "must say whether it supports or attacks what it bears on"
        yield FormatError(place(row.number, "stance"), told)
    elif stances and not borne_on:
        told = f"must say what it {stances[0].verb}: the key of a statement or an inference"
        yield FormatError(place(row.number, "bears_on"), told)
    elif len(stances) not in {0, 1, len(borne_on)}:
        told = f"{len(stances)} stances for {len(borne_on)} keys: give one for all, or one for each"
        yield FormatError(place(row.number, "stance"), told)


def _refusal(row: int, problem: Problem) -> FormatError:
    """Say of a row what rule it would break."""
    steps = problem.place.steps
    column = "bears_on" if steps[0] == "inferences" else str(steps[2])
    return FormatError(place(row, column), problem.message)


def _by_row(refusal: FormatError) -> tuple[int, str]:
    digits = str(refusal.place).removeprefix("row ").partition(",")[0]
    return (int(digits) if digits.isdecimal() else 0), str(refusal.place)
