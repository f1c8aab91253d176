"""Ratings: how probable each reviewer holds a statement, and how well founded that is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from argmap.core.kinds import Confidence, Likelihood
from argmap.core.limits import PERSON_LIMIT
from argmap.models.element import KEY_LIMIT
from argmap.models.fields import one_of, word_of
from argmap.models.map import ArgumentMap
from argmap.models.statement import Statement


class Rating(models.Model):
    """One person's own figures for one statement.

    `changed_at` is later than `created_at` where they were revised. They are `blind` unless the
    others' figures could be seen before they were given, or revised. A rating whose statement is
    deleted is kept, as comments are: `lost_target` is the statement's key, by which it is found
    again.
    """

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="ratings")
    statement = models.ForeignKey(
        Statement, models.SET_NULL, null=True, blank=True, related_name="ratings"
    )
    lost_target = models.CharField(max_length=KEY_LIMIT, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_ratings"
    )
    author_name = models.CharField(max_length=PERSON_LIMIT)
    likelihood = one_of(Likelihood)
    confidence = one_of(Confidence, blank=True)
    blind = models.BooleanField(default=True, editable=False)
    version_seen = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "author"], name="rating_once"),
            models.CheckConstraint(
                condition=word_of("likelihood", Likelihood), name="rating_likelihood"
            ),
            models.CheckConstraint(
                condition=word_of("confidence", Confidence, blank=True), name="rating_confidence"
            ),
        ]
        indexes = [models.Index(fields=["map", "author"], name="rating_by_author")]

    def __str__(self) -> str:
        # Without the figures: whoever meets a row by its name may not have given theirs.
        return f"{self.author_name} on {self.about or self.lost_target}"

    @property
    def about(self) -> str:
        """The key of the statement, "" where it is gone."""
        return self.statement.key if self.statement else ""
