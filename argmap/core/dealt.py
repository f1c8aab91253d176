"""How each point of a review was dealt with: a report in Markdown, as journals ask authors to write.

People's own Markdown is shown as the characters that they typed: no heading, no list, no link and
no quotation of theirs is one of the report's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from argmap.core.kinds import CommentKind, CommentState, Flag, Settlement, Verdict
from argmap.core.sentences import listed

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#$]")
_LINE_START = re.compile(r"(?:[-+=:]|\d+[.)])")
_LINES = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody answered in a thread."""

    author: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One field that a suggestion would alter: as its author saw it, "" for nothing, and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thread: what was said of what, and what was done about it.

    `body` is "" where its author has deleted it. `proposal` says what it suggests, in words,
    `alters` which fields, and `outcome` what became of that; None where it suggests nothing that
    could be accepted. Where it was declined, the last reply of `settled_by` is the reason.
    """

    kind: CommentKind
    flag: Flag | None
    author: str
    on: str
    version: int
    body: str
    state: CommentState
    replies: Sequence[Reply] = ()
    proposal: str = ""
    alters: Sequence[Alteration] = ()
    outcome: Settlement | None = None
    settled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An element, or the map for the key "": what it `says`, and the points that were made of it."""

    key: str
    says: str
    points: Sequence[Point]
    gone: bool = False
    """Whether the element was deleted since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A reviewer's verdict on a version of the map."""

    reviewer: str
    verdict: Verdict
    version: int
    summary: str
    stale: bool = False
    """Whether the map has come to read otherwise since."""
    brought: bool = False
    """Whether only an import says so: nobody gave it here."""


def dealt_with(
    title: str, version: int, subjects: Sequence[Subject], verdicts: Sequence[Judged] = ()
) -> str:
    """Return the report on a map at `version`: the verdicts, and a section for each subject.

    The same arguments give the same text. It ends with a line break.
    """
    blocks = [
        f"# How the points of the review were dealt with: {inline(title)}",
        f"Version {version} of the map. {_summed([p for s in subjects for p in s.points])}",
    ]
    if verdicts:
        blocks.append("## Verdicts")
        for judged in verdicts:
            blocks.extend(_judged(judged))
    number = 0
    for subject in subjects:
        blocks.append(_heading(subject))
        for point in subject.points:
            number += 1
            blocks.extend(_point(number, point))
    return "\n\n".join(blocks) + "\n"


def inline(text: str) -> str:
    """Return `text` on one line, as Markdown that shows its characters and nothing else."""
    return _escaped_start(_SPECIAL.sub(r"\\\g<0>", " ".join(text.split())))


def quoted(text: str) -> str:
    """Return `text` as one quotation whose lines stand as they were typed, without their indents."""
    lines = [inline(line) for line in _LINES.split(text.strip())]
    found: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        # A line that another one follows ends with a hard break; it would run on otherwise.
        broken = "\\" if line and following else ""
        found.append(f"> {line}{broken}".rstrip())
    return "\n".join(found)


def _escaped_start(line: str) -> str:
    """Return a line whose first characters make it no list, no rule and no heading's underline."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    end = match.end() - 1
    return f"{line[:end]}\\{line[end:]}"


def _heading(subject: Subject) -> str:
    if not subject.key:
        return "## The map"
    if subject.gone:
        return f"## {inline(subject.key)}, which was deleted"
    says = f": {inline(subject.says)}" if subject.says.strip() else ""
    return f"## {inline(subject.key)}{says}"


def _judged(judged: Judged) -> Iterator[str]:
    since = "; the map has changed since" if judged.stale else ""
    brought = " (brought by import)" if judged.brought else ""
    said = f"on version {judged.version}{brought}: {judged.verdict.label.lower()}{since}."
    yield f"**{inline(judged.reviewer)}**, {said}"
    if judged.summary.strip():
        yield quoted(judged.summary)


def _point(number: int, point: Point) -> Iterator[str]:
    flag = f" ({point.flag.label.lower()})" if point.flag else ""
    yield f"### {number}. {point.kind.label} by {inline(point.author)}{flag}"
    where = f"On {inline(point.on)}, in" if point.on else "In"
    yield f"{where} version {point.version}."
    if point.proposal:
        yield inline(point.proposal)
    for alters in point.alters:
        yield _altered(alters)
    if not point.body.strip():
        yield "Its author has deleted what it said."
    elif point.body.strip() != point.proposal.strip():
        yield quoted(point.body)
    yield f"**What was done:** {_done(point)}"
    for reply in point.replies:
        yield f"{inline(reply.author)} answered:"
        yield quoted(reply.body)


def _altered(alters: Alteration) -> str:
    label = inline(alters.label)
    was = f"{label}, as it was: {inline(alters.before)}\\\n" if alters.before.strip() else ""
    return f"{was}{label}, as suggested: {inline(alters.after) or 'nothing'}"


def _done(point: Point) -> str:
    who = inline(point.settled_by) or "someone"
    match point.outcome:
        case Settlement.ACCEPTED:
            return f"accepted by {who}, as it was suggested."
        case Settlement.AMENDED:
            return f"accepted by {who}, in other words."
        case Settlement.DECLINED:
            return f"declined by {who}, for the reason below."
        case Settlement.WITHDRAWN:
            return f"withdrawn by {who}."
        case _:
            return _talked(point)


def _talked(point: Point) -> str:
    """Return how a thread stands of which no suggestion was settled."""
    names = list(dict.fromkeys(inline(reply.author) for reply in point.replies))
    answered = f"answered by {listed(names)}" if names else ""
    if point.state is CommentState.RESOLVED:
        return f"{answered}, and resolved." if answered else "resolved."
    return f"{answered}; still open." if answered else "nothing yet: it is open."


def _summed(points: Sequence[Point]) -> str:
    """Return how many points there are, and how many of them wait."""
    if not points:
        return "No point was made."
    waiting = sum(point.state is CommentState.OPEN for point in points)
    made = "1 point" if len(points) == 1 else f"{len(points)} points"
    return f"{made}; {waiting or 'none'} still open."
