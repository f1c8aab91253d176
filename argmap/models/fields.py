"""Small parts that several tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from argmap.core.limits import LINE_LIMIT, TEXT_LIMIT
from argmap.core.text import forbidden_character

if TYPE_CHECKING:
    from argmap.core.kinds import Word


def readable_text(value: str) -> None:
    """Refuse what no browser, XML file or PostgreSQL text column can hold (NUL and its like)."""
    found = forbidden_character(value)
    if found is not None:
        raise ValidationError(
            "The character U+%(code)04X at position %(place)d cannot be kept in a text.",
            code="forbidden_character",
            params={"code": ord(value[found]), "place": found + 1},
        )


def line(**options: Any) -> models.CharField[str, str]:
    """Return a column for one line of text."""
    options.setdefault("max_length", LINE_LIMIT)
    return models.CharField(validators=[readable_text], **options)


def prose(**options: Any) -> models.TextField[str, str]:
    """Return a column for running text; the limit holds in forms and in actions."""
    limit = options.setdefault("max_length", TEXT_LIMIT)
    return models.TextField(validators=[readable_text, MaxLengthValidator(limit)], **options)


def optional_prose(limit: int) -> models.TextField[str | None, str | None]:
    """Return a column for running text that may be unknown, which is not the same as empty."""
    return models.TextField(
        null=True,
        blank=True,
        max_length=limit,
        validators=[readable_text, MaxLengthValidator(limit)],
    )


def one_of(vocabulary: type[Word], **options: Any) -> models.CharField[str, str]:
    """Return a column for a word of a vocabulary."""
    longest = max(len(word.value) for word in vocabulary)
    return models.CharField(max_length=longest, choices=vocabulary.choices(), **options)


def word_of(field: str, vocabulary: type[Word], *, blank: bool = False) -> models.Q:
    """Return the condition that `field` holds a word of `vocabulary`, for a check constraint."""
    words = [word.value for word in vocabulary]
    return models.Q(**{f"{field}__in": [*words, ""] if blank else words})
