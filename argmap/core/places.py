"""Where in a document something stands, and how to say it."""

from __future__ import annotations

import json
from dataclasses import dataclass

_SHOWN = 60
"""Characters of a value that a message shows: it names the value, it does not repeat the file."""


@dataclass(frozen=True, slots=True)
class Place:
    """A path into a document: names of members, and positions in lists that start at 0."""

    steps: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        """Write the path as people do: statements[3].kind."""
        return "".join(map(_step, self.steps)).removeprefix(".")

    def at(self, *steps: str | int) -> Place:
        """Return the place that lies `steps` further in."""
        return Place((*self.steps, *steps))


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    plain = step.isidentifier() and len(step) <= _SHOWN
    return f".{step}" if plain else f"[{quoted(step)}]"


def quoted(value: object) -> str:
    """Return a JSON value for use in a message: short, on one line, and safe on any screen.

    What does not print (controls, marks that turn the direction of the text, halves of surrogate
    pairs) is shown by its escape.
    """
    try:
        written = json.dumps(value, ensure_ascii=False, default=str)
    except (ValueError, RecursionError):
        return "this value"
    if len(written) > _SHOWN:
        written = f"{written[: _SHOWN - 1]}…"
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in written)


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}"
