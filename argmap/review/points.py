"""The points of a review, read for the report on how each was dealt with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from argmap.core.dealt import (
    Alteration,
    Failure,
    Judged,
    Point,
    Reply,
    Subject,
    Undercut,
    Unmet,
)
from argmap.core.graph import KEY, key_order
from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Flag,
    Proposed,
    Settlement,
    Verdict,
)
from argmap.core.proposals import Proposal, differences, proposal_from
from argmap.core.readable import label_of, readable
from argmap.models import ArgumentMap, ChangeItem, Comment, Inference
from argmap.review.questions import failed_on, undercuts_of
from argmap.review.verdicts import verdicts_on


def subjects_of(argument_map: ArgumentMap) -> list[Subject]:
    """Return what the points of a review are about: the map, then by key; what is gone comes last.

    A thread on an excerpt is with its statement, a critical question that somebody answered "not
    satisfied" with its inference. Two queries, one for undercuts where there are such, and one for
    what was done in other words; threads of which nothing is left are not there.
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
    taken = _taken(first)
    found: dict[tuple[bool, str], list[Point]] = defaultdict(list)
    says: dict[str, str] = {}
    for row in first:
        if row.is_deleted and not replies[row.pk]:
            continue
        target = row.stands_on
        key = target.key if target else row.lost_target
        gone = target is None and bool(key)
        says[key] = _says(target)
        found[gone, key].append(_point(row, replies[row.pk], taken))
    failed = list(failed_on(argument_map))
    unmet = _unmet(failed)
    undercuts = _undercuts({row.inference for row in failed})
    return [
        Subject(
            key=key,
            says=says.get(key, ""),
            points=found.get((gone, key), ()),
            gone=gone,
            unmet=() if gone else unmet.get(key, ()),
            undercuts=() if gone else undercuts.get(key, ()),
        )
        for gone, key in sorted({*found, *((False, key) for key in unmet)}, key=_place)
    ]


def _unmet(failed: Iterable[Any]) -> dict[str, list[Unmet]]:
    """Return the questions that are not satisfied, by the inference's key."""
    failures: dict[tuple[str, str], list[Failure]] = defaultdict(list)
    for row in failed:
        failures[row.inference.key, row.question.text].append(
            Failure(author=row.author_name, version=row.version_seen, why=row.why, stale=row.stale)
        )
    found: dict[str, list[Unmet]] = defaultdict(list)
    for (key, question), given in failures.items():
        found[key].append(Unmet(question=question, failures=given))
    return found


def _undercuts(inferences: Collection[Inference]) -> dict[str, list[Undercut]]:
    """Return what undercuts inferences now, by their keys: one query, none where there are none."""
    found: dict[str, list[Undercut]] = defaultdict(list)
    for row in undercuts_of(*inferences) if inferences else ():
        target = row.inference.conclusion
        found[target.key if target else ""].append(
            Undercut(key=row.statement.key, by=row.inference.key, text=row.statement.text)
        )
    return found


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


def _taken(comments: Iterable[Comment]) -> dict[int, dict[str, Any]]:
    """Return the statements as suggestions in other words left them, by the number of the change.

    One query, none where nothing was accepted in other words.
    """
    suggestions = [row.suggested for row in comments]
    amended = [
        each.change_id for each in suggestions if each and each.outcome == Settlement.AMENDED
    ]
    if not amended:
        return {}
    items = ChangeItem.objects.filter(change__in=amended, type="statement", after__isnull=False)
    return {change: after or {} for change, after in items.values_list("change", "after")}


def _point(row: Comment, replies: list[Comment], taken: dict[int, dict[str, Any]]) -> Point:
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
        alters=_alters(proposal, taken.get(suggestion.change_id or 0))
        if proposal and suggestion
        else (),
        outcome=Settlement(suggestion.outcome) if suggestion else None,
        settled_by=suggestion.settled_by_name if suggestion else "",
    )


def _alters(proposal: Proposal, taken: dict[str, Any] | None) -> list[Alteration]:
    """Return what a proposal alters beside what its words say, and what was `taken` in its place."""
    told = () if taken or proposal.does is Proposed.EDIT else ("kind", "text")
    return [
        Alteration(
            label=label_of(name),
            before=readable(name, old),
            after=readable(name, new),
            done=readable(name, taken.get(name)) if taken else "",
        )
        for name, old, new in differences(proposal)
        if name not in told
    ]
