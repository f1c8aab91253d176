"""From rows to the core's values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import QuerySet

from argmap import models
from argmap.core import graph as core
from argmap.core.kinds import (
    Confidence,
    Credibility,
    Kind,
    Likelihood,
    Marking,
    Reliability,
    Stance,
    Status,
    Word,
)

W = TypeVar("W", bound=Word)


def _word(vocabulary: type[W], stored: str) -> W | None:
    return vocabulary(stored) if stored else None


def source_of(row: models.Source) -> core.Source:
    """Return the core's value for a row of sources; the document's text stays behind."""
    return core.Source(
        key=row.key,
        title=row.title,
        authors=tuple(row.authors),
        publisher=row.publisher,
        published=row.published or None,
        url=row.url or None,
        note=row.note,
        reliability=_word(Reliability, row.reliability),
        sha256=row.sha256 or None,
        media_type=row.media_type,
        foreign=row.foreign,
    )


def excerpt_of(row: models.Excerpt, source_key: str) -> core.Excerpt:
    """Return the core's value for a row of excerpts of the source that has `source_key`."""
    return core.Excerpt(
        key=row.key,
        source=source_key,
        locator=core.Locator(**row.locator) if row.locator else None,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        start=row.start,
        end=row.end,
        sha256=row.sha256 or None,
    )


def statement_of(row: models.Statement, excerpts: Iterable[core.Excerpt] = ()) -> core.Statement:
    """Return the core's value for a row of statements."""
    return core.Statement(
        key=row.key,
        kind=Kind(row.kind),
        text=row.text,
        title=row.title,
        note=row.note,
        likelihood=_word(Likelihood, row.likelihood),
        confidence=_word(Confidence, row.confidence),
        credibility=_word(Credibility, row.credibility),
        base_score=row.base_score,
        status=Status(row.status),
        tags=tuple(row.tags),
        excerpts=tuple(excerpts),
        foreign=row.foreign,
    )


def inference_of(
    row: models.Inference, premises: Iterable[str], conclusion: str, scheme: str | None
) -> core.Inference:
    """Return the core's value for a row of inferences, given the keys that it joins."""
    return core.Inference(
        key=row.key,
        stance=Stance(row.stance),
        premises=tuple(premises),
        conclusion=conclusion,
        scheme=scheme,
        warrant=row.warrant,
        weight=row.weight,
        foreign=row.foreign,
    )


def own_fields(argument_map: models.ArgumentMap) -> dict[str, Any]:
    """Return the map's own members, as the core's Graph names them."""
    return {
        "slug": argument_map.slug,
        "title": argument_map.title,
        "issue": argument_map.issue,
        "summary": argument_map.summary,
        "marking": Marking(argument_map.marking),
        "version": argument_map.version,
        "foreign": argument_map.foreign,
    }


def scheme_names() -> dict[str, str]:
    """Return the names of all schemes by slug (one query).

    They are some dozens; to ask which of them a map uses would take a look at each inference.
    """
    return dict(_schemes())


@models.Prepared
def _schemes() -> QuerySet[models.Scheme, Any]:
    return models.Scheme.objects.order_by("slug").values_list("slug", "name")
