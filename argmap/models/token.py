"""Tokens by which programs sign in to the API: stored hashed, shown once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.limits import TITLE_LIMIT
from argmap.models.fields import line


class ApiToken(models.Model):
    """The hash of a token, and how long it lasts."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = line(max_length=TITLE_LIMIT, help_text="What the token is for.")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.hint}…)"
