"""Answers to the critical questions that an inference must survive."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from argmap.core.kinds import Satisfaction
from argmap.core.limits import PERSON_LIMIT
from argmap.models.fields import one_of, prose, word_of
from argmap.models.inference import Inference
from argmap.models.map import ArgumentMap
from argmap.models.scheme import CriticalQuestion


class Answer(models.Model):
    """What one person answers to one question about one inference, and on which version."""

    map = models.ForeignKey(ArgumentMap, models.CASCADE, related_name="answers")
    inference = models.ForeignKey(Inference, models.CASCADE, related_name="answers")
    question = models.ForeignKey(CriticalQuestion, models.CASCADE, related_name="answers")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="map_answers"
    )
    author_name = models.CharField(max_length=PERSON_LIMIT)
    says = one_of(Satisfaction)
    why = prose(blank=True)
    version_seen = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["question__order", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["inference", "question", "author"], name="answer_once"),
            models.CheckConstraint(condition=word_of("says", Satisfaction), name="answer_says"),
        ]

    def __str__(self) -> str:
        return f"{self.author_name}: {self.get_says_display()}"
