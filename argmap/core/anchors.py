"""Where quotations stand in a document: text selectors, locators, and finding them again.

A *selection* is a quotation with all that is needed to find it again: the W3C TextQuote and
TextPosition selectors, which hold the document's own words, and a locator with the SHA-256 of the
normalised quotation, which does not. An excerpt that keeps the latter only is *detached*.

The words come first and the place second: a quotation is found only where the very same normalised
words are, and the place tells no more than whether they moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from argmap.core.document import Document, read_document
from argmap.core.graph import Excerpt, Locator
from argmap.core.kinds import Outcome
from argmap.core.normal import digest, normalise
from argmap.core.spans import Span

__all__ = [
    "CONTEXT",
    "Document",
    "Resolution",
    "Selection",
    "digest",
    "locate",
    "normalise",
    "quote",
    "read_document",
    "resolve",
    "select",
]

CONTEXT = 32
"""How many code points of the stored text `prefix` and `suffix` hold at most."""

_LONGEST_CUT = 1_000
"""A longer detached excerpt that left its place is looked for from word to word only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A stretch of a stored text, by its words, its position, its place and its hash.

    `exact`, `prefix` and `suffix` are of the stored text; `start` and `end` count its code points,
    end exclusive. `locator` is None where the stretch starts outside all paragraphs (a heading).
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    sha256: str
    locator: Locator | None


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came of looking for an excerpt; `selection` is None where it is orphaned."""

    outcome: Outcome
    selection: Selection | None = None


def select(document: Document, start: int, end: int) -> Selection:
    """Return the selection of the stored text from `start` to `end`, end exclusive.

    White space at the ends is left out, and a letter is taken with its accents whole.
    Raises ValueError where no words are left, or where the range is not within the text.
    """
    return _selection(document, _window(document, start, end))


def locate(document: Document, start: int, end: int) -> Locator | None:
    """Return the place of the stored range, None where it starts outside all paragraphs.

    Where the range goes on into a later paragraph, the last sentence is that of the paragraph it
    starts in; the length still is that of the whole. Raises ValueError as `select` does.
    """
    return _locator(document, _window(document, start, end))


def quote(document: Document, locator: Locator) -> str:
    """Return the whole sentences that `locator` names, normalised.

    Where two sections share their heading, the first that has the place is meant. Raises
    LookupError where the document has no such place.
    """
    for span in _named_spans(document, locator):
        return document.normal[span.start : span.end]
    raise LookupError(f"no such place in the document: {locator}")


def resolve(document: Document, excerpt: Excerpt) -> Resolution:
    """Look for the words of `excerpt` in `document`.

    *Found*: they are where the excerpt says (by its locator, else by its start; with neither,
    anywhere). *Moved*: they are elsewhere only; of several places the one nearest to the old one,
    or the one with the same words around it, is taken. *Orphaned*: the words are not there, or
    the excerpt's own words and hash disagree.
    """
    hits = (
        _hits_by_hash(document, excerpt) if excerpt.detached else _hits_by_words(document, excerpt)
    )
    # A hit that begins or ends inside what is one letter of the stored text cannot be cut out.
    hits = [hit for hit in hits if document.aligned.window(*document.aligned.span(*hit)) == hit]
    if not hits:
        return Resolution(Outcome.ORPHANED)
    standing = [hit for hit in hits if _stands(document, hit, excerpt)]
    best = min(standing or hits, key=lambda hit: _farness(document, hit, excerpt))
    outcome = Outcome.FOUND if standing else Outcome.MOVED
    return Resolution(outcome, _selection(document, best))


def _window(document: Document, start: int, end: int) -> Span:
    if not 0 <= start <= end <= len(document.text):
        raise ValueError(f"not a range of the text: {start} to {end}")
    window = Span(*document.aligned.window(start, end))
    if window.start == window.end:
        raise ValueError(f"no words from {start} to {end}")
    return window


def _selection(document: Document, window: Span) -> Selection:
    start, end = document.aligned.span(*window)
    exact = document.text[start:end]
    return Selection(
        exact=exact,
        prefix=document.text[max(0, start - CONTEXT) : start],
        suffix=document.text[end : end + CONTEXT],
        start=start,
        end=end,
        sha256=digest(exact),
        locator=_locator(document, window),
    )


def _locator(document: Document, window: Span) -> Locator | None:
    paragraph = document.paragraph_around(window.start)
    if paragraph is None:
        return None
    first, last = paragraph.sentence_at(window.start), paragraph.sentence_at(window.end - 1)
    return Locator(
        section=paragraph.section,
        paragraph=paragraph.number,
        sentence=first,
        last_sentence=last if last > first else None,
        length=window.end - window.start,
    )


def _named_spans(document: Document, locator: Locator) -> Iterator[Span]:
    """Yield the normalised stretches that `locator` names, more than one for equal headings."""
    first, last = locator.sentence, locator.last_sentence or locator.sentence
    for paragraph in document.paragraphs_at(locator.section, locator.paragraph):
        if 1 <= first <= last <= len(paragraph.sentences):
            yield Span(paragraph.sentences[first - 1].start, paragraph.sentences[last - 1].end)


def _hits_by_words(document: Document, excerpt: Excerpt) -> list[Span]:
    """Find the excerpt's own words, everywhere; none where they are not those of its hash."""
    words = normalise(excerpt.exact or "")
    if not words or (excerpt.sha256 is not None and digest(words) != excerpt.sha256):
        return []
    hits: list[Span] = []
    start = document.normal.find(words)
    while start >= 0:
        hits.append(Span(start, start + len(words)))
        start = document.normal.find(words, start + 1)
    return hits


def _hits_by_hash(document: Document, excerpt: Excerpt) -> list[Span]:
    """Find the windows of the locator's length that have the excerpt's hash.

    Each window costs one SHA-256, about a microsecond, so the likely ones go first: those in the
    named sentences (some hundred), then those that begin and end at words (about 0.3 s in 1 MB),
    then, unless they are long, all others (about 1 s in 1 MB, paid for an orphan or an excerpt
    cut inside a word). Without a length, only the whole of the named sentences can be meant.
    """
    if excerpt.locator is None or excerpt.sha256 is None or excerpt.locator.length == 0:
        return []
    named = list(_named_spans(document, excerpt.locator))
    length, target = excerpt.locator.length, excerpt.sha256.lower()
    if length is None:
        return [span for span in named if digest(document.normal[span.start : span.end]) == target]
    ends = len(document.normal) - length
    edges = document.word_edges
    cuts = ends + 1 if length <= _LONGEST_CUT else 0
    rings: tuple[Iterator[int], ...] = (
        (start for span in named for start in range(span.start, min(span.end, ends + 1))),
        (start for start in range(ends + 1) if edges[start] and edges[start + length]),
        (start for start in range(cuts) if not (edges[start] and edges[start + length])),
    )
    for ring in rings:
        hits = [start for start in ring if _hash_at(document, start, length) == target]
        if hits:
            return [Span(start, start + length) for start in hits]
    return []


def _hash_at(document: Document, start: int, length: int) -> str:
    return hashlib.sha256(document.normal[start : start + length].encode()).hexdigest()


def _stands(document: Document, hit: Span, excerpt: Excerpt) -> bool:
    """Tell whether a hit is where the excerpt says that it is."""
    if excerpt.locator is not None:
        named, found = excerpt.locator, _locator(document, hit)
        return found is not None and _place(named) == _place(found)
    return excerpt.start in (None, document.aligned.starts[hit.start])


def _place(locator: Locator) -> tuple[str, int, int, int]:
    last = locator.last_sentence or locator.sentence
    return normalise(locator.section), locator.paragraph, locator.sentence, last


def _farness(document: Document, hit: Span, excerpt: Excerpt) -> tuple[int, int]:
    """Sort hits: first by how many letters of context disagree, then by distance in the text."""
    before, after = normalise(excerpt.prefix or ""), normalise(excerpt.suffix or "")
    left = document.normal[max(0, hit.start - CONTEXT) : hit.start].rstrip(" ")
    right = document.normal[hit.end : hit.end + CONTEXT].lstrip(" ")
    agreeing = _common(before[::-1], left[::-1]) + _common(after, right)
    return -agreeing, abs(document.aligned.starts[hit.start] - _old_start(document, excerpt))


def _common(one: str, other: str) -> int:
    """Return the length of the common beginning of two strings."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _old_start(document: Document, excerpt: Excerpt) -> int:
    """Return where the excerpt was in the stored text, 0 where nothing says so."""
    if excerpt.start is not None:
        return excerpt.start
    spans = _named_spans(document, excerpt.locator) if excerpt.locator else iter(())
    return next((document.aligned.starts[span.start] for span in spans), 0)
