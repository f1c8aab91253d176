"""One cell of a table: the value that it stands for, and how that is written.

People open tables in a spreadsheet, which makes numbers and formulas of what looks like them, and
write them back by hand, with capitals, commas and labels where a file would have bare values.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TypeVar

from argmap.core.kinds import Stance, Word
from argmap.core.places import quoted

W = TypeVar("W", bound=Word)

DRIFT = 1e-14
"""How far off, of itself, a figure may come back: a spreadsheet keeps 15 digits of it."""

# With the signs of full width, which spreadsheets set for Chinese and Japanese take for the others.
_RUNS = re.compile("'*[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_BREAK = re.compile(r"\r\n?")
_FIGURE = re.compile(r"\d*[.,]?\d+(?:[eE]-?\d{1,3})?\Z")
_WHOLE = re.compile(r"(\d+)[.,]0+\Z")
_BETWEEN = re.compile(r"[\s_-]+")
_NEEDS_QUOTES = re.compile(r'[;"\r\n]|\A\s|\s\Z|\A\Z')
_LISTED = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*|([^;\n]*))(?:[;\n]|\Z)')


class CellError(ValueError):
    """A cell that cannot be read; the message says what it should be."""


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs: an apostrophe stands before what starts a formula.

    One stands before an apostrophe too that would be taken for such a one.
    """
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def one_break(text: str) -> str:
    """Return a text whose every line break is a line feed, as spreadsheets write them."""
    return _BREAK.sub("\n", text)


def plain(text: str) -> str:
    """Return a text as a table can tell it from another: its ends trimmed, one line break."""
    return one_break(text).strip()


def read_word(vocabulary: type[W], cell: str) -> W:
    """Return the word that a cell holds, by its value or its label; a grade may be 2.0.

    Raises CellError where it is none of them.
    """
    whole = _WHOLE.match(cell)
    said = _folded(whole[1] if whole else cell)
    for word in vocabulary:
        if said in {_folded(word.value), _folded(word.label)}:
            return word
    raise CellError(f"{quoted(cell)} is not one of {', '.join(word.value for word in vocabulary)}")


def read_stance(cell: str) -> Stance:
    """Return the stance that a cell holds: support or supports, attack or attacks.

    Raises CellError where it is neither: a stance is never guessed.
    """
    for stance in Stance:
        if _folded(cell) in {stance.value, stance.verb}:
            return stance
    raise CellError(f"{quoted(cell)} is not one of {', '.join(Stance)}")


def read_share(cell: str) -> float:
    """Return the figure in [0, 1] that a cell holds, with a point or a comma.

    Raises CellError where it is none.
    """
    found = float(cell.replace(",", ".")) if _FIGURE.match(cell) else None
    if found is None or not 0 <= found <= 1:
        raise CellError(f"{quoted(cell)} is not a number between 0 and 1")
    return found


def same_figure(one: float | None, other: float | None) -> bool:
    """Tell whether two figures are the same to a spreadsheet."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=DRIFT)


def listed(parts: Iterable[str]) -> str:
    """Return a cell that holds a list, with semicolons between."""
    return "; ".join(
        '"{}"'.format(part.replace('"', '""')) if _NEEDS_QUOTES.search(part) else part
        for part in parts
    )


def read_list(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell between semicolons or line breaks, empty ones left out.

    Raises CellError where a quotation mark opens and does not close.
    """
    parts: list[str] = []
    at = 0
    while at < len(cell):
        found = _LISTED.match(cell, at)
        if found is None:
            raise CellError("after a closing quotation mark comes a semicolon")
        quotation, bare = found[1], found[2]
        if quotation is None and bare.startswith('"'):
            raise CellError("a quotation mark opens and does not close")
        part = bare.strip() if quotation is None else quotation.replace('""', '"').strip()
        parts += [part] if part else []
        at = found.end()
    return tuple(parts)


def _folded(text: str) -> str:
    return _BETWEEN.sub("_", text.strip().casefold())
