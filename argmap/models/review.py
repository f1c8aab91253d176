"""Reviews: a reviewer's verdict on a map, and the version that it was given on."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.kinds import Verdict
from argmap.core.limits import PERSON_LIMIT
from argmap.models.fields import one_of, prose, word_of
from argmap.models.map import ArgumentMap


class Review(models.Model):
    """One verdict."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_reviews"
    )
    reviewer_name = models.CharField(max_length=PERSON_LIMIT)
    verdict = one_of(Verdict)
    summary = prose(blank=True)
    version_seen = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=word_of("verdict", Verdict), name="review_verdict")
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.get_verdict_display()}"
