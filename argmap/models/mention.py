"""Mentions: people whom a comment calls by name."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.models.comment import Comment


class Mention(models.Model):
    """One person whom one comment calls, and when they have read it."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="map_mentions")
    read_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-comment"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "user"], name="mention_once"),
        ]
        indexes = [models.Index(fields=["user", "read_at"], name="mention_by_read")]

    def __str__(self) -> str:
        return f"@{self.user}"
