"""A document as a reader sees it: sections, paragraphs and sentences of a plain text.

Headings, bylines, captions and page furniture are no paragraphs, and a paragraph that a page break
cuts in two is one: `prose` tells which lines are what, `spans` where sentences end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from argmap.core.normal import Aligned, align, normalise
from argmap.core.prose import read_sections
from argmap.core.spans import Span, sentence_spans


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its section's heading, its number there from 1, and its sentences.

    The spans are of the document's normalised text.
    """

    section: str
    number: int
    sentences: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Where the first sentence starts."""
        return self.sentences[0].start

    @property
    def end(self) -> int:
        """Where the last sentence ends, exclusive."""
        return self.sentences[-1].end

    def sentence_at(self, position: int) -> int:
        """Return the number, from 1, of the sentence that `position` is in or comes after."""
        return max(1, bisect_right(self.sentences, position, key=lambda span: span.start))


@dataclass(frozen=True)
class Document:
    """A stored text with its structure. Made by `read_document`."""

    aligned: Aligned
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """The text as it is stored."""
        return self.aligned.stored

    @property
    def normal(self) -> str:
        """The normalised text, in which the paragraphs' spans count."""
        return self.aligned.normal

    @property
    def sections(self) -> tuple[str, ...]:
        """The headings that have paragraphs, in order of reading, each once."""
        return tuple(dict.fromkeys(paragraph.section for paragraph in self.paragraphs))

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int], tuple[Paragraph, ...]]:
        grouped: dict[tuple[str, int], list[Paragraph]] = defaultdict(list)
        for paragraph in self.paragraphs:
            grouped[paragraph.section, paragraph.number].append(paragraph)
        return {place: tuple(found) for place, found in grouped.items()}

    def paragraphs_at(self, section: str, number: int) -> tuple[Paragraph, ...]:
        """Return the paragraphs of that number: several where two sections share a heading."""
        return self._by_place.get((normalise(section), number), ())

    def paragraph_around(self, position: int) -> Paragraph | None:
        """Return the paragraph that the normalised `position` is in, None in a heading or such."""
        index = bisect_right(self.paragraphs, position, key=lambda found: found.start) - 1
        if index < 0 or position >= self.paragraphs[index].end:
            return None
        return self.paragraphs[index]

    @cached_property
    def word_edges(self) -> bytes:
        """For each place between code points of the normalised text, 1 where a word may border.

        A text of 1 MB costs 0.1 s, once.
        """
        edges = bytearray(len(self.normal) + 1)
        for match in re.finditer(r"\b|(?<=\s)|(?=\s)", self.normal):
            edges[match.start()] = 1
        edges[0] = edges[-1] = 1
        return bytes(edges)


def read_document(text: str) -> Document:
    """Return `text` with its sections, paragraphs and sentences. Linear in its length."""
    aligned = align(text)
    paragraphs: list[Paragraph] = []
    for section in read_sections(text):
        found = [_sentences(aligned, pieces) for pieces in section.paragraphs]
        paragraphs += (
            Paragraph(section.heading, number, sentences)
            for number, sentences in enumerate(filter(None, found), start=1)
        )
    return Document(aligned, tuple(paragraphs))


def _sentences(aligned: Aligned, pieces: Sequence[Span]) -> tuple[Span, ...]:
    windows = [Span(*aligned.window(piece.start, piece.end)) for piece in pieces]
    return sentence_spans(aligned.normal, windows)
