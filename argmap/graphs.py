"""From rows to the core's Graph, in a number of queries that does not grow with the map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, TypeVar

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

TRIES = 5


class TornRead(Exception):
    """Every reading of a map met a write half-way."""


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


def load_graph(argument_map: models.ArgumentMap) -> core.Graph:
    """Return the whole graph of a map, all of it at one version.

    Six queries: sources without their texts, excerpts, statements, inferences with their schemes'
    slugs, premises; and the version again, since someone may have written between the first and
    the last of them. Then all are read anew, and `argument_map` with them.

    Raises TornRead where the map changes faster than it can be read.
    """
    for _ in range(TRIES):
        try:
            graph = _read(argument_map)
        except KeyError:
            graph = None
        if graph is not None and graph.version == _stored_version(argument_map):
            return graph
        argument_map.refresh_from_db()
    raise TornRead(f"The map {argument_map.slug} changes faster than it can be read.")


def _stored_version(argument_map: models.ArgumentMap) -> int:
    stored = models.ArgumentMap.objects.filter(pk=argument_map.pk)
    return stored.values_list("version", flat=True).get()


def _read(argument_map: models.ArgumentMap) -> core.Graph:
    """Read the rows once; a row whose partner came or went meanwhile raises KeyError."""
    sources = {row.pk: row for row in argument_map.sources.order_by().defer("text")}
    excerpts: dict[int, list[core.Excerpt]] = defaultdict(list)
    for row in argument_map.excerpts.order_by():
        excerpts[row.statement_id].append(excerpt_of(row, sources[row.source_id].key))
    statements = {row.pk: row for row in argument_map.statements.order_by()}
    return core.Graph(
        **own_fields(argument_map),
        sources=tuple(source_of(row) for row in sources.values()),
        statements=tuple(
            statement_of(row, core.in_key_order(excerpts.get(pk, ())))
            for pk, row in statements.items()
        ),
        inferences=_inferences(argument_map, {pk: row.key for pk, row in statements.items()}),
    )


def _inferences(
    argument_map: models.ArgumentMap, statement_key: dict[int, str]
) -> tuple[core.Inference, ...]:
    rows = list(argument_map.inferences.order_by().select_related("scheme"))
    inference_key = {row.pk: row.key for row in rows}
    premises: dict[int, list[str]] = defaultdict(list)
    stored = models.Premise.objects.filter(inference__map=argument_map).order_by("order")
    for inference_id, statement_id in stored.values_list("inference_id", "statement_id"):
        premises[inference_id].append(statement_key[statement_id])
    return tuple(
        inference_of(
            row,
            premises[row.pk],
            statement_key[row.conclusion_statement_id]
            if row.conclusion_statement_id
            else inference_key[row.conclusion_inference_id or 0],
            row.scheme.slug if row.scheme else None,
        )
        for row in rows
    )


def scheme_names(argument_map: models.ArgumentMap) -> dict[str, str]:
    """Return the names of the schemes that a map uses, by slug (one query)."""
    used = models.Scheme.objects.filter(inferences__map=argument_map)
    return dict(used.order_by("slug").distinct().values_list("slug", "name"))


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
