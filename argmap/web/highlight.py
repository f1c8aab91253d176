"""A source's text cut into pieces, so that the excerpts in it can be marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from argmap.models import Excerpt


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `excerpts` are all that hold it, `begins` those that start with it,
    `ends` those that end with it.
    """

    text: str
    excerpts: tuple[Excerpt, ...]
    begins: tuple[Excerpt, ...]
    ends: tuple[Excerpt, ...]


def pieces(text: str, excerpts: Iterable[Excerpt]) -> Iterator[Piece]:
    """Yield `text` from its start to its end, cut where an excerpt starts or ends.

    Excerpts may overlap. Those that have no place in the text are passed over.
    """
    placed = [row for row in excerpts if row.start is not None and row.end is not None]
    starts = {row.start for row in placed if row.start is not None}
    ends = {row.end for row in placed if row.end is not None}
    cuts = sorted(cut for cut in {0, len(text), *starts, *ends} if cut <= len(text))
    for start, end in pairwise(cuts):
        holding = tuple(row for row in placed if _holds(row, start, end))
        yield Piece(
            text[start:end],
            holding,
            begins=tuple(row for row in holding if row.start == start),
            ends=tuple(row for row in holding if row.end == end),
        )


def _holds(row: Excerpt, start: int, end: int) -> bool:
    return row.start is not None and row.end is not None and row.start <= start and end <= row.end
