"""Threads of comments, as a queue wants them: weighed, counted, and stale or not."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from argmap import access
from argmap.core.kinds import CommentState, Settlement
from argmap.core.threads import BY_FLAG, BY_KIND, ON_A_ROOT
from argmap.models import ArgumentMap, ChangeItem, Comment, Premise
from argmap.review.stale import with_stale


class Earlier(NamedTuple):
    """What a comment said before it was reworded, and until when."""

    body: str
    until: datetime


def threads(person: access.Person) -> QuerySet[Any]:
    """Return the threads on all maps that someone may read, by their first comments.

    The heaviest come first, then the oldest. With each come its map, its author, what it is about
    and its suggestion, and as annotations `weight` (core.threads), `stale`, `answers` (how many
    replies are left), `last_by` and `last_by_name` (who spoke last). One query, however many
    there are; what was deleted, and has no answer left, is not among them.
    """
    return _annotated(access.rows_for(Comment, person))


def threads_of(argument_map: ArgumentMap) -> QuerySet[Any]:
    """Return the threads of a map that was fetched through access, as `threads` does."""
    return _annotated(argument_map.comments.all())


def earlier_bodies(comment: Comment) -> list[Earlier]:
    """Return what a comment said before each edit, the first first (one query).

    Of a deleted comment, nothing: to delete it would be no use otherwise.
    """
    if comment.is_deleted or comment.edited_at is None:
        return []
    items = ChangeItem.objects.filter(
        change__map=comment.map_id,
        type="comment",
        key=str(comment.pk),
        before__isnull=False,
        # It may have been on another map for a while.
        after__isnull=False,
    )
    rows = items.order_by("change__activity").values_list("before", "after", "change__at")
    bodies = [
        ((before or {}).get("body"), (after or {}).get("body"), at) for before, after, at in rows
    ]
    return [Earlier(before, at) for before, after, at in bodies if before and before != after]


def open_suggestions(threads: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of some threads that suggest something which nobody has settled."""
    return threads.filter(
        suggestion__outcome=Settlement.OPEN, state=CommentState.OPEN, deleted_at=None
    )


def with_weight(comments: QuerySet[Any]) -> QuerySet[Any]:
    """Return comments, each with the `weight` of the thread that it began; None for a reply."""
    first = When(parent=None, then=_weight())
    told: QuerySet[Any] = comments.annotate(weight=Case(first, output_field=IntegerField()))
    return told


def turns(comments: QuerySet[Comment]) -> QuerySet[Any]:
    """Return those of some comments that began a thread of which something is left.

    With nothing but `answers` and `last_by`, which say whose turn it is: what is asked on every
    page has no need of the rest.
    """
    replies = Comment.objects.filter(parent=OuterRef("pk"), deleted_at=None)
    counted = replies.order_by().values("parent").annotate(n=Count("pk")).values("n")
    first = comments.filter(parent=None).annotate(
        answers=Coalesce(Subquery(counted), 0),
        last_by=Case(
            When(answers__gt=0, then=Subquery(_latest(replies).values("author")[:1])),
            default=F("author"),
            output_field=IntegerField(),
        ),
    )
    left: QuerySet[Any] = first.filter(Q(deleted_at=None) | Q(answers__gt=0))
    return left


def _annotated(comments: QuerySet[Comment]) -> QuerySet[Any]:
    replies = Comment.objects.filter(parent=OuterRef("pk"), deleted_at=None)
    left: QuerySet[Any] = with_stale(turns(comments)).annotate(
        weight=_weight(),
        last_by_name=Case(
            When(answers__gt=0, then=Subquery(_latest(replies).values("author_name")[:1])),
            default=F("author_name"),
            output_field=CharField(),
        ),
    )
    return left.select_related(
        "map", "author", "statement", "inference", "excerpt__statement", "suggestion"
    ).order_by("-weight", "created_at", "pk")


def _latest(replies: QuerySet[Comment]) -> QuerySet[Comment]:
    return replies.order_by("-created_at", "-pk")


def _weight() -> Any:
    """Return core.threads.thread_weight as the database computes it."""
    kinds = [When(kind=kind.value, then=Value(weight)) for kind, weight in BY_KIND.items()]
    flags = [When(flag=flag.value, then=Value(weight)) for flag, weight in BY_FLAG.items()]
    starts = Premise.objects.filter(statement=OuterRef("statement"))
    root = When(Q(statement__isnull=False) & ~Exists(starts), then=Value(ON_A_ROOT))
    number: IntegerField[int, int] = IntegerField()
    return (
        Case(*kinds, default=Value(0), output_field=number)
        + Case(*flags, default=Value(0), output_field=number)
        + Case(root, default=Value(0), output_field=number)
    )
