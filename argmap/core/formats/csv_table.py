"""Tables as CSV: with commas and a byte order mark out, as spreadsheets write it in."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from argmap.core.formats.report import FormatError
from argmap.core.formats.table import (
    COLUMNS,
    Line,
    Table,
    name_of,
    read_statements,
    write_inferences,
    write_statements,
)
from argmap.core.graph import Graph

MARK = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of its country."""

DELIMITERS = ",;\t"
"""What stands between cells: Excel writes semicolons where a comma stands in numbers."""

_FIELD_LIMIT = "field larger than field limit"
_FIRST = re.compile(r"[^\r\n]*")


def dump(graph: Graph) -> str:
    """Return the statements of `graph` as CSV (RFC 4180)."""
    return write(write_statements([graph]))


def dump_inferences(graph: Graph) -> str:
    """Return the inferences of `graph` as CSV (RFC 4180)."""
    return write(write_inferences(graph))


def write(lines: Iterable[Line]) -> str:
    """Return a table as CSV."""
    text = StringIO(newline="")
    text.write(MARK)
    csv.writer(text).writerows(lines)
    return text.getvalue()


def load(data: bytes) -> Table:
    """Return the statements of a CSV file in UTF-8, or in UTF-16 with a byte order mark.

    Raises FormatError, with the line or the row, where it is no such table.
    """
    text = _decoded(data)
    return read_statements(_lines(text, _delimiter(text)))


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FormatError(
            f"line {line}",
            f"byte {error.start + 1} of the file is not {encoding[:6].upper().rstrip('-')}:"
            " save it as “CSV UTF-8”",
        ) from None


def _delimiter(text: str) -> str:
    """Return what makes the most columns of the first row that are known ones."""
    first = _FIRST.match(text.lstrip())
    heads = first[0] if first else ""
    return max(DELIMITERS, key=lambda sign: _known(heads.split(sign)))


def _known(heads: Sequence[str]) -> int:
    return sum(name_of(head.strip().strip('"')) in COLUMNS for head in heads)


def _lines(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        # Not `yield from`: what is wrong is in the row after the last one that could be read.
        for row, cells in enumerate(reader, start=1):  # noqa: B007
            yield cells
    except csv.Error as error:
        told = str(error)
        if told.startswith(_FIELD_LIMIT):
            told = f"has a cell of more than {csv.field_size_limit():,} characters"
        raise FormatError(f"row {row + 1}", f"this is not CSV: {told}") from None
