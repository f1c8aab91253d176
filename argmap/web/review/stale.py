"""One's own judgements that are stale, each with what has changed since: does it still hold?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from argmap import review as reading
from argmap.models import Answer, ArgumentMap, Comment, Rating
from argmap.web.review.differences import Told, told
from argmap.web.review.rows import comment_address

MOST = 50
"""Most judgements of one sort that are listed: those that are dealt with make room."""


@dataclass(frozen=True, slots=True)
class Stale:
    """One judgement: its `sort` and the `name` by which it is confirmed, and what it said.

    `address` is where it was made, and where it is taken back or made anew.
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


def stale_of(person: User, narrow: Callable[[QuerySet[Any]], QuerySet[Any]]) -> list[Stale]:
    """Return someone's stale judgements as far as `narrow` lets them through, MOST of a sort.

    Four queries, and one more for each sort of which there are some, verdicts aside: what has
    changed since a verdict is on the review page. What was changed, and changed back, is not there.
    """
    found = [
        *_of(narrow(reading.stale_comments(person)), _comment),
        *_of(narrow(reading.stale_answers(person)), _answer),
        *_of(narrow(reading.stale_ratings(person)), _rating),
    ]
    verdicts = narrow(reading.stale_verdicts(person))[:MOST]
    return [*map(_verdict, verdicts), *found]


def _of(rows: QuerySet[Any], shown: Callable[[Any, list[Told]], Stale]) -> Iterator[Stale]:
    listed = list(rows[:MOST])
    since = reading.differences_since(listed)
    for row in listed:
        if row.pk in since:
            yield shown(row, told(since[row.pk]))


def _comment(row: Comment, changes: list[Told]) -> Stale:
    return Stale(
        sort="comment",
        name=str(row.pk),
        map=row.map,
        about=row.about or row.lost_target,
        said=row.body,
        seen=row.version_seen,
        address=comment_address(row),
        changes=changes,
    )


def _answer(row: Answer, changes: list[Told]) -> Stale:
    return Stale(
        sort="answer",
        name=str(row.pk),
        map=row.map,
        about=row.inference.key,
        said=f"{row.question.text} {row.get_says_display()}. {row.why}".strip(),
        seen=row.version_seen,
        address=reverse("element", args=[row.map.slug, row.inference.key]),
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
        address=reverse("element", args=[row.map.slug, row.about]),
        changes=changes,
    )


def _verdict(row: Any) -> Stale:
    return Stale(
        sort="verdict",
        name=str(row.pk),
        map=row.map,
        about="",
        said=row.get_verdict_display(),
        seen=row.version_seen,
        address=f"{reverse('review', args=[row.map.slug])}#standing",
        changes=[],
    )
