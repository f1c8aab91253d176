"""How one wording of a text differs from another, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum, auto
from itertools import groupby
from typing import NamedTuple

# A gap goes with the word behind it: alone, it would be found to be in any two texts.
_WORDS = re.compile(r"\s*(?:\w+|[^\w\s])|\s+\Z")
_SENTENCES = re.compile(r".+?(?:[.?!](?=\s)|\Z)", re.DOTALL)

MOST_PAIRS = 100_000
"""Pairs of equal words that are compared: two English texts of 10,000 characters have some 50,000."""


class Fate(Enum):
    """What became of a part of the earlier wording, or that it is new."""

    KEPT = auto()
    DELETED = auto()
    INSERTED = auto()


class Part(NamedTuple):
    """A stretch of text and what became of it."""

    fate: Fate
    text: str


def reworded(before: str, after: str) -> tuple[Part, ...]:
    """Return the parts that lead from one wording to the other, in the order of reading.

    The kept and the deleted ones make up `before`, the kept and the inserted ones `after`, to the
    character; none is empty, and no two of one fate stand together. Words are compared; where
    texts repeat themselves so often that this would take long, sentences are, or else nothing is
    and all is new but how the two begin and end.
    """
    return tuple(_joined(_compared(before, after, _WORDS)))


def _compared(before: str, after: str, pieces: re.Pattern[str]) -> Iterator[Part]:
    """Yield the parts: how both begin, what differs between, how both end."""
    old, new = pieces.findall(before), pieces.findall(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    yield Part(Fate.KEPT, "".join(old[:start]))
    if _pairs(middle, new_middle) <= MOST_PAIRS:
        yield from _matched(middle, new_middle)
    elif pieces is _WORDS:
        yield from _compared("".join(middle), "".join(new_middle), _SENTENCES)
    else:
        yield Part(Fate.DELETED, "".join(middle))
        yield Part(Fate.INSERTED, "".join(new_middle))
    yield Part(Fate.KEPT, "".join(old[len(old) - end :]))


def _pairs(old: Iterable[str], new: Iterable[str]) -> int:
    """Count the pairs of equal pieces, which a comparison's time grows with."""
    counted = Counter(new)
    return sum(counted[piece] for piece in old)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many pieces two texts begin with alike."""
    differing = (place for place, (one, other) in enumerate(zip(old, new)) if one != other)  # noqa: B905
    return next(differing, min(len(old), len(new)))


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for same, start, end, new_start, new_end in matcher.get_opcodes():
        if same == "equal":
            yield Part(Fate.KEPT, "".join(old[start:end]))
        else:
            yield Part(Fate.DELETED, "".join(old[start:end]))
            yield Part(Fate.INSERTED, "".join(new[new_start:new_end]))


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts that are not empty, neighbours of one fate as one."""
    for fate, alike in groupby(filter(lambda part: part.text, parts), lambda part: part.fate):
        yield Part(fate, "".join(part.text for part in alike))
