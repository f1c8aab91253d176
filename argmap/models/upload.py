"""Files between the look at what they would do and the word to do it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.limits import LINE_LIMIT
from argmap.models.map import ArgumentMap


class Upload(models.Model):
    """A file that someone sent and has not said yes to: theirs alone, and not for long.

    Without a map it is to become one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="map_uploads")
    map = models.ForeignKey(ArgumentMap, models.CASCADE, null=True, related_name="uploads")
    name = models.CharField(max_length=LINE_LIMIT)
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name
