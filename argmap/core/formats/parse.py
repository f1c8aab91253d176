"""From the text of a JSON or TOML file to its values, with one clear error where there are none."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from typing import Any

from argmap.core.formats.report import FormatError

_TOML_PLACE = re.compile(r"(?P<message>.*) \(at (?P<place>line \d+, column \d+|end of document)\)")
_ZIP = b"PK\x03\x04"
"""How archives start, and XLSX, which is one."""


class Doubled(dict[str, Any]):
    """A JSON object that has a member twice: which of the two was meant, nobody can tell."""

    twice: str


def decode(data: bytes) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Raises FormatError where the bytes are not UTF-8, or are those of a workbook.
    """
    if data.startswith(_ZIP):
        raise FormatError("", "this is a workbook or an archive: maps come as JSON or TOML")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"byte {error.start + 1}", "the file is not UTF-8") from None


def parse_json(text: str) -> Any:
    """Return the value that `text` holds; an object with a member twice is a Doubled.

    NaN and Infinity come through as floats, for the reader to refuse where they stand.
    Raises FormatError, with line and column, where `text` is not JSON.
    """
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise FormatError(place, f"this is not JSON: {error.msg}") from None
    except RecursionError:
        raise FormatError("", "the file is nested too deeply") from None
    except ValueError:
        raise FormatError("", "the file has a number of more than 4,300 digits") from None


def parse_toml(text: str) -> Any:
    """Return the tables that `text` holds.

    Raises FormatError, with line and column, where `text` is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _TOML_PLACE.fullmatch(str(error))
        place, message = (match["place"], match["message"]) if match else ("", str(error))
        raise FormatError(place, f"this is not TOML: {message}") from None
    except RecursionError:
        raise FormatError("", "the file is nested too deeply") from None
    except ValueError:
        raise FormatError("", "the file has a number or a date that cannot be read") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    doubled = Doubled(members)
    counts = Counter(name for name, _ in pairs)
    doubled.twice = next(name for name, count in counts.items() if count > 1)
    return doubled
