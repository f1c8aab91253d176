"""Comments: what people say about a map, a statement, an inference or an excerpt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from argmap.core.kinds import CommentKind, CommentState, Flag
from argmap.core.limits import NONCE_LIMIT, PERSON_LIMIT
from argmap.models.element import KEY_LIMIT
from argmap.models.fields import one_of, prose, word_of
from argmap.models.inference import Inference
from argmap.models.map import ArgumentMap
from argmap.models.source import Excerpt
from argmap.models.statement import Statement

if TYPE_CHECKING:
    from argmap.models.suggestion import Suggestion

TARGETS = ("statement", "inference", "excerpt")


def _at_most_one_target() -> Q:
    """Return the condition that two of the three columns at least are empty."""
    empty = [Q(**{f"{name}__isnull": True}) for name in TARGETS]
    return (empty[0] & empty[1]) | (empty[0] & empty[2]) | (empty[1] & empty[2])


class Comment(models.Model):
    """One comment of a thread. Replies have a parent; only the first comment has a state.

    A comment whose target is deleted is kept, on the map: `lost_target` says what it was about.
    One that is deleted itself leaves a trace without its body, which its replies hang on. `nonce`
    is the mark of the form that it was typed in: the same form sent twice makes one comment.
    """

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="comments")
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    inference = models.ForeignKey(
        Inference, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    excerpt = models.ForeignKey(
        Excerpt, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    lost_target = models.CharField(max_length=KEY_LIMIT, blank=True, editable=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_comments"
    )
    author_name = models.CharField(max_length=PERSON_LIMIT)
    kind = one_of(CommentKind, default=CommentKind.COMMENT.value)
    flag = one_of(Flag, blank=True)
    body = prose(help_text="Markdown.")
    state = one_of(CommentState, default=CommentState.OPEN.value)
    version_seen = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_by_name = models.CharField(max_length=PERSON_LIMIT, blank=True, editable=False)
    nonce = models.CharField(max_length=NONCE_LIMIT, blank=True, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=_at_most_one_target(), name="comment_one_target"),
            models.CheckConstraint(condition=word_of("kind", CommentKind), name="comment_kind"),
            models.CheckConstraint(
                condition=word_of("flag", Flag, blank=True), name="comment_flag"
            ),
            models.CheckConstraint(condition=word_of("state", CommentState), name="comment_state"),
            models.CheckConstraint(
                condition=(~Q(body="") & Q(deleted_at__isnull=True))
                | Q(body="", deleted_at__isnull=False),
                name="comment_says_something",
            ),
            models.UniqueConstraint(
                fields=["map", "author", "nonce"],
                condition=~Q(nonce=""),
                name="comment_sent_once",
            ),
        ]
        indexes = [
            models.Index(fields=["map", "state"], name="comment_by_state"),
            # Most comments are on statements. With the empty places of all these, an index on
            # inferences looks to SQLite as though it told nothing, and is passed over.
            models.Index(
                fields=["inference", "state"],
                condition=Q(inference__isnull=False, parent__isnull=True),
                name="comment_on_inference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author_name} on {self.about or 'the map'}"

    @property
    def is_deleted(self) -> bool:
        """Tell whether only a trace of the comment is left."""
        return self.deleted_at is not None

    @property
    def about(self) -> str:
        """The key of what the comment is about, "" for the map."""
        target = self.statement or self.inference or self.excerpt
        return target.key if target else ""

    @property
    def suggested(self) -> Suggestion | None:
        """The change of the graph that the comment suggests, None where it only says something."""
        return getattr(self, "suggestion", None)

    @property
    def stands_on(self) -> Statement | Inference | None:
        """The element on whose page the comment is shown, None for the map's."""
        on_excerpt = self.excerpt.statement if self.excerpt else None
        return self.statement or self.inference or on_excerpt
