"""Calling people by name in a comment, and noting that they have read it.

Neither leaves a Change: whom a comment calls follows from its body, which is in the log, and what
someone has read is their own affair.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.utils import timezone

from argmap import access
from argmap.core.limits import MENTIONS_LIMIT
from argmap.markdown import names_called
from argmap.models import Comment, Mention


def call_people(comment: Comment) -> None:
    """Let a comment call whom its body names, and nobody else: no query where it names nobody new.

    Whoever may not read the map is not called, and neither the author nor they are told: the name
    stays a word of the text. So it is with the author's own name, and past MENTIONS_LIMIT. Whoever
    has read that they were called is not called again, though their name went and came back.
    """
    names = names_called(comment.body)
    if comment.edited_at is not None:
        comment.mentions.filter(read_at=None).exclude(user__username__in=names).delete()
    if not names:
        return
    others = access.people_on(comment.map).exclude(username=comment.author_name)
    called = others.filter(username__in=names)
    Mention.objects.bulk_create(
        (Mention(comment=comment, user=person) for person in called[:MENTIONS_LIMIT]),
        ignore_conflicts=True,
    )


def read_mentions(*, user: User, comments: Iterable[int]) -> int:
    """Note that someone has read the comments that called them; return how many were unread."""
    unread = Mention.objects.filter(user=user, comment__in=list(comments), read_at=None)
    return unread.update(read_at=timezone.now())
