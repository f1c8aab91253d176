"""The formats that maps are read from and written to, by name. This is their only door."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from argmap.core.formats import csv_table, native, xlsx_table
from argmap.core.formats.parse import decode
from argmap.core.formats.report import FormatError, Loaded, Loss, Record
from argmap.core.formats.schema import FORMAT, SCHEMA, schema_text
from argmap.core.formats.table import Table
from argmap.core.graph import Graph

__all__ = [
    "FORMAT",
    "FORMATS",
    "SCHEMA",
    "Format",
    "FormatError",
    "Loaded",
    "Loss",
    "Record",
    "Table",
    "decode",
    "guess",
    "load_table",
    "recognise",
    "schema_text",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of files. It reads where it has `load`, and writes where it has `dump`.

    `recognises` tells by the content, in time linear in it, whether a text claims to be of this
    format; only what can be read is ever asked.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    load: Callable[[str], Loaded] | None = None
    dump: Callable[[Graph], str | bytes] | None = None
    recognises: Callable[[str], bool] = lambda _: False


_JSON_SIGN = re.compile(r'"format"\s*:\s*"argmap/')
_TOML_SIGN = re.compile(r"""^[ \t]*["']?format["']?[ \t]*=[ \t]*["']argmap/""", re.MULTILINE)

FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="json",
            label="argmap (JSON)",
            media_type="application/json",
            suffix=".json",
            load=native.load,
            dump=native.dump,
            recognises=lambda text: _JSON_SIGN.search(text) is not None,
        ),
        Format(
            name="toml",
            label="argmap (TOML)",
            media_type="application/toml",
            suffix=".toml",
            load=native.load_toml,
            recognises=lambda text: _TOML_SIGN.search(text) is not None,
        ),
        Format(
            name="csv",
            label="Statements (CSV)",
            media_type="text/csv",
            suffix=".csv",
            dump=csv_table.dump,
        ),
        Format(
            name="inferences-csv",
            label="Inferences (CSV)",
            media_type="text/csv",
            suffix=".inferences.csv",
            dump=csv_table.dump_inferences,
        ),
        Format(
            name="xlsx",
            label="Workbook (XLSX)",
            media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            suffix=".xlsx",
            dump=xlsx_table.dump,
        ),
    )
}
"""Every format whose files are made of a graph alone; pictures come from render.py."""


def guess(text: str) -> Format | None:
    """Return the format that `text` claims to be, None where no format knows it."""
    return next((each for each in FORMATS.values() if each.load and each.recognises(text)), None)


def recognise(text: str, name: str | None = None) -> tuple[Format, Callable[[str], Loaded]]:
    """Return the format of a file, the one named or what the content says, and what reads it.

    Raises FormatError where the file is empty, or of no format that is read.
    """
    if not text.strip():
        raise FormatError("", "the file is empty")
    form = guess(text) if name is None else FORMATS.get(name)
    if form is None or form.load is None:
        readable = ", ".join(each.name for each in FORMATS.values() if each.load)
        what = "of no known format" if name is None else f'not read as "{name}"'
        raise FormatError("", f"the file is {what}; those that are read are {readable}")
    return form, form.load


def load_table(data: bytes) -> Table:
    """Return what a table of statements says, a workbook or CSV: its content tells which.

    Raises FormatError, with the place, where it is neither, or no table of statements.
    """
    if not data.strip():
        raise FormatError("", "the file is empty")
    return xlsx_table.load(data) if xlsx_table.claims(data) else csv_table.load(data)
