"""The boxes of a drawing: for each statement, what is written in its box and how large that is.

All lengths are in px, which are also the points of Graphviz.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from argmap.core.colour import NO_PAINTS, Paint, Tone
from argmap.core.focus import View
from argmap.core.graph import Graph, Statement
from argmap.core.heard import TELLING, hidden_in_words, name_of, threads_in_words
from argmap.core.kinds import Kind, Status
from argmap.core.measure import (
    ELLIPSIS,
    SIZE,
    Line,
    Weight,
    is_right_to_left,
    measured,
    wrap,
)

TEXT_WIDTH = 216.0
"""The room for text. Boxes are of one width, so that they stand in columns."""

LEADING = 19.0
MARGIN = 12.0
HEADER = 20.0
GAP = 5.0
CORNER = 12.0
"""How much of a corner is folded (evidence) or cut (counterargument)."""

DRAFT_HEIGHT = 190.0
"""The room for a statement that is still being typed: a field, and what goes with it."""

_LINES = {Weight.REGULAR: 7, Weight.SEMIBOLD: 4}
_FULL_LENGTH = 600


class Marks(NamedTuple):
    """What a box shows that the graph does not hold: how many threads nobody has resolved.

    `open_questions` are those of the `open_comments` that ask something; `hidden_questions` are
    asked about statements that are hidden below the box.
    """

    open_comments: int = 0
    open_questions: int = 0
    hidden_questions: int = 0


NO_MARKS: Mapping[str, Marks] = MappingProxyType({})
_UNMARKED = Marks()
_NONE: Mapping[Kind, int] = MappingProxyType({})


class Chip(NamedTuple):
    """A small mark in the head of a box: `kind` is its class, `width` in px."""

    kind: str
    text: str
    width: float


class Box(NamedTuple):
    """A statement as it is drawn.

    `stub` says what is hidden below it: "+ 4 claims, 6 evidence, 1 open question".

    `full` is the text that it leaves out, under a title or cut short; "" where it shows all.
    `badge` is the key as it is shown. `tone` is None where its kind decides its colour.
    """

    key: str
    badge: str
    kind: Kind
    status: Status
    tone: Tone | None
    name: str
    full: str
    lines: tuple[Line, ...]
    weight: Weight
    right_to_left: bool
    chips: tuple[Chip, ...]
    stub: tuple[Line, ...]
    width: float
    height: float

    @property
    def inner_width(self) -> float:
        """The room for text."""
        return self.width - 2 * MARGIN

    @property
    def badge_width(self) -> float:
        """The width of the badge that holds the key."""
        return _chip_width(self.badge)


def boxes_of(
    view: View, marks: Mapping[str, Marks] = NO_MARKS, paints: Mapping[str, Paint] = NO_PAINTS
) -> dict[str, Box]:
    """Return the box of each statement of `view`, by key, in canonical order."""
    graph, found = view.graph, {}
    for statement in graph.statements:
        key = statement.key
        marked = marks.get(key, _UNMARKED)
        hidden = hidden_in_words(view.hidden_kinds.get(key, _NONE), marked.hidden_questions)
        found[key] = box_of(statement, grade(graph, statement), marked, paints.get(key), hidden)
    if view.draft in found:
        found[view.draft] = _draft(found[view.draft])
    return found


def _draft(box: Box) -> Box:
    """Return the box of a statement that has no text yet, and a key that nobody shall see."""
    return box._replace(badge="New", name=f"New {box.kind.value}", height=DRAFT_HEIGHT)


# Most boxes of a drawing are those of the drawing before it; one takes about 2 kB.
@lru_cache(maxsize=2_048)
def box_of(
    statement: Statement, graded: str, marks: Marks, paint: Paint | None, hidden: str
) -> Box:
    """Return the box of a statement, whose grade is `graded`; `hidden` says what is below it."""
    is_titled = bool(statement.title.strip())
    weight = Weight.SEMIBOLD if is_titled else Weight.REGULAR
    text = statement.title if is_titled else statement.text
    lines = wrap(text, TEXT_WIDTH, lines=_LINES[weight], weight=weight)
    stub = wrap(f"+ {hidden}", TEXT_WIDTH, lines=3, weight=Weight.SEMIBOLD) if hidden else ()
    threads = threads_in_words(marks.open_comments, marks.open_questions)
    chips = tuple(_chips(statement, graded, marks, paint))
    head = _chip_width(statement.key) + sum([GAP + chip.width for chip in chips]) + 2 * GAP + CORNER
    return Box(
        key=statement.key,
        badge=statement.key,
        kind=statement.kind,
        status=statement.status,
        tone=paint.tone if paint else None,
        name=name_of(statement, graded, threads, hidden, paint),
        full=_left_out(statement, lines),
        lines=lines,
        weight=weight,
        right_to_left=is_right_to_left(text),
        chips=chips,
        stub=stub,
        width=round(max(TEXT_WIDTH, head) + 2 * MARGIN),
        height=MARGIN + HEADER + GAP + LEADING * len(lines) + MARGIN + HEADER * len(stub),
    )


def _chips(statement: Statement, graded: str, marks: Marks, paint: Paint | None) -> Iterator[Chip]:
    status = statement.status.label.lower() if statement.status in TELLING else ""
    if paint and paint.chip and paint.chip != status:  # what is always told is not told twice
        yield _chip("tone", paint.chip)
    if graded:
        yield _chip("grade", graded)
    if statement.likelihood:
        yield _chip("likelihood", statement.likelihood.label.lower())
    if status:
        yield _chip("status", status)
    if marks.open_comments:
        yield _chip("comments", str(marks.open_comments), HEADER - GAP)


@lru_cache(maxsize=2**12)  # chips say the same few words again and again
def _chip(kind: str, text: str, further: float = 0.0) -> Chip:
    return Chip(kind, text, _chip_width(text) + further)


def _chip_width(text: str) -> float:
    """Return the width of a chip: its text may be shown at 14 px by browsers that insist."""
    return round(measured(Weight.SEMIBOLD, SIZE)(text) + 2 * GAP)


def grade(graph: Graph, statement: Statement) -> str:
    """Return the Admiralty grade of a statement, such as "B2", or "" where it has none.

    The letter is that of the most reliable source that the statement has an excerpt of. A dash
    stands for the half that nobody has given.
    """
    if not statement.excerpts and statement.credibility is None:  # most have neither
        return ""
    sources = (graph.source.get(excerpt.source) for excerpt in statement.excerpts)
    letters = sorted(source.reliability for source in sources if source and source.reliability)
    if not letters and statement.credibility is None:
        return ""
    return f"{letters[0] if letters else '–'}{statement.credibility or '–'}"


def _left_out(statement: Statement, lines: Sequence[Line]) -> str:
    is_cut = bool(lines) and lines[-1].text.endswith(ELLIPSIS)
    if not statement.title.strip() and not is_cut:
        return ""
    text = " ".join(statement.text.split())
    return text if len(text) <= _FULL_LENGTH else text[:_FULL_LENGTH].rstrip() + ELLIPSIS
