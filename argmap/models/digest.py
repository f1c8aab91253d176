"""Digests: how often each person is told by e-mail what concerns them, and how far they were."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from argmap.core.kinds import Frequency
from argmap.models.fields import one_of, word_of
from argmap.models.map import ArgumentMap


class Digest(models.Model):
    """One person's choice of how often to be told. Without a row nobody is.

    What happened before `since` is never told: it is when the person chose, and later some time
    before the last run that went well. `looked_on` is the day of that run. Whoever sends takes the
    row by a `claim` first, so that no two of them tell the same; one that was left behind by a
    process that died ends with time.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="map_digest")
    how_often = one_of(Frequency, default=Frequency.OFF.value)
    since = models.DateTimeField(default=timezone.now, editable=False)
    looked_on = models.DateField(null=True, editable=False)
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["user"]
        constraints = [
            models.CheckConstraint(condition=word_of("how_often", Frequency), name="digest_often"),
            models.CheckConstraint(
                condition=Q(claim__isnull=True, claimed_at__isnull=True)
                | Q(claim__isnull=False, claimed_at__isnull=False),
                name="digest_claimed_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["how_often", "since"], name="digest_by_often")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_how_often_display()}"


class Told(models.Model):
    """How far through the log of a map a digest has told its person.

    The numbers are activities, which each map hands out in the order in which its changes are
    committed; moments are not in that order. What has gone `stale` has a number of its own: it is
    not told at once.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="told")
    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="+")
    talk = models.PositiveIntegerField(default=0)
    stale = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["digest", "map"]
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["digest", "map"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.digest.user} up to #{self.talk}"
