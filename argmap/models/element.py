"""What the elements of a graph have in common."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length, Substr
from django.urls import reverse

from argmap.models.map import ArgumentMap

KEY_LIMIT = 10

NATURAL_ORDER: list[Any] = [Substr("key", 1, 1), Length("key"), "key"]
"""C2 before C10, in the database."""


def key_of(letters: str) -> models.CharField[str, str]:
    """Return the column for a key that starts with one of `letters`."""
    return models.CharField(
        max_length=KEY_LIMIT,
        editable=False,
        validators=[RegexValidator(rf"\A[{letters}][1-9][0-9]{{0,8}}\Z", "This is not a key.")],
    )


class Element(models.Model):
    """A row of a map's graph: named by its key, stamped with the version that last touched it."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="%(class)ss")
    key = key_of("A-Z")
    changed_in = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        """Return the address of the element's panel, a page of its own without htmx."""
        return reverse("element", args=[self.map.slug, self.key])
