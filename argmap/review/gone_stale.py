"""Judgements that people gave, and that have gone stale: when, and by what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from argmap.core.kinds import CommentKind, CommentState, Verb, Verdict
from argmap.models import Answer, Change, Comment, Rating, Review
from argmap.review.concerns import Concern, Topic, path_of, place_of
from argmap.review.moves import Moved
from argmap.review.stale import differences_since, is_stale, rewordings
from argmap.review.verdicts import is_last

Row = Comment | Answer | Rating | Review


class Turn(NamedTuple):
    """The change with which a judgement went stale."""

    activity: int
    at: datetime


def gone_stale(people: Collection[int], since: datetime) -> Iterator[Concern]:
    """Yield the judgements of `people` (numbers of users) that went stale after a moment.

    Threads that are open, answers, ratings, and the last verdict of each person on each map. What
    was changed and changed back is left out. Eight queries: the four tables, the changes with
    which the rows went stale, and for three tables what has changed since.
    """
    # What an import brought was stale before it came.
    lately = Change.objects.filter(at__gt=since).exclude(verb=Verb.IMPORT).order_by()
    tables = [
        # What went stale long ago is left to the database: people have more of that each day.
        list(rows.filter(turn__in=lately.values("pk")))
        for rows in (*_on_elements(people), _verdicts(people))
    ]
    changes = lately.filter(pk__among={row.turn for rows in tables for row in rows})
    turns = {
        pk: Turn(activity, at) for pk, activity, at in changes.values_list("pk", "activity", "at")
    }
    for rows in tables[:-1]:
        differences = differences_since(rows)
        for row in rows:
            if row.pk in differences:
                words = _words(row, differences[row.pk])
                yield _concern(row, row.author_id, turns[row.turn], words, path_of(row))
    for row in tables[-1]:
        path = row.map.get_review_url()
        yield _concern(row, row.reviewer_id, turns[row.turn], _verdict(row), path)


def _on_elements(people: Collection[int]) -> Iterator[QuerySet[Any]]:
    comments = Comment.objects.filter(parent=None, deleted_at=None, state=CommentState.OPEN)
    on = [_rewording(name, f"{name}__key") for name in ("statement", "inference", "excerpt")]
    turn = Coalesce(*on, Subquery(_reworded("map")))
    yield _stale(comments, people, turn).select_related(
        "map", "statement", "inference", "excerpt__statement"
    )
    answers = _stale(Answer.objects.all(), people, _rewording("inference", "inference__key"))
    yield answers.select_related("map", "inference", "question")
    ratings = _stale(Rating.objects.all(), people, _rewording("statement", "statement__key"))
    yield ratings.select_related("map", "statement")


def _stale(rows: QuerySet[Any], people: Collection[int], turn: Any) -> Any:
    stale = rows.filter(is_stale(rows.model), author__in=people)
    return stale.annotate(turn=turn).order_by("pk")


def _rewording(type_: str, key: str) -> Subquery:
    """Return the change that first reworded what a column leads to, after a row's author saw it."""
    return Subquery(_reworded(type_, key=OuterRef(key)))


def _reworded(type_: str, **more: Any) -> Any:
    return rewordings(type_).filter(**more).order_by("version", "pk").values("change")[:1]


def _verdicts(people: Collection[int]) -> QuerySet[Any]:
    """Return stale verdicts; of several of one person on one map, the last alone stands."""
    changes = Change.objects.filter(map=OuterRef("map"), version__gt=OuterRef("version_seen"))
    first = Subquery(changes.order_by("version", "activity").values("pk")[:1])
    rows = Review.objects.filter(is_stale(Review), is_last(), reviewer__in=people)
    return rows.annotate(turn=first).select_related("map").order_by("pk")


def _concern(row: Row, user: int, turn: Turn, words: str, path: str) -> Concern:
    return Concern(
        topic=Topic.STALE,
        user=user,
        map=row.map,
        log=row.map_id,
        activity=turn.activity,
        at=turn.at,
        line=words,
        said="",
        path=path,
    )


def _words(row: Comment | Answer | Rating, moved: Sequence[Moved]) -> str:
    """Say what was judged and what has changed in it, by whom, and no figure of either."""
    people = ", ".join(dict.fromkeys(name for each in moved for name in each.by))
    fields = dict.fromkeys(name for each in moved for name, _, _ in each.fields)
    named = ", ".join(name.replace("_", " ") for name in fields)
    changed = f"{people} changed it" + (f" ({named})" if named else "")
    return f"Your {_called(row)} on {place_of(row)}: {changed}"


def _called(row: Comment | Answer | Rating) -> str:
    if isinstance(row, Comment):
        return CommentKind(row.kind).value
    return "answer to a critical question" if isinstance(row, Answer) else "rating"


def _verdict(row: Review) -> str:
    verdict = Verdict(row.verdict).label.lower()
    return (
        f"Your verdict ({verdict}) on version {row.version_seen}: "
        f"the map is at version {row.map.version}"
    )
