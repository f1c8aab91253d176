"""Argumentation schemes and the questions that an inference of each must survive."""

from __future__ import annotations

from django.db import models

from argmap.core.limits import ISSUE_LIMIT, SLUG_LIMIT
from argmap.models.fields import line, prose


class SchemeManager(models.Manager["Scheme"]):
    """Finds schemes by what fixtures call them."""

    def get_by_natural_key(self, slug: str) -> Scheme:
        """Return the scheme with this slug."""
        return self.get(slug=slug)


class Scheme(models.Model):
    """A stereotyped pattern of inference (Walton, Reed and Macagno)."""

    slug = models.SlugField(max_length=SLUG_LIMIT, unique=True)
    name = line()
    description = prose(blank=True)

    objects = SchemeManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        """Return what fixtures name the scheme by."""
        return (self.slug,)


class CriticalQuestionManager(models.Manager["CriticalQuestion"]):
    """Finds critical questions by what fixtures call them."""

    def get_by_natural_key(self, slug: str, order: int) -> CriticalQuestion:
        """Return the question at this place of the scheme with this slug."""
        return self.get(scheme__slug=slug, order=order)


class CriticalQuestion(models.Model):
    """A question that an inference of the scheme must survive."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    text = prose(max_length=ISSUE_LIMIT)

    objects = CriticalQuestionManager()

    class Meta:
        ordering = ["scheme", "order"]
        constraints = [models.UniqueConstraint(fields=["scheme", "order"], name="question_order")]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, int]:
        """Return what fixtures name the question by."""
        return (self.scheme.slug, self.order)

    natural_key.dependencies = ["argmap.scheme"]  # type: ignore[attr-defined]
