"""What a screen reader says for a box of a drawing: all that the box shows, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from argmap.core.colour import Paint
from argmap.core.graph import Statement
from argmap.core.kinds import Kind, Status
from argmap.core.measure import ELLIPSIS, clean

TELLING = {Status.CONTESTED, Status.REJECTED}
"""The statuses that are told, whatever colours say."""

_KINDS = tuple(Kind)
_NAME_LENGTH = 300


def name_of(
    statement: Statement, graded: str, threads: str, hidden: str, paint: Paint | None
) -> str:
    """Return what a screen reader says for the box: kind, key, text, and each mark in words.

    `threads` and `hidden` are the words for its open threads and for what is hidden below it;
    `paint` says what its colour does. What is said twice is heard once.
    """
    text = " ".join(clean(statement.title.strip() or statement.text).split())
    if len(text) > _NAME_LENGTH:
        text = text[:_NAME_LENGTH].rstrip() + ELLIPSIS
    said = dict.fromkeys(_notes(statement, graded, threads, hidden, paint))
    notes = "".join([f" {words}." for words in said])
    return f"{statement.kind.label} {statement.key}: {text}{_stop(text)}{notes}"


def _notes(
    statement: Statement, graded: str, threads: str, hidden: str, paint: Paint | None
) -> Iterator[str]:
    if graded:
        yield f"Grade {graded}"
    if statement.likelihood:
        yield statement.likelihood.label
    if statement.confidence:
        yield f"{statement.confidence.label} confidence"
    if statement.status in TELLING:
        yield statement.status.label
    if paint and paint.said:
        yield paint.said
    if threads:
        yield threads
    if hidden:
        yield f"Hidden below: {hidden}"


def hidden_in_words(kinds: Mapping[Kind, int], questions: int = 0) -> str:
    """Return "4 claims, 6 evidence, 1 open question", "" for nothing."""
    if not kinds and not questions:
        return ""
    words = [f"{n} {_noun(kind, n)}" for kind in _KINDS if (n := kinds.get(kind))]
    if questions:
        words.append(_counted(questions, "open question"))
    return ", ".join(words)


def _noun(kind: Kind, number: int) -> str:
    return kind.value if number == 1 else kind.plural


def threads_in_words(open_comments: int, asked: int) -> str:
    """Return "3 open comments, 2 of them questions", "" for none; `asked` are among them."""
    comments = _counted(open_comments, "open comment")
    if not asked:
        return comments
    if asked == open_comments:
        return _counted(asked, "open question")
    return f"{comments}, {asked} of them {'a question' if asked == 1 else 'questions'}"


def _stop(text: str) -> str:
    return "" if text.endswith((".", "?", "!", ELLIPSIS)) else "."


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
