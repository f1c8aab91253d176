"""What people say as argmap/1 has it: with names and numbers of its own, and no ids.

Comments are numbered from 1 in the order in which they came to be here, so that the same map gives the
same bytes wherever it lies. Ratings and rounds have no records: exports.py says why.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from argmap.core.formats.report import Record
from argmap.models import ArgumentMap, Comment, Suggestion
from argmap.review.stale import with_stale


def comment_records(argument_map: ArgumentMap) -> list[Record]:
    """Return all comments of a map, the first first (one query)."""
    rows = with_stale(argument_map.comments.all()).select_related(
        "statement", "inference", "excerpt", "suggestion"
    )
    # By number, and not by moment: an import keeps the moments of its file, whatever they are.
    ordered = list(rows.order_by("pk"))
    numbers = {row.pk: number for number, row in enumerate(ordered, start=1)}
    return [_comment(row, numbers) for row in ordered]


def review_records(argument_map: ArgumentMap) -> list[Record]:
    """Return all verdicts on a map, the first first (one query). Requests are none."""
    rows = argument_map.reviews.filter(finished_at__isnull=False).order_by("finished_at", "pk")
    return [
        {
            "reviewer": row.reviewer_name,
            "verdict": row.verdict,
            "at": moment(row.finished_at or row.created_at),
            "version": row.version_seen,
            "summary": row.summary,
        }
        for row in rows
    ]


def answer_records(argument_map: ArgumentMap) -> list[Record]:
    """Return all answers on a map, those to questions of an earlier scheme too (one query)."""
    rows = with_stale(argument_map.answers.all()).select_related("inference", "question__scheme")
    return [
        {
            "inference": row.inference.key,
            "scheme": row.question.scheme.slug,
            "question": row.question.order,
            "asks": row.question.text,
            "says": row.says,
            "author": row.author_name,
            "at": moment(row.changed_at),
            "version": row.version_seen,
            "why": row.why,
            **({"stale": True} if row.stale else {}),
        }
        for row in rows.order_by("pk")
    ]


def moment(at: datetime) -> str:
    """Return a moment as the format writes it, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _comment(row: Any, numbers: dict[int, int]) -> Record:
    suggestion = row.suggested
    # A reply goes with its thread, and of what was deleted nothing is left that could hold.
    is_stale = row.stale and row.parent_id is None and not row.is_deleted
    return {
        "number": numbers[row.pk],
        "parent": numbers.get(row.parent_id or 0),
        "target": row.about or None,
        "lost_target": row.lost_target,
        "kind": row.kind,
        "flag": row.flag or None,
        "state": row.state,
        "author": row.author_name,
        "at": moment(row.created_at),
        "edited_at": moment(row.edited_at) if row.edited_at else None,
        "version": row.version_seen,
        "body": row.body,
        **_deletion(row),
        **({"suggestion": _suggestion(suggestion)} if suggestion else {}),
        **({"stale": True} if is_stale else {}),
    }


def _deletion(row: Comment) -> dict[str, Any]:
    if row.deleted_at is None:
        return {}
    return {"deleted_at": moment(row.deleted_at), "deleted_by": row.deleted_by_name}


def _suggestion(row: Suggestion) -> Record:
    return {
        **row.proposal,
        "outcome": row.outcome,
        "settled_by": row.settled_by_name,
        "settled_at": moment(row.settled_at) if row.settled_at else None,
    }
