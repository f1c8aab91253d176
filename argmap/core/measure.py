"""Widths of texts in the font that the pages serve, and wrapping by them.

Source Sans Pro is measured exactly, from its table of advances. What the font has no glyph for
(Arabic, Devanagari, Chinese, emoji) is drawn in a font of the reader's machine, so its width is an
estimate; a line that holds such a character says so, and the drawing then fixes its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from argmap.core.advances import REGULAR, SEMIBOLD, Runs

SIZE = 14.0
"""The size of the drawing's text in px: a browser set to a least size of 14 px changes nothing."""

ELLIPSIS = "…"

Measure = Callable[[str], float]
"""What tells the width of a text, in px."""

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_JOINED = "\u200d"
_SLACK = 1.03  # kerning, hinting and rounding differ from browser to browser by up to 3 %


class Weight(IntEnum):
    """The two weights of type that a drawing uses."""

    REGULAR = 400
    SEMIBOLD = 600


class Line(NamedTuple):
    """A line of text, its width in px, and whether that is measured rather than estimated."""

    text: str
    width: float
    exact: bool


class _Advances(dict[str, float]):
    """Widths of characters in em. Estimates of what the font lacks are made at first use."""

    def __init__(self, runs: Runs) -> None:
        super().__init__(
            (chr(start + place), width / 1000)
            for start, widths in runs.items()
            for place, width in enumerate(widths)
        )
        self.font = frozenset(self)

    def __missing__(self, character: str) -> float:
        width = self[character] = _estimate(character)
        return width


def _estimate(character: str) -> float:
    """Return a width in em for a character that another font will draw."""
    code = ord(character)
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if code >= 0x1F000:
        return 1.3  # colour emoji: 1.17 to 1.37 em in the fonts of the usual systems
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.05
    if 0xFDF0 <= code <= 0xFDFF:
        return 3.0  # Arabic ligatures that spell out whole phrases
    return 0.62 if unicodedata.bidirectional(character) in {"R", "AL", "AN"} else 0.75


_ADVANCES = {Weight.REGULAR: _Advances(REGULAR), Weight.SEMIBOLD: _Advances(SEMIBOLD)}


def clean(text: str) -> str:
    """Return `text` fit for XML 1.0 and for a label.

    Every kind of line break becomes a line feed and a tab becomes four spaces; what XML 1.0
    forbids, and the C1 controls, become U+FFFD.
    """
    if text.isprintable():  # none of those is: most texts are fit as they are
        return text
    return _FORBIDDEN.sub("\ufffd", _BREAKS.sub("\n", text).replace("\t", "    "))


@cache  # a drawing asks for two
def measured(weight: Weight, size: float) -> Measure:
    """Return what tells the width of a text in px: see `width`.

    Where many words are measured, to ask it takes half as long as to ask `width`.
    """
    advance = _ADVANCES[weight].__getitem__

    @lru_cache(maxsize=2**13)  # most words of a text are in it more than once
    def wide(text: str) -> float:
        return sum(map(advance, text)) * size * _SLACK

    return wide


def width(text: str, weight: Weight = Weight.REGULAR, size: float = SIZE) -> float:
    """Return how wide `text` is, in px, at `size` px: an upper bound where it is measured."""
    return measured(weight, size)(text)


def is_exact(text: str, weight: Weight = Weight.REGULAR) -> bool:
    """Tell whether the page's font has each character of `text`, and its width is so measured."""
    if text.isascii() and text.isprintable():  # most lines: a third of the time of a look at each
        return True
    return _ADVANCES[weight].font.issuperset(text)


def is_right_to_left(text: str) -> bool:
    """Tell whether the first character with a direction reads from right to left (UAX 9, P2)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in {"R", "AL"}:
            return True
        if direction == "L":
            return False
    return False


def wrap(
    text: str,
    limit: float,
    *,
    lines: int,
    weight: Weight = Weight.REGULAR,
    size: float = SIZE,
) -> tuple[Line, ...]:
    """Break `text` into at most `lines` lines, none wider than `limit` px.

    Line breaks in the text are kept, blank lines are not. A word wider than a line is broken
    between characters. Where text is left over, the last line ends in an ellipsis.
    """
    wide = measured(weight, size)
    found = list(islice(_broken(clean(text), limit, wide), lines + 1))
    if len(found) > lines:
        cut = _cut(found[lines - 1][0], limit, wide)
        found[lines - 1 :] = [(cut, wide(cut))]
    return tuple([Line(line, used, is_exact(line, weight)) for line, used in found])


def _broken(text: str, limit: float, wide: Measure) -> Iterator[tuple[str, float]]:
    """Yield the lines with their widths, which are the sums of what stands in them."""
    space = wide(" ")
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = -space  # no space stands before the first word
        for word in paragraph.split():
            longer = used + space + wide(word)
            if longer <= limit:
                line.append(word)
                used = longer
                continue
            for piece, taken in _pieces(word, limit, wide):
                if line and used + space + taken > limit:
                    yield " ".join(line), used
                    line, used = [], -space
                line.append(piece)
                used = used + space + taken
        if line:
            yield " ".join(line), used


def _pieces(word: str, limit: float, wide: Measure) -> Iterator[tuple[str, float]]:
    """Yield a word with its width, or pieces of it where it is wider than a line."""
    if wide(word) <= limit:
        yield word, wide(word)
        return
    piece, used = "", 0.0
    for cluster in _clusters(word):
        taken = wide(cluster)
        if piece and used + taken > limit:
            yield piece, used
            piece, used = "", 0.0
        piece, used = piece + cluster, used + taken
    yield piece, used


def _clusters(word: str) -> Iterator[str]:
    """Yield what may not be torn apart: a character with its marks and joined characters."""
    cluster = ""
    for character in word:
        loose = unicodedata.category(character) not in {"Mn", "Mc", "Me", "Cf"}
        if cluster and loose and not cluster.endswith(_JOINED):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _cut(line: str, limit: float, wide: Measure) -> str:
    """Return `line` with an ellipsis, shortened until both fit."""
    clusters = list(_clusters(line))
    while clusters and wide("".join(clusters) + ELLIPSIS) > limit:
        clusters.pop()
    return "".join(clusters).rstrip() + ELLIPSIS
