"""The formats that maps are read from and written to, by name. This is their only door."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from argmap.core.formats import native
from argmap.core.formats.parse import decode
from argmap.core.formats.report import FormatError, Loaded, Loss, Record
from argmap.core.formats.schema import FORMAT, SCHEMA, schema_text
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
    "decode",
    "guess",
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
    dump: Callable[[Graph], str] | None = None
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
    )
}
"""Every format whose files are made of a graph alone; pictures come from render.py."""


def guess(text: str) -> Format | None:
    """Return the format that `text` claims to be, None where no format knows it."""
    return next((each for each in FORMATS.values() if each.load and each.recognises(text)), None)
