"""Tables as XLSX workbooks, read and written by openpyxl."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel
from openpyxl.workbook.workbook import Workbook as Book
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.writer.excel import ExcelWriter

from argmap.core.formats.report import FormatError
from argmap.core.formats.table import (
    Line,
    Table,
    name_of,
    read_statements,
    write_inferences,
    write_statements,
)
from argmap.core.graph import Graph
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Stance, Status, Word
from argmap.core.limits import COLUMNS_LIMIT, STATEMENTS_LIMIT, UNPACKED_LIMIT

STATEMENTS, INFERENCES = "Statements", "Inferences"

_ARCHIVE = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_MOST_PARTS = 1_000
_NO_DATE: Any = from_excel(1.0)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WIDE = {"text": 60, "note": 40, "title": 24, "warrant": 60, "tags": 20, "excerpts": 20}
_NARROW = 14
_TEXT = "@"
_FIGURES = ("base_score", "weight")
_CHOICES: Mapping[str, type[Word]] = {
    "kind": Kind,
    "likelihood": Likelihood,
    "confidence": Confidence,
    "credibility": Credibility,
    "status": Status,
    "stance": Stance,
}


def dump(graph: Graph) -> bytes:
    """Return a workbook of two sheets: the statements of `graph`, and its inferences.

    The same graph always gives the same bytes.
    """
    return write({STATEMENTS: write_statements([graph]), INFERENCES: write_inferences(graph)})


def write(sheets: Mapping[str, Sequence[Line]]) -> bytes:
    """Return a workbook of tables, by the names of its sheets."""
    book = Workbook(write_only=True)
    for title, lines in sheets.items():
        _write_sheet(book, title, lines)
    # Who looks at the clock never writes the same file twice.
    book.properties.created = book.properties.modified = _NO_DATE
    book.properties.creator = "argmap"
    file = BytesIO()
    ExcelWriter(book, _Archive(file, "w", ZIP_DEFLATED)).save()
    return file.getvalue()


class _Archive(ZipFile):
    """An archive whose parts have no date, so that it hangs on what is in it alone."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *args: Any, **options: Any) -> None:
        part = ZipInfo(zinfo_or_arcname)
        part.compress_type = ZIP_DEFLATED
        super().writestr(part, data)

    def write(self, filename: Any, arcname: Any = None, *args: Any, **options: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes())


def _write_sheet(book: Book, title: str, lines: Sequence[Line]) -> None:
    sheet: Any = book.create_sheet(title)
    names = [name_of(str(head)) for head in lines[0]]
    last = max(len(lines), 2)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{last}"
    for number, name in enumerate(names, start=1):
        letter = get_column_letter(number)
        column = sheet.column_dimensions[letter]
        column.width = _WIDE.get(name, _NARROW)
        if name not in _FIGURES:
            # What someone types there stays as it is typed: 2017-02 is no date.
            column.number_format = _TEXT
        if name in _CHOICES:
            words = ",".join(word.value for word in _CHOICES[name])
            # Those who want another word are told, and may: a list of stances is one.
            offer = DataValidation("list", formula1=f'"{words}"', errorStyle="warning")
            offer.add(f"{letter}2:{letter}{last + STATEMENTS_LIMIT}")
            sheet.data_validations.append(offer)
    heading, text, figure = _cell(sheet, bold=True), _cell(sheet), WriteOnlyCell(sheet)
    sheet.append(_filled(lines[0], heading, figure))
    for line in lines[1:]:
        sheet.append(_filled(line, text, figure))


def _cell(sheet: Any, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.number_format = _TEXT
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _filled(line: Line, text: Any, figure: Any) -> Iterator[Any]:
    """Yield the cells of a row, which are the same two over and over: styles take time to make."""
    for value in line:
        if value == "":
            yield None
        elif isinstance(value, float):
            figure.value = value
            yield figure
        else:
            text.value = _escaped(value)
            # A text whatever it looks like: neither a formula nor an error.
            text.data_type = "s"
            yield text


def _escaped(text: str) -> str:
    """Write what looks like an escape of a workbook's texts so that it is none."""
    return _ESCAPED.sub(r"_x005F_x\1_", text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def claims(data: bytes) -> bool:
    """Tell whether a file starts as workbooks do, those of old included, which are not read."""
    return data.startswith((_ARCHIVE, _OLD))


def load(data: bytes) -> Table:
    """Return the statements of a workbook: of its sheet Statements, or of the first one.

    Raises FormatError, with the place, where it is no workbook, unpacks to more than
    UNPACKED_LIMIT bytes, or has no such table.
    """
    _look_inside(data)
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False)
    except Exception as error:
        raise _broken() from error
    titles = [sheet.title for sheet in book.worksheets]
    if not titles:
        raise FormatError("", "the workbook has no sheet")
    return read_statements(_lines(book, STATEMENTS if STATEMENTS in titles else titles[0]))


def _look_inside(data: bytes) -> None:
    """Refuse an archive that would fill the memory, by what it says of itself.

    A part that says too little is cut off there when it is read, and its checksum is wrong.
    """
    if data.startswith(_OLD):
        raise FormatError("", "this is an old or an encrypted workbook: save it as .xlsx")
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except BadZipFile:
        raise FormatError("", "this is not an XLSX workbook") from None
    size = sum(part.file_size for part in parts)
    if size > UNPACKED_LIMIT or len(parts) > _MOST_PARTS:
        raise FormatError(
            "", f"unpacks to {size:,} bytes in {len(parts):,} parts, which is more than a map holds"
        )


def _lines(book: Book, title: str) -> Iterator[Sequence[str]]:
    sheet: Any = book[title]
    # What a sheet says of its size may be wrong, and cut rows off.
    sheet.reset_dimensions()
    row = 0
    try:
        for row, cells in enumerate(sheet.iter_rows(max_col=COLUMNS_LIMIT + 1), start=1):
            texts = [_said(row, cell) for cell in cells]
            while texts and not texts[-1]:
                texts.pop()
            yield texts
    except FormatError:
        raise
    except Exception as error:
        raise _broken(f"row {row + 1}") from error


def _said(row: int, cell: Any) -> str:
    """Return what a cell says, as a text."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    where = f"row {row}, column {get_column_letter(cell.column)}"
    if kind == "f":
        raise FormatError(where, "holds a formula: put its value in its place")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int | float):
        return _unescaped(str(value))
    raise FormatError(where, "was made a date: format the column as text, and type it again")


def _broken(where: str = "") -> FormatError:
    """Say that a workbook cannot be read: on bad ones the library raises whatever comes up."""
    return FormatError(where, "this is not an XLSX workbook that can be read")
