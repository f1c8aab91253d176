"""Maps, who belongs to them, and the counters that hand out their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse

from argmap.core.graph import KEY
from argmap.core.kinds import Marking, Role, Visibility
from argmap.core.limits import ISSUE_LIMIT, SLUG_LIMIT
from argmap.models.fields import line, one_of, prose, word_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ArgumentMap(models.Model):
    """One argument graph about one issue.

    `version` counts changes of the graph; `activity` counts those and everything else. A map that
    is archived can be read, and not written.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=SLUG_LIMIT, unique=True)
    title = line()
    issue = prose(
        blank=True, max_length=ISSUE_LIMIT, help_text="The question that the map is about."
    )
    summary = prose(blank=True)
    marking = one_of(Marking, default=Marking.CLEAR.value)
    visibility = one_of(Visibility, default=Visibility.PRIVATE.value)
    version = models.PositiveIntegerField(default=0, editable=False)
    activity = models.PositiveIntegerField(default=0, editable=False)
    foreign = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    members: models.ManyToManyField[User, Membership] = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="argument_maps"
    )

    class Meta:
        verbose_name = "map"
        ordering = ["title", "slug"]
        constraints = [
            models.CheckConstraint(condition=word_of("marking", Marking), name="map_marking"),
            models.CheckConstraint(
                condition=word_of("visibility", Visibility), name="map_visibility"
            ),
            models.CheckConstraint(
                condition=models.Q(activity__gte=0, version__gte=0), name="map_counts_up"
            ),
        ]
        # Lists of elements begin with the first map: without it all rows are sorted for one page.
        indexes = [models.Index(fields=["title", "slug"], name="map_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the map page."""
        return reverse("map", args=[self.slug])

    def get_review_url(self) -> str:
        """Return the address of the page of its review."""
        return reverse("review", args=[self.slug])

    def has_had(self, key: str) -> bool:
        """Tell whether the map has handed out `key`, in use still or not (one query)."""
        number = KEY.match(key)
        if number is None:
            return False
        return self.key_counters.filter(letter=key[0], last__gte=int(number[1])).exists()


class Membership(models.Model):
    """What one person may do with one map."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="map_memberships"
    )
    role = one_of(Role, default=Role.VIEWER.value)

    class Meta:
        ordering = ["map", "user"]
        constraints = [
            models.UniqueConstraint(fields=["map", "user"], name="membership_once"),
            models.UniqueConstraint(
                fields=["map"],
                condition=models.Q(role=Role.OWNER.value),
                name="membership_one_owner",
            ),
            models.CheckConstraint(condition=word_of("role", Role), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Look(models.Model):
    """How far one person has looked through the log of a map."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="map_looks")
    activity = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "user"], name="look_once")]

    def __str__(self) -> str:
        return f"{self.user} up to #{self.activity}"


class KeyCounter(models.Model):
    """The last number handed out for one letter of a map's keys: no key is ever used twice."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="key_counters")
    letter = models.CharField(max_length=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["map", "letter"], name="counter_once")]

    def __str__(self) -> str:
        return f"{self.letter}{self.last}"
