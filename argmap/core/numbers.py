"""Numbers that addresses and forms name, as anyone may have typed them."""

from __future__ import annotations

from collections.abc import Iterable

DIGITS = 18
"""Most digits that are read: those of a number that a database can hold."""


def is_whole(given: str) -> bool:
    """Tell whether a text is a number in digits, of those that a database can hold."""
    return given.isascii() and given.isdigit() and len(given) <= DIGITS


def whole(given: str) -> int:
    """Return the number that a text is in digits; 0, which nothing has, for any other text."""
    return int(given) if is_whole(given) else 0


def whole_or_none(given: str) -> int | None:
    """Return the number that a text is in digits, or None."""
    return int(given) if is_whole(given) else None


def wholes(given: Iterable[str]) -> list[int]:
    """Return the numbers that some texts are; the others are left out."""
    return [number for number in map(whole, given) if number]
