"""Threads as the lines of a queue, each of which leads to where the thread is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from argmap import access
from argmap.core.kinds import CommentState, Role, Settlement
from argmap.core.proposals import proposal_from
from argmap.models import Comment
from argmap.review import path_of
from argmap.web.forms import ReplyForm, new_nonce
from argmap.web.review.suggested import Shown, shown_suggestions

ANSWER, BOTH, RESOLVE, REOPEN = "answer", "both", "resolve", "reopen"
ACCEPT, DECLINE = "accept", "decline"
"""What may be done with a thread in the list, by the word that its forms send."""


@dataclass(slots=True)
class Row:
    """One thread: `first` is its first comment, as `review.threads` annotates it.

    `form` is for an answer, where the reader may give one here.
    """

    first: Any
    form: ReplyForm | None = None
    suggestion: Shown | None = None
    """What it suggests, beside the element that it is on, where that is to be settled here."""
    said: str = ""
    """What has just been done with it."""
    problem: str = ""
    """Why what was to be done was not."""

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has resolved the thread."""
        return bool(self.first.state == CommentState.OPEN)

    @property
    def ways(self) -> list[tuple[str, str]]:
        """What the form of an answer may do beside answering, by the word that it sends."""
        if self.suggestion is None or not self.suggestion.is_open:
            return [(BOTH, "Answer and resolve")]
        return [(DECLINE, "Decline, and say why")] if self.suggestion.decides else []

    @property
    def suggests(self) -> str:
        """What the thread proposes, in words; "" where it proposes nothing that a click can do."""
        suggestion = self.first.suggested
        return proposal_from(suggestion.proposal).words if suggestion else ""

    @property
    def outcome(self) -> str:
        """What became of the suggestion; "" where there is none, or none has been settled."""
        suggestion = self.first.suggested
        if suggestion is None or suggestion.outcome == Settlement.OPEN:
            return ""
        return str(suggestion.get_outcome_display())

    @property
    def says(self) -> str:
        """What the statement says that the thread is about; "" for all else."""
        statement = self.first.statement
        return str(statement.title or statement.text) if statement else ""

    @property
    def address(self) -> str:
        """Where the thread is read."""
        return path_of(self.first)


def rows_of(threads: Iterable[Any]) -> list[Row]:
    """Return the rows of some threads, to be read."""
    return [Row(first) for first in threads]


def row_of(first: Any, role: Role, person: access.Person) -> Row:
    """Return the row of a thread on its own map, with all that `role` may do there."""
    target = first.statement or first.inference
    suggested = shown_suggestions(target, [first], role=role, person=person)
    row = Row(first, suggestion=suggested.get(first.pk))
    if role.may(Role.REVIEWER):
        row.form = answer_form(first)
    return row


def answer_form(first: Comment) -> ReplyForm:
    """Return the form for an answer to a thread, in which nothing is typed yet."""
    typed = {
        "about": first.about,
        "parent": first.pk,
        "version_seen": first.map.version,
        "nonce": new_nonce(),
    }
    return ReplyForm(initial=typed, auto_id=f"answer-{first.pk}-%s")
