"""Inferences and their premises."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from argmap.core.kinds import Stance
from argmap.models.element import NATURAL_ORDER, Element, key_of
from argmap.models.fields import one_of, prose, word_of
from argmap.models.scheme import Scheme
from argmap.models.statement import Statement


class Inference(Element):
    """One step from premises to what it bears on: a statement, or another inference."""

    key = key_of("I")
    stance = one_of(Stance, default=Stance.SUPPORT.value)
    conclusion_statement = models.ForeignKey(
        Statement, models.CASCADE, null=True, blank=True, related_name="borne_on_by"
    )
    conclusion_inference = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="borne_on_by"
    )
    scheme = models.ForeignKey(
        Scheme, models.PROTECT, null=True, blank=True, related_name="inferences"
    )
    warrant = prose(blank=True, help_text="Why the premises bear on the conclusion.")
    weight = models.FloatField(
        default=1.0,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="How much of the premises' strength the step carries, 0 to 1.",
    )
    foreign = models.JSONField(default=dict, blank=True, editable=False)
    statements: models.ManyToManyField[Statement, Premise] = models.ManyToManyField(
        Statement, through="Premise", related_name="used_in"
    )

    class Meta:
        ordering = ["map", *NATURAL_ORDER]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="inference_key"),
            models.CheckConstraint(condition=word_of("stance", Stance), name="inference_stance"),
            models.CheckConstraint(
                condition=Q(conclusion_statement__isnull=True)
                ^ Q(conclusion_inference__isnull=True),
                name="inference_one_conclusion",
                violation_error_message="An inference concludes in one statement or inference.",
            ),
            models.CheckConstraint(
                condition=Q(conclusion_inference__isnull=True) | ~Q(conclusion_inference=F("id")),
                name="inference_not_itself",
                violation_error_message="An inference cannot conclude in itself.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gte=0.0, weight__lte=1.0), name="inference_weight"
            ),
        ]
        # How many support a statement, and how many attack it.
        indexes = [
            models.Index(fields=["conclusion_statement", "stance"], name="inference_by_conclusion")
        ]

    @property
    def conclusion(self) -> Statement | Inference | None:
        """What the inference bears on; None only before it has been given one."""
        return self.conclusion_statement or self.conclusion_inference


class Premise(models.Model):
    """A statement's place among the premises of an inference."""

    inference = models.ForeignKey(Inference, models.CASCADE, related_name="premises")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="premise_of")
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["inference", "order"]
        constraints = [
            models.UniqueConstraint(fields=["inference", "statement"], name="premise_once"),
            models.UniqueConstraint(fields=["inference", "order"], name="premise_order"),
        ]

    def __str__(self) -> str:
        return f"{self.statement.key} in {self.inference.key}"
