"""What has changed in what a judgement is about, said field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from argmap.core.sentences import listed
from argmap.review import Moved
from argmap.web.differences import Compared, compare_all


class Since(NamedTuple):
    """What differs, and who made it so; nothing where it was changed and changed back."""

    by: str
    differences: list[Compared]


def said_of(moved: Iterable[Moved]) -> Since:
    """Say what `differences_since` found of one judgement."""
    rows = list(moved)
    names = dict.fromkeys(name for row in rows for name in row.by)
    return Since(listed(list(names)), compare_all(rows))
