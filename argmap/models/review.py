"""Reviews: rounds in which people are asked for a verdict, and the verdicts that they give."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from argmap.core.kinds import Verdict
from argmap.core.limits import PERSON_LIMIT
from argmap.models.fields import one_of, prose, word_of
from argmap.models.map import ArgumentMap


class Round(models.Model):
    """An analyst's request to named reviewers, for a review of one version of a map."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="rounds")
    version = models.PositiveIntegerField(editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_rounds"
    )
    asked_by_name = models.CharField(max_length=PERSON_LIMIT)
    due = models.DateField(null=True, blank=True)
    message = prose(blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["map", "closed_at"], name="round_by_closed")]

    def __str__(self) -> str:
        return f"Review of version {self.version}, asked for by {self.asked_by_name}"

    @property
    def is_open(self) -> bool:
        """Tell whether verdicts are still taken."""
        return self.closed_at is None

    def days_over(self, today: date) -> int:
        """Return how many days its last day is past, 0 where it is not or there is none."""
        return max(0, (today - self.due).days) if self.due else 0


class Review(models.Model):
    """One reviewer's verdict on a map, or the request for one: the verdict is empty until given.

    A verdict that nobody asked for belongs to no round.
    """

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="reviews")
    round = models.ForeignKey(Round, models.CASCADE, null=True, blank=True, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_reviews"
    )
    reviewer_name = models.CharField(max_length=PERSON_LIMIT)
    verdict = one_of(Verdict, blank=True)
    summary = prose(blank=True)
    version_seen = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=word_of("verdict", Verdict, blank=True), name="review_verdict"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", finished_at__isnull=True)
                | (~Q(verdict="") & Q(finished_at__isnull=False)),
                name="review_finished_with_verdict",
            ),
            models.UniqueConstraint(fields=["round", "reviewer"], name="review_once_a_round"),
        ]
        indexes = [models.Index(fields=["map", "finished_at"], name="review_by_finished")]

    def __str__(self) -> str:
        return f"{self.reviewer_name}: {self.get_verdict_display() or 'asked'}"
