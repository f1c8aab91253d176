"""From the core's values to rows: one place for imports, pastes, and what an undo puts back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.core.exceptions import ValidationError

from argmap.actions.base import validate
from argmap.core import graph as core
from argmap.models import (
    ArgumentMap,
    Element,
    Excerpt,
    Inference,
    Premise,
    Scheme,
    Source,
    Statement,
)

E = TypeVar("E", bound=Element)

BATCH = 500

Columns = dict[str, Any]


def source_columns(source: core.Source) -> Columns:
    """Return what a row of sources holds of `source`, its key and its text left out."""
    return {
        "title": source.title,
        "authors": list(source.authors),
        "publisher": source.publisher,
        "published": source.published or "",
        "url": source.url or "",
        "note": source.note,
        "reliability": source.reliability or "",
        "sha256": source.sha256 or "",
        "media_type": source.media_type,
        "foreign": dict(source.foreign),
    }


def statement_columns(statement: core.Statement) -> Columns:
    """Return what a row of statements holds of `statement`, its key left out."""
    return {
        "kind": statement.kind,
        "text": statement.text,
        "title": statement.title,
        "note": statement.note,
        "likelihood": statement.likelihood or "",
        "confidence": statement.confidence or "",
        "credibility": statement.credibility or "",
        "base_score": statement.base_score,
        "status": statement.status,
        "tags": sorted(statement.tags),
        "foreign": dict(statement.foreign),
    }


def excerpt_columns(excerpt: core.Excerpt) -> Columns:
    """Return what a row of excerpts holds of `excerpt`, its key and what it joins left out."""
    return {
        "locator": asdict(excerpt.locator) if excerpt.locator else None,
        "exact": excerpt.exact,
        "prefix": excerpt.prefix,
        "suffix": excerpt.suffix,
        "start": excerpt.start,
        "end": excerpt.end,
        "sha256": excerpt.sha256 or "",
    }


class Writer:
    """Inserts values into one map, many at a time, all stamped with one version.

    It knows the rows that it made by their keys; those that they lean on and that were there
    before are put beside them. Where the tables refuse a value, it raises ValidationError with
    the place: "statements[3].text: …". `first` is the place of the first of those that are given,
    where these are a part of a longer list.
    """

    def __init__(self, argument_map: ArgumentMap, version: int) -> None:
        self.map = argument_map
        self.version = version
        self.sources: dict[str, Source] = {}
        self.statements: dict[str, Statement] = {}
        self.excerpts: dict[str, Excerpt] = {}
        self.inferences: dict[str, Inference] = {}
        self.schemes: dict[str, Scheme] = {}

    def insert_sources(self, sources: Sequence[core.Source], first: int = 0) -> None:
        """Insert sources, without their texts."""
        rows = [Source(**self._named(source), **source_columns(source)) for source in sources]
        self.sources |= _insert(Source, rows, "sources", first)

    def insert_statements(self, statements: Sequence[core.Statement], first: int = 0) -> None:
        """Insert statements, without their excerpts."""
        rows = [Statement(**self._named(each), **statement_columns(each)) for each in statements]
        self.statements |= _insert(Statement, rows, "statements", first)

    def insert_excerpts(self, excerpts: Sequence[tuple[str, core.Excerpt]], first: int = 0) -> None:
        """Insert excerpts, each beside the key of its statement."""
        rows = [
            Excerpt(
                **self._named(excerpt),
                statement=self.statements[statement],
                source=self.sources[excerpt.source],
                **excerpt_columns(excerpt),
            )
            for statement, excerpt in excerpts
        ]
        self.excerpts |= _insert(Excerpt, rows, "excerpts", first)

    def insert_inferences(self, inferences: Sequence[core.Inference], first: int = 0) -> None:
        """Insert inferences with their premises, those that others bear on before those others."""
        for level in levels(inferences):
            made = list(map(self._inference, level))
            self.inferences |= _insert(Inference, made, "inferences", first)
            first += len(made)
        Premise.objects.bulk_create(
            (
                Premise(
                    inference=self.inferences[inference.key],
                    statement=self.statements[premise],
                    order=place,
                )
                for inference in inferences
                for place, premise in enumerate(inference.premises, start=1)
            ),
            batch_size=BATCH,
        )

    def _inference(self, inference: core.Inference) -> Inference:
        return Inference(
            **self._named(inference),
            stance=inference.stance,
            conclusion_statement=self.statements.get(inference.conclusion),
            conclusion_inference=self.inferences.get(inference.conclusion),
            scheme=self.schemes.get(inference.scheme or ""),
            warrant=inference.warrant,
            weight=inference.weight,
            foreign=dict(inference.foreign),
        )

    def _named(
        self, value: core.Source | core.Statement | core.Excerpt | core.Inference
    ) -> Columns:
        return {"map": self.map, "key": value.key, "changed_in": self.version}


def levels(inferences: Collection[core.Inference]) -> Iterator[list[core.Inference]]:
    """Yield the inferences that bear on none of the others, then those on these, and so on."""
    here = {inference.key for inference in inferences}
    bearing_on: Mapping[str, list[core.Inference]] = defaultdict(list)
    for inference in inferences:
        bearing_on[inference.conclusion].append(inference)
    level = [inference for inference in inferences if inference.conclusion not in here]
    while level:
        yield level
        level = [above for inference in level for above in bearing_on.get(inference.key, ())]


def _insert(model: type[E], rows: list[E], name: str, first: int) -> dict[str, E]:
    """Validate and insert rows; return them by key. The place of a refusal is in its message."""
    for number, row in enumerate(rows, start=first):
        try:
            validate(row)
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise ValidationError(f"{name}[{number}].{field}: {messages[0]}") from error
    made = model._default_manager.bulk_create(rows, batch_size=BATCH)
    return {row.key: row for row in made}
