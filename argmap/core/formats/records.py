"""Elements as the records of the native format, and back.

A record is a JSON object. What a record leaves out takes the default of the element's class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from argmap.core.graph import (
    Excerpt,
    Foreign,
    Graph,
    Inference,
    Locator,
    Source,
    Statement,
    key_order,
)
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

WHOLE_FROM = 1e16
"""From here on every float is whole, and PostgreSQL's jsonb gives it back as an integer."""


def map_record(graph: Graph) -> dict[str, Any]:
    """Return the map's own fields as the format writes them."""
    return {
        "slug": graph.slug,
        "title": graph.title,
        "issue": graph.issue,
        "summary": graph.summary,
        "marking": graph.marking.value,
        "version": graph.version,
        **_foreign(graph.foreign),
    }


def source_record(source: Source) -> dict[str, Any]:
    """Return a source as the format writes it; media type and note only where there is one."""
    extra = {"media_type": source.media_type, "note": source.note}
    return {
        "key": source.key,
        "title": source.title,
        "authors": list(source.authors),
        "publisher": source.publisher,
        "published": source.published,
        "url": source.url,
        "reliability": _value(source.reliability),
        "sha256": source.sha256,
        **{name: text for name, text in extra.items() if text},
        **_foreign(source.foreign),
    }


def statement_record(statement: Statement) -> dict[str, Any]:
    """Return a statement, excerpts included, as the format writes it."""
    excerpts = sorted(statement.excerpts, key=lambda excerpt: key_order(excerpt.key))
    return {
        "key": statement.key,
        "kind": statement.kind.value,
        "title": statement.title,
        "text": statement.text,
        "note": statement.note,
        "likelihood": _value(statement.likelihood),
        "confidence": _value(statement.confidence),
        "credibility": _value(statement.credibility),
        "base_score": None if statement.base_score is None else _figure(statement.base_score),
        "status": statement.status.value,
        "tags": sorted(set(statement.tags)),
        "excerpts": [excerpt_record(excerpt) for excerpt in excerpts],
        **_foreign(statement.foreign),
    }


def excerpt_record(excerpt: Excerpt) -> dict[str, Any]:
    """Return an excerpt as the format writes it."""
    return {
        "key": excerpt.key,
        "source": excerpt.source,
        "locator": None if excerpt.locator is None else locator_record(excerpt.locator),
        "exact": excerpt.exact,
        "prefix": excerpt.prefix,
        "suffix": excerpt.suffix,
        "start": excerpt.start,
        "end": excerpt.end,
        "sha256": excerpt.sha256,
    }


def locator_record(locator: Locator) -> dict[str, Any]:
    """Return a locator as the format, and the table of excerpts, writes it."""
    return {
        "section": locator.section,
        "paragraph": locator.paragraph,
        "sentence": locator.sentence,
        "last_sentence": locator.last_sentence,
        "length": locator.length,
    }


def inference_record(inference: Inference) -> dict[str, Any]:
    """Return an inference as the format writes it."""
    return {
        "key": inference.key,
        "stance": inference.stance.value,
        "premises": list(inference.premises),
        "conclusion": inference.conclusion,
        "scheme": inference.scheme,
        "warrant": inference.warrant,
        "weight": _figure(inference.weight),
        **_foreign(inference.foreign),
    }


def source_from(record: Mapping[str, Any]) -> Source:
    """Return the source that a valid record stands for."""
    return Source(**_read(record, _SOURCE))


def statement_from(record: Mapping[str, Any]) -> Statement:
    """Return the statement that a valid record stands for, tags and excerpts in order."""
    return Statement(**_read(record, _STATEMENT))


def excerpt_from(record: Mapping[str, Any]) -> Excerpt:
    """Return the excerpt that a valid record stands for."""
    return Excerpt(**_read(record, _EXCERPT))


def locator_from(record: Mapping[str, Any]) -> Locator:
    """Return the locator that a valid record stands for."""
    return Locator(**_read(record, _LOCATOR))


def inference_from(record: Mapping[str, Any]) -> Inference:
    """Return the inference that a valid record stands for."""
    return Inference(**_read(record, _INFERENCE))


def map_fields_from(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return the map's own fields, as arguments of Graph, that a valid record stands for."""
    return _read(record, _MAP)


def plain(value: Any) -> Any:
    """Return a foreign value in the one form that every database gives back as it was.

    Members are sorted (jsonb does not keep their order), zero has no sign, and floats of 1e16 and
    more are integers.
    """
    if isinstance(value, Mapping):
        return {name: plain(value[name]) for name in sorted(value)}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, float):
        # By its shortest digits, as jsonb reads them: int() of a float has others after the 17th.
        return int(Decimal(repr(value))) if abs(value) >= WHOLE_FROM else value + 0.0
    return value


def _foreign(foreign: Foreign) -> dict[str, Any]:
    return {"foreign": plain(foreign)} if foreign else {}


def _value(word: Word | None) -> str | None:
    return None if word is None else word.value


def _figure(number: float) -> float:
    """Return the float that is written for `number`: 1.0 for 1, 0.0 for -0.0."""
    return float(number) + 0.0


Reader = Callable[[Any], Any]


def _read(record: Mapping[str, Any], readers: Mapping[str, Reader]) -> dict[str, Any]:
    return {
        name: readers[name](value) if name in readers and value is not None else value
        for name, value in record.items()
    }


def _tags(tags: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(tags)))


def _excerpts(records: list[Mapping[str, Any]]) -> tuple[Excerpt, ...]:
    ordered = sorted(records, key=lambda record: key_order(record["key"]))
    return tuple(excerpt_from(record) for record in ordered)


_MAP: Mapping[str, Reader] = {"marking": Marking, "version": int, "foreign": plain}
_SOURCE: Mapping[str, Reader] = {
    "authors": tuple,
    "reliability": Reliability,
    "foreign": plain,
}
_STATEMENT: Mapping[str, Reader] = {
    "kind": Kind,
    "likelihood": Likelihood,
    "confidence": Confidence,
    "credibility": Credibility,
    "base_score": _figure,
    "status": Status,
    "tags": _tags,
    "excerpts": _excerpts,
    "foreign": plain,
}
_LOCATOR: Mapping[str, Reader] = dict.fromkeys(
    ("paragraph", "sentence", "last_sentence", "length"), int
)
_EXCERPT: Mapping[str, Reader] = {"locator": locator_from, "start": int, "end": int}
_INFERENCE: Mapping[str, Reader] = {
    "stance": Stance,
    "premises": tuple,
    "weight": _figure,
    "foreign": plain,
}
