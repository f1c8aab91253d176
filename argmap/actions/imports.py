"""Bringing in a whole map: all of it, or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from argmap.actions import records
from argmap.actions.base import validate, write_change
from argmap.actions.maps import insert_map
from argmap.core import graph as core
from argmap.core.formats import native
from argmap.core.kinds import Role, Verb, Visibility
from argmap.models import (
    ArgumentMap,
    ChangeItem,
    Element,
    Excerpt,
    Inference,
    KeyCounter,
    Membership,
    Premise,
    Scheme,
    Source,
    Statement,
)

E = TypeVar("E", bound=Element)

BATCH = 500


@dataclass(frozen=True)
class Imported:
    """The map that an import made, and the schemes that it had to make, bare, for it."""

    map: ArgumentMap
    new_schemes: tuple[str, ...]


def import_graph(
    *,
    actor: User | None,
    graph: core.Graph,
    owner: User | None = None,
    slug: str = "",
    visibility: Visibility = Visibility.PRIVATE,
) -> Imported:
    """Make a map of `graph`, with its keys and its version. Without an owner it is nobody's.

    `graph` must have no `problems.violations`. Raises ValidationError, with the place, where the
    tables refuse what the format allows.
    """
    with transaction.atomic():
        argument_map = _insert_own_fields(graph, slug, visibility)
        if owner is not None:
            Membership.objects.create(map=argument_map, user=owner, role=Role.OWNER)
        schemes, new = _schemes(graph)
        sources = _insert_sources(argument_map, graph)
        statements = _insert_statements(argument_map, graph)
        _insert_excerpts(argument_map, graph, sources, statements)
        _insert_inferences(argument_map, graph, schemes, statements)
        _raise_counters(argument_map, graph)
        write_change(argument_map, actor=actor, verb=Verb.IMPORT, items=_items(argument_map, graph))
    return Imported(argument_map, new)


def _insert_own_fields(graph: core.Graph, slug: str, visibility: Visibility) -> ArgumentMap:
    argument_map = ArgumentMap(
        title=graph.title,
        issue=graph.issue,
        summary=graph.summary,
        marking=graph.marking,
        visibility=visibility,
        version=graph.version,
        activity=1,
        foreign=dict(graph.foreign),
    )
    return insert_map(argument_map, slug or graph.slug or slugify(graph.title) or "map")


def _schemes(graph: core.Graph) -> tuple[dict[str, Scheme], tuple[str, ...]]:
    """Return the schemes that the inferences name; make those that are not there."""
    wanted = {inference.scheme for inference in graph.inferences if inference.scheme}
    found = Scheme.objects.in_bulk(wanted, field_name="slug")
    new = sorted(wanted - found.keys())
    for slug in new:
        scheme = Scheme(slug=slug, name=slug.replace("-", " ").capitalize())
        validate(scheme)
        scheme.save(force_insert=True)
        found[slug] = scheme
    return found, tuple(new)


def _insert_sources(argument_map: ArgumentMap, graph: core.Graph) -> dict[str, Source]:
    rows = [
        Source(
            map=argument_map,
            key=source.key,
            changed_in=graph.version,
            title=source.title,
            authors=list(source.authors),
            publisher=source.publisher,
            published=source.published or "",
            url=source.url or "",
            note=source.note,
            reliability=source.reliability or "",
            sha256=source.sha256 or "",
            media_type=source.media_type,
            foreign=dict(source.foreign),
        )
        for source in graph.sources
    ]
    return _insert(Source, rows, "sources")


def _insert_statements(argument_map: ArgumentMap, graph: core.Graph) -> dict[str, Statement]:
    rows = [
        Statement(
            map=argument_map,
            key=statement.key,
            changed_in=graph.version,
            kind=statement.kind,
            text=statement.text,
            title=statement.title,
            note=statement.note,
            likelihood=statement.likelihood or "",
            confidence=statement.confidence or "",
            credibility=statement.credibility or "",
            base_score=statement.base_score,
            status=statement.status,
            tags=sorted(statement.tags),
            foreign=dict(statement.foreign),
        )
        for statement in graph.statements
    ]
    return _insert(Statement, rows, "statements")


def _insert_excerpts(
    argument_map: ArgumentMap,
    graph: core.Graph,
    sources: dict[str, Source],
    statements: dict[str, Statement],
) -> None:
    rows = [
        Excerpt(
            map=argument_map,
            key=excerpt.key,
            changed_in=graph.version,
            statement=statements[statement.key],
            source=sources[excerpt.source],
            locator=asdict(excerpt.locator) if excerpt.locator else None,
            exact=excerpt.exact,
            prefix=excerpt.prefix,
            suffix=excerpt.suffix,
            start=excerpt.start,
            end=excerpt.end,
            sha256=excerpt.sha256 or "",
        )
        for statement in graph.statements
        for excerpt in statement.excerpts
    ]
    _insert(Excerpt, rows, "excerpts")


def _insert_inferences(
    argument_map: ArgumentMap,
    graph: core.Graph,
    schemes: dict[str, Scheme],
    statements: dict[str, Statement],
) -> None:
    """Insert the inferences, those that others bear on before those others."""
    rows: dict[str, Inference] = {}
    for level in _levels(graph):
        made = [
            Inference(
                map=argument_map,
                key=inference.key,
                changed_in=graph.version,
                stance=inference.stance,
                conclusion_statement=statements.get(inference.conclusion),
                conclusion_inference=rows.get(inference.conclusion),
                scheme=schemes.get(inference.scheme or ""),
                warrant=inference.warrant,
                weight=inference.weight,
                foreign=dict(inference.foreign),
            )
            for inference in level
        ]
        rows.update(_insert(Inference, made, "inferences"))
    Premise.objects.bulk_create(
        (
            Premise(inference=rows[inference.key], statement=statements[premise], order=place)
            for inference in graph.inferences
            for place, premise in enumerate(inference.premises, start=1)
        ),
        batch_size=BATCH,
    )


def _levels(graph: core.Graph) -> Iterable[list[core.Inference]]:
    """Yield the inferences on statements, then those on these, and so on."""
    level = [inference for inference in graph.inferences if not inference.bears_on_inference]
    while level:
        yield level
        level = [above for inference in level for above in graph.bearing_on(inference.key)]


def _insert(model: type[E], rows: list[E], name: str) -> dict[str, E]:
    """Validate and insert rows; return them by key. The place of a refusal is in its message."""
    for number, row in enumerate(rows):
        try:
            validate(row)
        except ValidationError as error:
            field, messages = next(iter(error.message_dict.items()))
            raise ValidationError(f"{name}[{number}].{field}: {messages[0]}") from error
    made = model._default_manager.bulk_create(rows, batch_size=BATCH)
    return {row.key: row for row in made}


def _raise_counters(argument_map: ArgumentMap, graph: core.Graph) -> None:
    """Let no key that the file uses be handed out again."""
    last: dict[str, int] = defaultdict(int)
    keys = [
        *graph.source,
        *graph.statement,
        *graph.inference,
        *(excerpt.key for statement in graph.statements for excerpt in statement.excerpts),
    ]
    for letter, number in map(core.key_order, keys):
        last[letter] = max(last[letter], number)
    KeyCounter.objects.bulk_create(
        KeyCounter(map=argument_map, letter=letter, last=number) for letter, number in last.items()
    )


def _items(argument_map: ArgumentMap, graph: core.Graph) -> list[ChangeItem]:
    """Return the log's lines for all that was made, without asking the database for it again."""
    made = [("map", argument_map.slug, records.record(argument_map))]
    made += [("source", row.key, records.of_source(row, 0)) for row in graph.sources]
    for statement in graph.statements:
        made.append(("statement", statement.key, records.of_statement(statement)))
        made += [
            ("excerpt", excerpt.key, records.of_excerpt(excerpt, statement.key))
            for excerpt in statement.excerpts
        ]
    made += [
        ("inference", inference.key, native.inference_record(inference))
        for inference in graph.inferences
    ]
    return [ChangeItem(type=type_, key=key, after=after) for type_, key, after in made]
