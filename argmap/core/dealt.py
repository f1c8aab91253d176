"""How each point of a review was dealt with: a report in Markdown, as journals ask authors to write.

People's own Markdown is shown as the characters that they typed: no heading, no list, no link and
no quotation of theirs is one of the report's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from argmap.core.kinds import CommentKind, CommentState, Flag, Settlement, Verdict
from argmap.core.sentences import listed
from argmap.core.verbatim import inline, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody answered in a thread."""

    author: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """One field that a suggestion would alter: as its author saw it, "" for nothing, and after.

    Where it was accepted in other words, `done` is what the field says since.
    """

    label: str
    before: str
    after: str
    done: str = ""


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
class Failure:
    """Somebody's answer that a critical question is not satisfied; `why` may be ""."""

    author: str
    version: int
    why: str
    stale: bool = False
    """Whether the inference has come to say something else since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmet:
    """A critical question that an inference does not satisfy, as some answered it: a point too."""

    question: str
    failures: Sequence[Failure]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undercut:
    """A statement that undercuts an inference, and the inference by which it does."""

    key: str
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """An element, or the map for the key "": what it `says`, and the points that were made of it.

    Of an inference these are its `unmet` questions too, which its `undercuts` deal with.
    """

    key: str
    says: str
    points: Sequence[Point] = ()
    gone: bool = False
    """Whether the element was deleted since."""
    unmet: Sequence[Unmet] = ()
    undercuts: Sequence[Undercut] = ()


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
        f"Version {version} of the map. {_summed(subjects)}",
    ]
    if verdicts:
        blocks.append("## Verdicts")
        for judged in verdicts:
            blocks.extend(_judged(judged))
    number = 0
    for subject in subjects:
        blocks.append(_heading(subject))
        told = [partial(_point, point) for point in subject.points]
        told += [partial(_unmet, unmet, subject) for unmet in subject.unmet]
        for tell in told:
            number += 1
            blocks.extend(tell(number))
    return "\n\n".join(blocks) + "\n"


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


def _point(point: Point, number: int) -> Iterator[str]:
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


def _unmet(unmet: Unmet, subject: Subject, number: int) -> Iterator[str]:
    yield f"### {number}. A critical question, not satisfied"
    yield quoted(unmet.question)
    for each in unmet.failures:
        since = f"; {inline(subject.key)} has changed since" if each.stale else ""
        why = each.why.strip()
        yield f"{inline(each.author)} answered so, in version {each.version}{since}{':' if why else '.'}"
        if why:
            yield quoted(why)
    if not subject.undercuts:
        yield "**What was done:** nothing yet."
        return
    yield f"**What was done:** {inline(subject.key)} is undercut now."
    for undercut in subject.undercuts:
        yield f"{inline(undercut.key)}, by {inline(undercut.by)}:"
        yield quoted(undercut.text)


def _altered(alters: Alteration) -> str:
    label = inline(alters.label)
    was = f"{label}, as it was: {inline(alters.before)}\\\n" if alters.before.strip() else ""
    done = f"\\\n{label}, as done: {inline(alters.done)}" if alters.done.strip() else ""
    return f"{was}{label}, as suggested: {inline(alters.after) or 'nothing'}{done}"


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


def _summed(subjects: Sequence[Subject]) -> str:
    """Return how many points there are, and how many of them wait."""
    points = [point for subject in subjects for point in subject.points]
    waiting = sum(point.state is CommentState.OPEN for point in points)
    made = "1 point" if len(points) == 1 else f"{len(points)} points"
    unmet = sum(len(subject.unmet) for subject in subjects)
    # An undercut may have stood before, and for another reason: it closes no question.
    bare = sum(len(subject.unmet) for subject in subjects if not subject.undercuts)
    failed = "1 critical question is" if unmet == 1 else f"{unmet} critical questions are"
    said = [f"{made}; {waiting or 'none'} still open."] if points else []
    if unmet:
        said.append(f"{failed} not satisfied; {bare or 'none'} on what nothing undercuts.")
    return " ".join(said) or "No point was made."
