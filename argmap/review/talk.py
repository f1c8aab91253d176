"""What was said to people: mentions, answers, points on their maps, outcomes, and what rounds ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q

from argmap.core.kinds import CommentKind, CommentState, Role, Settlement, Verb
from argmap.core.proposals import proposal_from
from argmap.models import (
    ArgumentMap,
    Comment,
    Membership,
    Suggestion,
)
from argmap.review.asking import asked_and_given
from argmap.review.calls import called_by, newly_called, wordings_of
from argmap.review.concerns import Concern, Topic, path_of, place_of
from argmap.review.lines import Line, lines_since, rows_of

POINTS = frozenset({CommentKind.CHALLENGE, CommentKind.QUESTION, CommentKind.SUGGESTION})


def talk(
    people: Collection[int], since: datetime, argument_map: ArgumentMap | None = None
) -> Iterator[Concern]:
    """Yield what was said to `people` (numbers of users) after a moment, on one map or on all.

    Eight queries: the log; comments; suggestions; requests and verdicts; who is called; whom
    reworded comments called before; who takes part in the threads; who edits the maps.
    """
    lines = lines_since(since, argument_map)
    comments = _comments(lines)
    yield from _spoken(people, lines, comments)
    yield from _settled(people, lines, comments)
    yield from asked_and_given(people, lines)


def _comments(lines: Iterable[Line]) -> dict[int, Comment]:
    rows = Comment.objects.filter(pk__among=rows_of(lines, "comment"), deleted_at=None)
    return {row.pk: row for row in rows.select_related("parent", *_fetched(""))}


def _fetched(path: str) -> tuple[str, ...]:
    """Return what is fetched with a comment, so that a line of it asks for nothing more."""
    names = ("map", "statement", "inference", "excerpt__statement")
    return tuple(f"{path}{name}" for name in names)


def _spoken(
    people: Collection[int], lines: Iterable[Line], comments: dict[int, Comment]
) -> Iterator[Concern]:
    """Yield comments to whomever they concern, to each under the topic that says most."""
    called = called_by(people, comments)
    reworded = {line.row for line in lines if line.verb is Verb.EDIT}
    wordings = wordings_of(reworded & called.keys())
    taking_part = _taking_part(people, comments)
    editing = _editing(people, comments)
    for line in lines:
        comment = comments.get(line.row) if line.type == "comment" else None
        if comment is None:
            continue
        concerned: dict[int, Topic] = {}
        if _is_open_point(comment):
            concerned |= dict.fromkeys(editing[comment.map_id], Topic.POINT)
        if comment.parent is not None:
            concerned |= dict.fromkeys(_before(comment, taking_part), Topic.REPLY)
        if line.verb is Verb.DECLINE and comment.parent is not None:
            # The reason, which whoever made the suggestion is told with what became of it.
            concerned.pop(comment.parent.author_id or 0, None)
        newly = set(newly_called(called[comment.pk], line.item, wordings[comment.pk]))
        if line.verb is Verb.EDIT:
            # Whom it concerns anyhow was told when it was said.
            concerned = dict.fromkeys(newly - concerned.keys(), Topic.MENTION)
        else:
            concerned |= dict.fromkeys(newly, Topic.MENTION)
        concerned.pop(comment.author_id or 0, None)
        if concerned:
            # Once for all of them: an address is reckoned as long as all else takes.
            told = {"line": _on(comment), "said": comment.body, **_placed(line, comment)}
            yield from (
                Concern(topic=topic, user=user, **told) for user, topic in concerned.items()
            )


def _is_open_point(comment: Comment) -> bool:
    """Tell whether a comment waits for whoever edits the map."""
    is_first = comment.parent_id is None and comment.state == CommentState.OPEN
    return is_first and comment.kind in POINTS


def _before(comment: Comment, taking_part: dict[int, dict[int, int]]) -> Iterator[int]:
    """Yield who took part in a thread when an answer came: who joined later has read it."""
    first = taking_part[comment.parent_id or 0]
    return (user for user, pk in first.items() if pk < comment.pk)


def _on(comment: Comment) -> str:
    what = CommentKind(comment.kind).value if comment.parent_id is None else "answer"
    return f"{comment.author_name}, {what} on {place_of(comment)}"


def _settled(
    people: Collection[int], lines: Iterable[Line], comments: dict[int, Comment]
) -> Iterator[Concern]:
    """Yield what became of suggestions to their authors, with the reason where one was given."""
    rows = Suggestion.objects.filter(
        pk__among=rows_of(lines, "suggestion"), comment__author__in=people, comment__deleted_at=None
    ).exclude(outcome=Settlement.OPEN)
    found = {row.pk: row for row in rows.select_related(*_fetched("comment__"))}
    reasons = {
        (line.map, line.activity): comments[line.row].body
        for line in lines
        if line.type == "comment" and line.verb is Verb.DECLINE and line.row in comments
    }
    for line in lines:
        suggestion = found.get(line.row) if line.type == "suggestion" else None
        if suggestion is None or suggestion.settled_by_id == suggestion.comment.author_id:
            continue
        outcome = f"{suggestion.settled_by_name}: {suggestion.outcome}"
        words = proposal_from(suggestion.proposal).words
        yield Concern(
            topic=Topic.OUTCOME,
            user=suggestion.comment.author_id or 0,
            line=f"{outcome}. {words}",
            said=reasons.get((line.map, line.activity), ""),
            **_placed(line, suggestion.comment),
        )


def _placed(line: Line, comment: Comment) -> dict[str, Any]:
    """Return where a comment that a line of the log is about stands, and where the line does."""
    return {**line.stands, "map": comment.map, "path": path_of(comment)}


def _taking_part(
    people: Collection[int], comments: dict[int, Comment]
) -> defaultdict[int, dict[int, int]]:
    """Return who has said something in each thread that was answered in, and what they said first."""
    threads = {each.parent_id for each in comments.values() if each.parent_id}
    in_them = Q(pk__among=threads) | Q(parent__pk__among=threads)
    rows = Comment.objects.filter(in_them, author__in=people, deleted_at=None).order_by("pk")
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pk, parent, author in rows.values_list("pk", "parent", "author"):
        found[parent or pk].setdefault(author or 0, pk)
    return found


def _editing(people: Collection[int], comments: dict[int, Comment]) -> defaultdict[int, set[int]]:
    """Return who edits each map as a member: a superuser edits all, and waits for none."""
    maps = {each.map_id for each in comments.values() if _is_open_point(each)}
    rows = Membership.objects.filter(
        user__in=people, map__pk__among=maps, role__in=Role.at_least(Role.EDITOR)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for map_, user in rows.order_by().values_list("map", "user"):
        found[map_].add(user)
    return found
