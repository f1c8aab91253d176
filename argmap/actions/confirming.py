"""Saying of one's own judgement that it still holds, now that what it is about has changed.

Where it does not, a thread is resolved, and an answer, a rating or a verdict given anew or withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap.actions.base import Edit, Gone, editing
from argmap.actions.comments import find_comment, seen_or_present
from argmap.actions.ratings import find_rating
from argmap.actions.reviews import find_verdict
from argmap.core.kinds import Role, Verb
from argmap.models import Answer, ArgumentMap, Comment, Rating, Review

J = TypeVar("J", Answer, Comment, Rating, Review)


def confirm_comment(
    *, actor: User, argument_map: ArgumentMap, comment: int, version_seen: int | None = None
) -> Comment:
    """Say that the thread which one's own comment began still holds, on the version that one saw.

    `version_seen` is the present version where it is None. Raises PermissionDenied, Gone, or
    ValidationError where it is a reply, or by field.
    """

    def find(edit: Edit) -> Comment:
        row = find_comment(edit, comment)
        if row.parent_id is not None:
            raise ValidationError("A reply holds as long as its thread does.")
        return _own(row, row.author_id, actor)

    return _confirm(actor, argument_map, find, version_seen)


def confirm_answer(
    *, actor: User, argument_map: ArgumentMap, answer: int, version_seen: int | None = None
) -> Answer:
    """Say that one's own answer to a critical question still holds, as `confirm_comment` does."""

    def find(edit: Edit) -> Answer:
        answers = Answer.objects.select_related("inference", "question__scheme")
        row = answers.filter(map=edit.map, pk=answer).first()
        if row is None:
            raise Gone("The answer was withdrawn meanwhile.")
        return _own(row, row.author_id, actor)

    return _confirm(actor, argument_map, find, version_seen)


def confirm_rating(
    *, actor: User, argument_map: ArgumentMap, statement: str, version_seen: int | None = None
) -> Rating:
    """Say that one's own rating of a statement still holds, as `confirm_comment` does."""
    return _confirm(
        actor, argument_map, lambda edit: find_rating(edit, actor, statement), version_seen
    )


def confirm_verdict(
    *, actor: User, argument_map: ArgumentMap, review: int, version_seen: int | None = None
) -> Review:
    """Say that one's own verdict still holds, as `confirm_comment` does."""
    return _confirm(
        actor, argument_map, lambda edit: find_verdict(edit, actor, review), version_seen
    )


def _confirm(
    actor: User, argument_map: ArgumentMap, find: Callable[[Edit], J], version_seen: int | None
) -> J:
    """Set forward the version that a judgement is of; it is never set back."""
    with editing(argument_map, actor=actor, verb=Verb.CONFIRM, needs=Role.REVIEWER) as edit:
        row = find(edit)
        seen = max(seen_or_present(edit, version_seen), row.version_seen)
        return edit.alter(row, {"version_seen": seen})


def _own(row: J, author: int | None, actor: User) -> J:
    if author != actor.pk:
        raise PermissionDenied("Only its author says whether it still holds.")
    return row
