"""How fields of elements came to differ, as pages show it: by name, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from argmap.core.readable import compared, label_of
from argmap.core.wording import Part
from argmap.review import Moved


class Compared(NamedTuple):
    """One field: what it is called, and the parts that lead from what it said to what it says."""

    label: str
    parts: tuple[Part, ...]


def compare(name: str, before: Any, after: Any) -> Compared:
    """Compare what a field said with what it says."""
    return Compared(label_of(name), compared(name, before, after))


def compare_all(moved: Iterable[Moved]) -> list[Compared]:
    """Compare all fields that came to differ."""
    return [compare(*field) for each in moved for field in each.fields]
