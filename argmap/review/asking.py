"""What rounds tell: reviewers that they are asked, and whoever asked what the verdicts are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import F, Q
from django.utils.formats import date_format

from argmap.core.kinds import Verb
from argmap.models import Review, Round
from argmap.review.concerns import Concern, Topic
from argmap.review.lines import Line, rows_of


def asked_and_given(people: Collection[int], lines: Sequence[Line]) -> Iterator[Concern]:
    """Yield requests that wait for a verdict, and the verdicts that people asked for (one query).

    Of a verdict that was given again, only the last time is told.
    """
    waits = Q(reviewer__in=people, finished_at=None, round__closed_at=None)
    given = Q(round__asked_by__in=people, finished_at__isnull=False)
    # Who asks themselves has given it themselves.
    given &= ~Q(reviewer=F("round__asked_by"))
    rows = Review.objects.filter(
        waits | given, pk__among=rows_of(lines, "review"), round__isnull=False
    )
    found = {row.pk: row for row in rows.select_related("round", "map")}
    last = {(line.row, line.verb): line for line in lines if line.type == "review"}
    for (row, verb), line in last.items():
        review = found.get(row)
        if review is None or review.round is None:
            continue
        if verb is Verb.ASK and review.finished_at is None:
            yield _asked(review, review.round, line)
        elif verb is Verb.REVIEW and review.finished_at is not None:
            yield _given(review, review.round, line)


def _asked(review: Review, asked: Round, line: Line) -> Concern:
    due = f", by {date_format(asked.due, 'j F Y')}" if asked.due else ", by no set date"
    return Concern(
        topic=Topic.REQUEST,
        user=review.reviewer_id or 0,
        line=f"{asked.asked_by_name} asks for your review of version {asked.version}{due}",
        said=asked.message,
        **_placed(review, line),
    )


def _given(review: Review, asked: Round, line: Line) -> Concern:
    verdict = review.get_verdict_display().lower()
    return Concern(
        topic=Topic.VERDICT,
        user=asked.asked_by_id or 0,
        line=f"{review.reviewer_name}: {verdict}, of version {review.version_seen}",
        said=review.summary,
        **_placed(review, line),
    )


def _placed(review: Review, line: Line) -> dict[str, Any]:
    """Return where a verdict is given and read, and where a line of the log stands."""
    return {**line.stands, "map": review.map, "path": review.map.get_review_url()}
