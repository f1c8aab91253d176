"""Stretches of a text, and where its sentences end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

# The dashes and quotes that documents have, as the insides of character classes.
CLOSING = r"\"'”’»)\]"
OPENING = r"\"'“‘«(\["
DASHES = r"\-–—"
FULL_STOPS = ".۔"
"""That of Latin and that of Urdu."""

_END = re.compile(rf"[.?!]+[{CLOSING}]*(?= )")
_LETTER = re.compile(rf"[{OPENING}]*(.)")
_OPENERS = re.compile(rf"[{OPENING}]*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ABBREVIATION = re.compile(
    "Mr|Mrs|Ms|Dr|Prof|Hon|Rev|Fr|St|Jr|Sr|Esq|Sen|Rep|Gov|Pres|Amb|"
    "Gen|Lt|Col|Maj|Capt|Cpl|Sgt|Brig|Adm|Cmdr|Cdr|Pvt|Insp|Supt|"
    "Dept|Univ|Inst|Inc|Ltd|Co|Corp|Bros|Ave|Blvd|Mt|Ft|vs|etc|cf|al|ca|approx|viz|"
    "Fig|Figs|Tab|Vol|No|Nos|Art|Sec|Ch|ch|pp|ed|eds|trans|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
)


class Span(NamedTuple):
    """A stretch of a text in code points, `end` exclusive."""

    start: int
    end: int


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a normalised paragraph.

    A sentence ends at `.`, `?` or `!` with any closing quotes, before white space and a capital
    (after any opening quotes; a letter of a script without case counts as one), and not after an
    initial or a listed abbreviation. Empty for an empty text.
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _capital_follows(text, match.end() + 1) and not _abbreviated(text, match):
            found.append(Span(start, match.end()))
            start = match.end() + 1
    if start < len(text):
        found.append(Span(start, len(text)))
    return tuple(found)


def sentence_spans(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Return the sentences of the paragraph that consists of these `pieces` of `text`.

    The spans count in `text`; that of a sentence which a page break cuts holds the break too.
    """
    filled = [piece for piece in pieces if piece.start < piece.end]
    places = [place for start, end in filled for place in range(start, end + 1)]
    return tuple(
        Span(places[span.start], places[span.end - 1] + 1)
        for span in split_sentences(" ".join(text[start:end] for start, end in filled))
    )


def _capital_follows(text: str, position: int) -> bool:
    """Tell whether what stands at `position` starts like a sentence."""
    match = _LETTER.match(text, position)
    return match is not None and match[1].isalpha() and not match[1].islower()


def _abbreviated(text: str, match: re.Match[str]) -> bool:
    """Tell whether the mark is the full stop of an initial or of a listed abbreviation."""
    word = _OPENERS.sub("", text[text.rfind(" ", 0, match.start()) + 1 : match.start()], count=1)
    if match[0] != "." or not word:
        return False
    initials = _INITIALS.fullmatch(word) is not None and (len(word) > 1 or word.isupper())
    return initials or _ABBREVIATION.fullmatch(word) is not None
