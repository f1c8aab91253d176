"""Suggestions: changes of the graph that a reviewer proposes, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.kinds import Proposed, Settlement
from argmap.core.limits import PERSON_LIMIT
from argmap.models.change import Change
from argmap.models.comment import Comment
from argmap.models.fields import one_of, word_of


class Suggestion(models.Model):
    """What a comment proposes to change, in the shape that core.proposals describes.

    `does` is the proposal's own, to be asked for. The Change is the one that it led to, in the
    words suggested or in others. Where it was declined, the reason is a reply to the comment.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="suggestion")
    does = one_of(Proposed, editable=False)
    proposal = models.JSONField(editable=False)
    outcome = one_of(Settlement, default=Settlement.OPEN.value, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="settled_suggestions",
        editable=False,
    )
    settled_by_name = models.CharField(max_length=PERSON_LIMIT, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    change = models.ForeignKey(Change, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        ordering = ["comment"]
        constraints = [
            models.CheckConstraint(condition=word_of("does", Proposed), name="suggestion_does"),
            models.CheckConstraint(
                condition=word_of("outcome", Settlement), name="suggestion_outcome"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome=Settlement.OPEN.value, settled_at__isnull=True)
                | (~models.Q(outcome=Settlement.OPEN.value) & models.Q(settled_at__isnull=False)),
                name="suggestion_open_until_settled",
            ),
        ]
        indexes = [models.Index(fields=["outcome", "does"], name="suggestion_by_outcome")]

    def __str__(self) -> str:
        return f"{self.get_does_display()} of {self.proposal.get('on', '')}: {self.outcome}"
