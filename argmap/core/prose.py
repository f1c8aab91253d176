"""Which lines of a plain text are prose: sections and paragraphs as a reader sees them.

Headings, bylines, captions and page furniture are no paragraphs, and a paragraph that a page break
cuts in two is one. Plain text has no typography, so what a line is follows from its length, its
capitals, its last mark, and the blank lines and page breaks around it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from argmap.core.normal import normalise
from argmap.core.spans import CLOSING, DASHES, FULL_STOPS, OPENING, Span

_HEADING_WORDS, _HEADING_LENGTH, _HEADING_LINES = 14, 100, 3
_SENTENCE_CASE_WORDS = 8
_SMALL_WORD = 3
"""Words of up to so many letters may start small in a title ("the", "and", "for")."""
_CAPTION_LENGTH = 300
_PAGE_BREAK_LINES = 3
"""So many blank lines in a row are read as a page break."""

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PAGE_NUMBER = re.compile(
    rf"[{DASHES}|\s]*(?:page\s+)?(?:\d{{1,4}}|[ivxl]{{1,6}})(?:\s*(?:of|/)\s*\d{{1,4}})?"
    rf"(?:\s*\|\s*page)?[{DASHES}|\s]*",
    re.IGNORECASE,
)
_FRONT_MATTER = re.compile(
    rf"B[Yy]:?\s+\w.*|(?:\d{{1,2}}\s+)?{_MONTH}\s+(?:\d{{1,2}},?\s+)?\d{{4}}"
)
_CAPTION = re.compile(
    r"(?:figure|fig\.?|table|chart|map|box|photo|image|picture)\s*\d*[a-z]?\s*[:.]\s"
    rf"|(?:.*[{DASHES}|(.]\s*)?(?:photos?|photographs?|images?|pictures?|credits?|source)\s*:\s*\S",
    re.IGNORECASE,
)
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_CLOSED = re.compile(rf"[{FULL_STOPS}?؟!…:;][{CLOSING}]*(?:\d{{1,3}}|\[\d{{1,3}}\])?\Z")
_NO_HEADING = re.compile(rf".*[{FULL_STOPS},;:…{DASHES}]\Z|[{OPENING}]*(?:\W|[a-z])")
_REMARK = re.compile(rf".*[?!{CLOSING}]\Z")
_LIST_MARK = re.compile(r"\w{1,3}[.)]\s")


class Section(NamedTuple):
    """A heading ("" before the first) and its paragraphs, each as one or more stored spans."""

    heading: str
    paragraphs: list[list[Span]]


class _Line(NamedTuple):
    """A line's text without the white space around it, its stored span, its page from 0."""

    text: str
    start: int
    end: int
    page: int


class _Block(NamedTuple):
    """Lines without a gap between them, and whether a page break or furniture goes before."""

    lines: Sequence[_Line]
    after_break: bool

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def span(self) -> Span:
        return Span(self.lines[0].start, self.lines[-1].end)


def read_sections(text: str) -> list[Section]:
    """Return the sections of `text` in order of reading. Linear in its length."""
    sections = [Section("", [])]
    last, broken = "", False
    blocks = list(_blocks(list(_lines(text))))
    for block, follower in zip_longest(blocks, blocks[1:]):
        cut = follower is None or follower.after_break
        heading, prose = _parse(block, cut=cut)
        if heading is not None:
            sections.append(Section(normalise(heading), []))
            last, broken = "", False
        if prose is None:
            broken = broken or heading is None
            continue
        paragraphs = sections[-1].paragraphs
        if last and _continues(last, prose.text, broken=broken or prose.after_break):
            paragraphs[-1].append(prose.span)
        else:
            paragraphs.append([prose.span])
        last, broken = prose.text, False
    return sections


def _lines(text: str) -> Iterator[_Line]:
    start, page = 0, 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        first = start + len(line) - len(line.lstrip()) if words else start
        yield _Line(words, first, first + len(words), page)
        start += len(line)
        page += line.endswith("\f")


def _blocks(lines: Sequence[_Line]) -> Iterator[_Block]:
    """Group lines that stand together; furniture and page breaks part them like blank lines."""
    furniture = _furniture(lines)
    block: list[_Line] = []
    blanks, broken = 0, False
    for index, line in enumerate(lines):
        prose = bool(line.text) and index not in furniture
        turned = index > 0 and line.page > lines[index - 1].page
        if block and (not prose or turned):
            yield _Block(block, broken)
            block, blanks, broken = [], 0, False
        broken = broken or turned or index in furniture
        blanks += not prose
        if prose:
            broken = broken or (not block and blanks >= _PAGE_BREAK_LINES)
            block.append(line)
    if block:
        yield _Block(block, broken)


def _furniture(lines: Sequence[_Line]) -> set[int]:
    """Return the indexes of page numbers and running heads.

    A running head is a line at the edge of a page that another page has too, numbers apart.
    """
    filled = [index for index, line in enumerate(lines) if line.text]
    edges: set[int] = set()
    for before, after in pairwise(filled):
        if lines[before].page != lines[after].page:
            edges |= {before, after}
    if edges:
        edges |= {filled[0], filled[-1]}
    faces = Counter(_face(lines[index]) for index in edges)
    heads = {index for index in edges if faces[_face(lines[index])] > 1}
    numbers = {
        index
        for index in filled
        if _PAGE_NUMBER.fullmatch(lines[index].text) and (index in edges or _alone(lines, index))
    }
    return heads | numbers


def _face(line: _Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _alone(lines: Sequence[_Line], index: int) -> bool:
    return all(
        not line.text for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    )


def _parse(block: _Block, *, cut: bool) -> tuple[str | None, _Block | None]:
    """Return a block's heading and its prose, either of which may be missing.

    A line in sentence case is no heading where a page break follows it (`cut`).
    """
    text, first = block.text, block.lines[0].text
    if _is_aside(block):
        return None, None
    if marked := _MARKDOWN_HEADING.fullmatch(first):
        return marked[1], _rest(block)
    plain = len(block.lines) == 1 and not cut
    if len(block.lines) <= _HEADING_LINES and _is_heading(text, plain=plain):
        return text, None
    if len(block.lines) > 1 and _is_heading(first, plain=False) and _breaks_early(block.lines):
        return first, _rest(block)
    return None, block


def _rest(block: _Block) -> _Block | None:
    """Return the block without its first line."""
    return _Block(block.lines[1:], after_break=False) if len(block.lines) > 1 else None


def _is_aside(block: _Block) -> bool:
    """Tell whether a block is a caption, a byline or a date, which belong to no section."""
    if len(block.lines) == 1 and _FRONT_MATTER.fullmatch(block.text):
        return not _CLOSED.search(block.text)
    short = len(block.lines) <= _HEADING_LINES and len(block.text) <= _CAPTION_LENGTH
    return short and _CAPTION.match(block.text) is not None


def _is_heading(text: str, *, plain: bool) -> bool:
    """Tell whether `text` reads as a heading; `plain` ones may be in sentence case.

    A heading is short, starts with a capital or a number, and ends in no mark of a sentence but
    `?` or `!`.
    """
    words = text.split()
    if len(words) > _HEADING_WORDS or len(text) > _HEADING_LENGTH or _NO_HEADING.match(text):
        return False
    small = [word for word in words if word[0].islower()]
    if words[-1] not in small and all(len(word) <= _SMALL_WORD for word in small):
        return True
    return plain and len(words) <= _SENTENCE_CASE_WORDS and not _REMARK.match(text)


def _breaks_early(lines: Sequence[_Line]) -> bool:
    """Tell whether the first line stops although the next word would have fitted into it."""
    width = max(len(line.text) for line in lines)
    return len(lines[0].text) + 1 + len(lines[1].text.split()[0]) <= width


def _continues(last: str, text: str, *, broken: bool) -> bool:
    """Tell whether a paragraph that ended with `last` goes on with `text`.

    It does where the old block ended in no mark and either a page break or a caption stands
    between or the new one starts with a small letter; after `:` or `;` it takes both.
    """
    small = text[0].islower()
    if _LIST_MARK.match(text):
        return False
    if _CLOSED.search(last):
        return broken and small and last[-1] in ":;"
    return broken or small
