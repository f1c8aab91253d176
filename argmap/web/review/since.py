"""What has changed in what a judgement is about, said field by field."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from argmap.core.sentences import listed
from argmap.review import Moved
from argmap.web.differences import Compared, compare_all


class Since(NamedTuple):
    """What differs, and who made it so; nothing where it was changed and changed back.

    `untold` says that it changed before an import brought it here: nothing tells how.
    """

    by: str
    differences: list[Compared]
    untold: bool = False


def said_of(moved: Iterable[Moved]) -> Since:
    """Say what `differences_since` found of one judgement."""
    rows = list(moved)
    names = dict.fromkeys(name for row in rows for name in row.by)
    untold = any(row.untold for row in rows)
    return Since(listed(list(names)), compare_all(rows), untold)
