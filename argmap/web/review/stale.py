"""One's own judgements that are stale, each with what has changed since: does it still hold?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from argmap import review as reading
from argmap.markdown import to_text
from argmap.models import Answer, ArgumentMap, Comment, Rating, Review
from argmap.web.review.moved import Told, told

MOST = 50
"""Most judgements of one sort that are listed: those that are dealt with make room."""


@dataclass(frozen=True, slots=True)
class Stale:
    """One judgement: its `sort` and the `name` by which it is confirmed, and what it said.

    `address` is where it was made, and where it is taken back or made anew. There are no `changes`
    of a verdict, nor where all was changed back.
    """

    sort: str
    name: str
    map: ArgumentMap
    about: str
    said: str
    seen: int
    address: str
    changes: list[Told]

    @property
    def confirms(self) -> str:
        """Where its author says that it still holds."""
        return reverse(f"review-{self.sort}-holds", args=[self.map.slug, self.name])


def stale_of(person: User, slug: str, most: int) -> tuple[list[Stale], int]:
    """Return someone's stale judgements, of one map where a slug is given, and how many.

    No more than `most` come, and MOST of a sort are counted. Four queries, and one more for what
    has changed since those of each sort that come, verdicts aside: theirs is on the review page.
    """
    found: list[Stale] = []
    number = 0
    for table, shown in zip(reading.SECTIONS["stale"].rows(person, slug), SORTS, strict=True):
        rows = list(table[:MOST])
        number += len(rows)
        few = rows[: most - len(found)]
        since = {} if shown is _verdict else reading.differences_since(few)
        found.extend(shown(row, told(since.get(row.pk, ()))) for row in few)
    return found, number


def _comment(row: Comment, changes: list[Told]) -> Stale:
    return Stale(
        sort="comment",
        name=str(row.pk),
        map=row.map,
        about=row.about or row.lost_target,
        said=to_text(row.body),
        seen=row.version_seen,
        address=reading.path_of(row),
        changes=changes,
    )


def _answer(row: Answer, changes: list[Told]) -> Stale:
    return Stale(
        sort="answer",
        name=str(row.pk),
        map=row.map,
        about=row.inference.key,
        said=f"{row.question.text} {row.get_says_display()}. {to_text(row.why)}".strip(),
        seen=row.version_seen,
        address=reading.path_of(row),
        changes=changes,
    )


def _rating(row: Rating, changes: list[Told]) -> Stale:
    confidence = f", {row.get_confidence_display().lower()} confidence" if row.confidence else ""
    return Stale(
        sort="rating",
        name=row.about,
        map=row.map,
        about=row.about,
        said=f"{row.get_likelihood_display()}{confidence}",
        seen=row.version_seen,
        address=reading.path_of(row),
        changes=changes,
    )


def _verdict(row: Review, changes: list[Told]) -> Stale:
    return Stale(
        sort="verdict",
        name=str(row.pk),
        map=row.map,
        about="",
        said=row.get_verdict_display(),
        seen=row.version_seen,
        address=f"{row.map.get_review_url()}#standing",
        changes=changes,
    )


SORTS: tuple[Callable[[Any, list[Told]], Stale], ...] = (_verdict, _comment, _answer, _rating)
"""What shows each sort of judgement, in the order of the section's tables."""
