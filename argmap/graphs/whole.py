"""The whole graph of a map."""

from __future__ import annotations

from collections import defaultdict

from argmap import models
from argmap.core import graph as core
from argmap.graphs.rows import excerpt_of, inference_of, own_fields, source_of, statement_of
from argmap.graphs.steady import at_one_version


def load_graph(argument_map: models.ArgumentMap) -> core.Graph:
    """Return the whole graph of a map, all of it at one version.

    Six queries: sources without their texts, excerpts, statements, inferences with their schemes'
    slugs, premises; and the version again. Raises TornRead where the map changes faster than it
    can be read.
    """
    return at_one_version(argument_map, lambda: _read(argument_map))


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
