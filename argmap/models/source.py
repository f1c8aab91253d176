"""Sources, and the excerpts of them that statements rest on."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from argmap.core.dates import is_reduced_date
from argmap.core.kinds import Reliability
from argmap.core.limits import (
    AUTHORS_LIMIT,
    CONTEXT_LIMIT,
    LINE_LIMIT,
    MEDIA_TYPE_LIMIT,
    SOURCE_TEXT_LIMIT,
    TEXT_LIMIT,
    URL_LIMIT,
)
from argmap.core.text import WEB_ADDRESS
from argmap.models.element import NATURAL_ORDER, Element, key_of
from argmap.models.fields import line, one_of, optional_prose, prose, readable_text, word_of
from argmap.models.statement import Statement

HASH = RegexValidator(r"\A[0-9a-f]{64}\Z", "A SHA-256 is 64 hexadecimal digits.")


def author_list(authors: object) -> None:
    """Refuse what is not a list of names."""
    if not isinstance(authors, list) or not all(isinstance(name, str) for name in authors):
        raise ValidationError("Authors are a list of names.", code="authors")
    if len(authors) > AUTHORS_LIMIT:
        raise ValidationError(f"No more than {AUTHORS_LIMIT} authors.", code="authors")
    for name in authors:
        readable_text(name)
        if not name.strip() or len(name) > LINE_LIMIT:
            raise ValidationError(f"A name has 1 to {LINE_LIMIT} characters.", code="authors")


def reduced_date(value: str) -> None:
    """Refuse what is not 2017, 2017-02 or 2017-02-16."""
    if not is_reduced_date(value):
        raise ValidationError("Write the date as 2017, 2017-02 or 2017-02-16.", code="reduced_date")


class Source(Element):
    """A document. Its text is there or not: a map may cite what it may not copy."""

    key = key_of("S")
    title = line()
    authors = models.JSONField(default=list, blank=True, validators=[author_list])
    publisher = line(blank=True)
    published = models.CharField(
        max_length=10,
        blank=True,
        validators=[reduced_date],
        help_text="As exact as is known: 2017, 2017-02 or 2017-02-16.",
    )
    url = models.CharField(
        max_length=URL_LIMIT,
        blank=True,
        validators=[RegexValidator(rf"\A{WEB_ADDRESS}\Z", "This is no http or https address.")],
        verbose_name="address",
    )
    note = prose(blank=True)
    reliability = one_of(Reliability, blank=True, help_text="Admiralty grade of the source.")
    text = prose(blank=True, max_length=SOURCE_TEXT_LIMIT)
    sha256 = models.CharField(
        max_length=64,
        blank=True,
        validators=[HASH],
        verbose_name="SHA-256",
        help_text="Of the document's file, as it came.",
    )
    media_type = models.CharField(max_length=MEDIA_TYPE_LIMIT, blank=True)
    foreign = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["map", *NATURAL_ORDER]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="source_key"),
            models.CheckConstraint(
                condition=word_of("reliability", Reliability, blank=True),
                name="source_reliability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"[:120]


class Excerpt(Element):
    """A stretch of a source: quoted where its text is here, named by place and hash otherwise."""

    key = key_of("X")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="excerpts")
    source = models.ForeignKey(Source, models.PROTECT, related_name="excerpts")
    locator = models.JSONField(null=True, blank=True)
    exact = optional_prose(TEXT_LIMIT)
    prefix = optional_prose(CONTEXT_LIMIT)
    suffix = optional_prose(CONTEXT_LIMIT)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, validators=[HASH])

    class Meta:
        ordering = ["map", *NATURAL_ORDER]
        constraints = [
            models.UniqueConstraint(fields=["map", "key"], name="excerpt_key"),
            models.CheckConstraint(
                condition=models.Q(start__isnull=True, end__isnull=True)
                | models.Q(start__lte=models.F("end")),
                name="excerpt_start_before_end",
            ),
        ]
