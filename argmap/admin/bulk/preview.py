"""What a page shows before an act on many statements is done."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from argmap.admin.elements import admin_url, label
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Status, Word
from argmap.models import NATURAL_ORDER, Element, Excerpt, Statement

_WORDS: dict[str, type[Word]] = {
    "confidence": Confidence,
    "credibility": Credibility,
    "kind": Kind,
    "likelihood": Likelihood,
    "status": Status,
}

FEW = 20
"""Most lines of a section that stands open."""


class Line(NamedTuple):
    """One field of a statement, as it is and as it would be."""

    field: str
    before: str
    after: str


class Row(NamedTuple):
    """A statement or an inference, and what would change of it."""

    address: str
    label: str
    map: str
    lines: Sequence[Line]


class Section(NamedTuple):
    """What else would happen: a heading, and a sentence for each thing."""

    title: str
    lines: Sequence[str]

    @property
    def open(self) -> bool:
        """Tell whether its lines are shown at once."""
        return len(self.lines) <= FEW


@dataclass
class Preview:
    """What would be done, row by row, and what else.

    `button` says it in short, and `done` when it is done. Without a button there is nothing to do.
    """

    button: str
    done: str
    rows: list[Row] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, title: str, lines: Iterable[str]) -> None:
        """Add a section, unless it has no lines."""
        found = [*lines]
        if found:
            self.sections.append(Section(f"{title} ({len(found)})", found))

    @property
    def digest(self) -> str:
        """A hash of all that is shown, to tell whether it is still so when it is confirmed."""
        told = (self.button, self.rows, self.sections, self.warnings, self.notes)
        return sha256(repr(told).encode()).hexdigest()


def row_of(statement: Statement, values: dict[str, Any]) -> Row:
    """Return a statement beside those of its values that would change, and what to."""
    lines = [
        Line(name.capitalize(), shown(name, getattr(statement, name)), shown(name, value))
        for name, value in values.items()
    ]
    return Row(admin_url(statement), label(statement), str(statement.map), lines)


def shown(name: str, value: Any) -> str:
    """Return what a person reads of a field's value."""
    if value in (None, "", [], ()):
        return "–"
    if name in _WORDS:
        return _WORDS[name](value).label
    return ", ".join(value) if isinstance(value, list) else str(value)


def labels_of(elements: Iterable[Element]) -> list[str]:
    """Return what elements are called in lists."""
    return [label(element) for element in elements]


def excerpts_of(statements: Collection[Statement]) -> list[str]:
    """Return what excerpts statements rest on (one query)."""
    rows = Excerpt.objects.filter(statement__in=statements).order_by("map", *NATURAL_ORDER)
    found = rows.select_related("statement", "source").defer("source__text")
    return [f"{row.key} of {row.source}, on which {row.statement.key} rests" for row in found]


def number_of(number: int, what: str = "statement") -> str:
    """Return a number with its word: "1 statement", "2 statements"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
