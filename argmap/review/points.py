"""The points of a review, read for the report on how each was dealt with."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from argmap.core.dealt import Alteration, Judged, Point, Reply, Subject
from argmap.core.graph import KEY, key_order
from argmap.core.kinds import CommentKind, CommentState, Flag, Proposed, Settlement, Verdict
from argmap.core.proposals import Proposal, differences, proposal_from
from argmap.core.readable import label_of, readable
from argmap.models import ArgumentMap, Comment
from argmap.review.verdicts import verdicts_on


def subjects_of(argument_map: ArgumentMap) -> list[Subject]:
    """Return what a map's threads are about, the map first, then by key; what is gone comes last.

    A thread on an excerpt is with its statement. One query; threads of which nothing is left are
    not there.
    """
    replies: dict[int, list[Comment]] = defaultdict(list)
    first: list[Comment] = []
    rows = argument_map.comments.select_related(
        "statement", "inference", "excerpt__statement", "suggestion"
    )
    for row in rows.order_by("created_at", "pk"):
        if row.parent_id is None:
            first.append(row)
        elif not row.is_deleted:
            replies[row.parent_id].append(row)
    found: dict[tuple[bool, str], list[Point]] = defaultdict(list)
    says: dict[str, str] = {}
    for row in first:
        if row.is_deleted and not replies[row.pk]:
            continue
        target = row.stands_on
        key = target.key if target else row.lost_target
        gone = target is None and bool(key)
        says[key] = _says(target)
        found[gone, key].append(_point(row, replies[row.pk]))
    return [
        Subject(key=key, says=says[key], points=found[gone, key], gone=gone)
        for gone, key in sorted(found, key=_place)
    ]


def judged_on(argument_map: ArgumentMap) -> list[Judged]:
    """Return the verdicts on a map, the first first (one query)."""
    return [
        Judged(
            reviewer=row.reviewer_name,
            verdict=Verdict(row.verdict),
            version=row.version_seen,
            summary=row.summary,
            stale=row.stale,
            brought=row.brought,
        )
        for row in verdicts_on(argument_map)
    ]


def _place(subject: tuple[bool, str]) -> tuple[bool, tuple[str, int]]:
    gone, key = subject
    return gone, key_order(key) if KEY.match(key) else ("", 0)


def _says(target: Any) -> str:
    if target is None:
        return ""
    return str(getattr(target, "title", "") or getattr(target, "text", "") or "")


def _point(row: Comment, replies: list[Comment]) -> Point:
    suggestion = row.suggested
    proposal = proposal_from(suggestion.proposal) if suggestion else None
    return Point(
        kind=CommentKind(row.kind),
        flag=Flag(row.flag) if row.flag else None,
        author=row.author_name,
        on=row.excerpt.key if row.excerpt else "",
        version=row.version_seen,
        body=row.body,
        state=CommentState(row.state),
        replies=[Reply(author=each.author_name, body=each.body) for each in replies],
        proposal=proposal.words if proposal else "",
        alters=_alters(proposal) if proposal else (),
        outcome=Settlement(suggestion.outcome) if suggestion else None,
        settled_by=suggestion.settled_by_name if suggestion else "",
    )


def _alters(proposal: Proposal) -> list[Alteration]:
    """Return what a proposal alters beside what its words say."""
    said = () if proposal.does is Proposed.EDIT else ("kind", "text")
    return [
        Alteration(label=label_of(name), before=readable(name, old), after=readable(name, new))
        for name, old, new in differences(proposal)
        if name not in said
    ]
