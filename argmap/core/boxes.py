"""The boxes of a drawing: for each statement, what is written in its box and how large that is.

All lengths are in px, which are also the points of Graphviz.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from argmap.core.colour import NO_PAINTS, Paint, Tone
from argmap.core.focus import View
from argmap.core.graph import Graph, Statement
from argmap.core.kinds import Kind, Status
from argmap.core.measure import (
    ELLIPSIS,
    SIZE,
    Line,
    Weight,
    clean,
    is_right_to_left,
    width,
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
_NAME_LENGTH = 300
_FULL_LENGTH = 600
_TELLING = {Status.CONTESTED, Status.REJECTED}


class Marks(NamedTuple):
    """What a box shows that the graph does not hold: how many threads nobody has resolved.

    `open_questions` are those of the `open_comments` that ask something; `hidden_questions` are
    asked about statements that are hidden below the box.
    """

    open_comments: int = 0
    open_questions: int = 0
    hidden_questions: int = 0


NO_MARKS: Mapping[str, Marks] = MappingProxyType({})


class Chip(NamedTuple):
    """A small mark in the head of a box: `kind` is its class, `width` in px."""

    kind: str
    text: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
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
    found = {}
    for statement in view.graph.statements:
        marked = marks.get(statement.key, Marks())
        hidden = hidden_in_words(view.hidden_kinds.get(statement.key, {}), marked.hidden_questions)
        paint = paints.get(statement.key)
        graded = grade(view.graph, statement)
        found[statement.key] = box_of(statement, graded, marked, paint, hidden)
    if view.draft in found:
        found[view.draft] = _draft(found[view.draft])
    return found


def _draft(box: Box) -> Box:
    """Return the box of a statement that has no text yet, and a key that nobody shall see."""
    name = f"New {box.kind.value}"
    return replace(box, badge="New", name=name, height=DRAFT_HEIGHT)


# Most boxes of a drawing are those of the drawing before it; one takes about 2 kB.
@lru_cache(maxsize=2_048)
def box_of(
    statement: Statement, graded: str, marks: Marks, paint: Paint | None, hidden: str
) -> Box:
    """Return the box of a statement, whose grade is `graded`; `hidden` says what is below it."""
    weight = Weight.SEMIBOLD if statement.title.strip() else Weight.REGULAR
    text = statement.title if statement.title.strip() else statement.text
    lines = wrap(text, TEXT_WIDTH, lines=_LINES[weight], weight=weight)
    stub = wrap(f"+ {hidden}" if hidden else "", TEXT_WIDTH, lines=3, weight=Weight.SEMIBOLD)
    chips = _chips(statement, graded, marks, paint)
    head = _chip_width(statement.key) + sum(GAP + chip.width for chip in chips) + 2 * GAP + CORNER
    return Box(
        key=statement.key,
        badge=statement.key,
        kind=statement.kind,
        status=statement.status,
        tone=paint.tone if paint else None,
        name=_name(statement, graded, marks, hidden, paint),
        full=_left_out(statement, lines),
        lines=lines,
        weight=weight,
        right_to_left=is_right_to_left(text),
        chips=chips,
        stub=stub,
        width=round(max(TEXT_WIDTH, head) + 2 * MARGIN),
        height=MARGIN + HEADER + GAP + LEADING * len(lines) + MARGIN + HEADER * len(stub),
    )


def _chips(
    statement: Statement, graded: str, marks: Marks, paint: Paint | None
) -> tuple[Chip, ...]:
    status = statement.status.label.lower() if statement.status in _TELLING else ""
    words = {
        # A status that is always told is not told twice.
        "tone": paint.chip if paint and paint.chip != status else "",
        "grade": graded,
        "likelihood": statement.likelihood.label.lower() if statement.likelihood else "",
        "status": status,
        "comments": str(marks.open_comments) if marks.open_comments else "",
    }
    return tuple(
        Chip(kind, text, _chip_width(text) + (HEADER - GAP if kind == "comments" else 0.0))
        for kind, text in words.items()
        if text
    )


def _chip_width(text: str) -> float:
    """Return the width of a chip: its text may be shown at 14 px by browsers that insist."""
    return round(width(text, Weight.SEMIBOLD, SIZE) + 2 * GAP)


def grade(graph: Graph, statement: Statement) -> str:
    """Return the Admiralty grade of a statement, such as "B2", or "" where it has none.

    The letter is that of the most reliable source that the statement has an excerpt of. A dash
    stands for the half that nobody has given.
    """
    sources = (graph.source.get(excerpt.source) for excerpt in statement.excerpts)
    letters = sorted(source.reliability for source in sources if source and source.reliability)
    if not letters and statement.credibility is None:
        return ""
    return f"{letters[0] if letters else '–'}{statement.credibility or '–'}"


def _name(statement: Statement, graded: str, marks: Marks, hidden: str, paint: Paint | None) -> str:
    """Return what a screen reader says for the box: kind, key, text, and each mark in words.

    `hidden` are the words for what is hidden below it, `paint` says what its colour does.
    """
    text = " ".join(clean(statement.title.strip() or statement.text).split())
    if len(text) > _NAME_LENGTH:
        text = text[:_NAME_LENGTH].rstrip() + ELLIPSIS
    said = [
        f"Grade {graded}" if graded else "",
        statement.likelihood.label if statement.likelihood else "",
        f"{statement.confidence.label} confidence" if statement.confidence else "",
        statement.status.label if statement.status in _TELLING else "",
        paint.said if paint else "",
        _threads(marks),
        f"Hidden below: {hidden}" if hidden else "",
    ]
    notes = "".join(f" {words}." for words in dict.fromkeys(said) if words)
    return f"{statement.kind.label} {statement.key}: {text}{_stop(text)}{notes}"


def _left_out(statement: Statement, lines: Sequence[Line]) -> str:
    is_cut = bool(lines) and lines[-1].text.endswith(ELLIPSIS)
    if not statement.title.strip() and not is_cut:
        return ""
    text = " ".join(statement.text.split())
    return text if len(text) <= _FULL_LENGTH else text[:_FULL_LENGTH].rstrip() + ELLIPSIS


def hidden_in_words(kinds: Mapping[Kind, int], questions: int = 0) -> str:
    """Return "4 claims, 6 evidence, 1 open question", "" for nothing."""
    counted = [(kinds.get(kind, 0), kind) for kind in Kind]
    words = [f"{n} {kind.value if n == 1 else kind.plural}" for n, kind in counted if n]
    return ", ".join([*words, *filter(None, [_counted(questions, "open question")])])


def _threads(marks: Marks) -> str:
    """Return "3 open comments, 2 of them questions", "" for none."""
    comments, asked = _counted(marks.open_comments, "open comment"), marks.open_questions
    if not asked:
        return comments
    if asked == marks.open_comments:
        return _counted(asked, "open question")
    return f"{comments}, {asked} of them {'a question' if asked == 1 else 'questions'}"


def _stop(text: str) -> str:
    return "" if text.endswith((".", "?", "!", ELLIPSIS)) else "."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
