"""Statements: one table, and a proxy for each kind so that each has its own admin page."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Status
from argmap.core.limits import TAG_LIMIT, TAGS_LIMIT, TITLE_LIMIT
from argmap.models.element import NATURAL_ORDER, Element, key_of
from argmap.models.fields import line, one_of, prose, readable_text, word_of


def tag_list(tags: object) -> None:
    """Refuse what is not a list of distinct, sorted, non-empty tags."""
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise ValidationError("Tags are a list of words.", code="tags")
    if len(tags) > TAGS_LIMIT:
        raise ValidationError(f"No more than {TAGS_LIMIT} tags.", code="tags")
    for tag in tags:
        readable_text(tag)
        if not tag.strip() or len(tag) > TAG_LIMIT:
            raise ValidationError(f"A tag has 1 to {TAG_LIMIT} characters.", code="tags")
    if tags != sorted(set(tags)):
        raise ValidationError("Tags are sorted, and none is said twice.", code="tags")


class Statement(Element):
    """A sentence that can be true or false."""

    key = key_of("CEK")
    kind = one_of(Kind)
    text = prose(help_text="One sentence that can be true or false, clear without its context.")
    title = line(blank=True, max_length=TITLE_LIMIT, help_text="A short name for the drawing.")
    note = prose(blank=True, help_text="Why it is worded, graded or weighed this way.")
    likelihood = one_of(Likelihood, blank=True, help_text="How probable it is (ICD 203).")
    confidence = one_of(Confidence, blank=True, help_text="How well founded that judgement is.")
    credibility = one_of(Credibility, blank=True, help_text="Admiralty grade of the information.")
    base_score = models.FloatField(
        null=True,
        blank=True,
        validators=[MinValueValidator(0.0), MaxValueValidator(1.0)],
        help_text="Weight before the graph speaks, 0 to 1. Empty: derived from the grades.",
    )
    status = one_of(Status, default=Status.DRAFT.value)
    tags = models.JSONField(default=list, blank=True, validators=[tag_list])
    foreign = models.JSONField(default=dict, blank=True, editable=False)

    of_kind: ClassVar[Kind | None] = None

    class Meta:
        ordering = ["map", *NATURAL_ORDER]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="statement_key"),
            models.CheckConstraint(condition=word_of("kind", Kind), name="statement_kind"),
            models.CheckConstraint(condition=~models.Q(text=""), name="statement_says_something"),
            models.CheckConstraint(
                condition=word_of("likelihood", Likelihood, blank=True),
                name="statement_likelihood",
            ),
            models.CheckConstraint(
                condition=word_of("confidence", Confidence, blank=True),
                name="statement_confidence",
            ),
            models.CheckConstraint(
                condition=word_of("credibility", Credibility, blank=True),
                name="statement_credibility",
            ),
            models.CheckConstraint(condition=word_of("status", Status), name="statement_status"),
            models.CheckConstraint(
                condition=models.Q(base_score__isnull=True)
                | models.Q(base_score__gte=0.0, base_score__lte=1.0),
                name="statement_base_score",
            ),
        ]
        # Lists of one kind are counted and put in order by it, without a look at the rows.
        indexes = [models.Index(fields=["map", "kind", "key"], name="statement_by_kind")]

    def __str__(self) -> str:
        return f"{self.key} {self.title or self.text}"[:120]


S = TypeVar("S", bound=Statement)


class OfKind(models.Manager[S]):
    """The statements of one kind: the proxies' manager."""

    def get_queryset(self) -> models.QuerySet[S]:
        """Return the rows of the proxy's kind."""
        return super().get_queryset().filter(kind=self.model.of_kind)


class Claim(Statement):
    """A statement argued for."""

    of_kind: ClassVar[Kind | None] = Kind.CLAIM
    objects: ClassVar[OfKind[Self]] = OfKind()

    class Meta:
        proxy = True


class Evidence(Statement):
    """A statement that rests on a source."""

    of_kind: ClassVar[Kind | None] = Kind.EVIDENCE
    objects: ClassVar[OfKind[Self]] = OfKind()

    class Meta:
        proxy = True
        verbose_name_plural = "evidence"


class Counterargument(Statement):
    """A statement brought against another, or against an inference."""

    of_kind: ClassVar[Kind | None] = Kind.COUNTERARGUMENT
    objects: ClassVar[OfKind[Self]] = OfKind()

    class Meta:
        proxy = True
