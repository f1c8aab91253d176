"""The words of a view: read for what it shows, however large the rest of the map is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from argmap.core.focus import View
from argmap.core.graph import Excerpt, Graph, Inference, Source, Statement, in_key_order
from argmap.core.kinds import Reliability
from argmap.graphs.frames import load_frame
from argmap.graphs.rows import inference_of, statement_of
from argmap.graphs.steady import at_one_version
from argmap.models import ArgumentMap


def load_view(argument_map: ArgumentMap, choose: Callable[[Graph], View]) -> View:
    """Return the view that `choose` makes of a map's frame, with the words of what it shows.

    Its statements and inferences are whole; of excerpts and sources it has what a grade is made
    of: their keys, and the source's reliability. Eight queries, four where the frame is kept: those
    of `load_frame`, then excerpts with sources, statements, inferences with schemes, and the
    version again. Raises TornRead where the map changes faster than it can be read, and whatever
    `choose` raises.
    """
    return at_one_version(
        argument_map, lambda: _filled(argument_map, choose(load_frame(argument_map)))
    )


def _filled(argument_map: ArgumentMap, view: View) -> View:
    sources, excerpts = _excerpts(argument_map, view.graph)
    filled = replace(
        view.graph,
        sources=tuple(sources.values()),
        statements=_statements(argument_map, view.graph, excerpts),
        inferences=_inferences(argument_map, view.graph),
    )
    return replace(view, graph=filled)


def _excerpts(
    argument_map: ArgumentMap, shown: Graph
) -> tuple[dict[str, Source], dict[str, list[Excerpt]]]:
    """Return the sources by key, and the excerpts by their statement's key (one query)."""
    sources: dict[str, Source] = {}
    excerpts: dict[str, list[Excerpt]] = defaultdict(list)
    rows = argument_map.excerpts.filter(statement__key__in=shown.statement).order_by()
    for statement, key, source, reliability in rows.values_list(
        "statement__key", "key", "source__key", "source__reliability"
    ):
        grade = Reliability(reliability) if reliability else None
        sources[source] = Source(key=source, title="", reliability=grade)
        excerpts[statement].append(Excerpt(key=key, source=source))
    return sources, excerpts


def _statements(
    argument_map: ArgumentMap, shown: Graph, excerpts: Mapping[str, list[Excerpt]]
) -> tuple[Statement, ...]:
    rows = argument_map.statements.filter(key__in=shown.statement).order_by()
    return tuple(statement_of(row, in_key_order(excerpts.get(row.key, ()))) for row in rows)


def _inferences(argument_map: ArgumentMap, shown: Graph) -> tuple[Inference, ...]:
    rows = argument_map.inferences.filter(key__in=shown.inference).order_by()
    joined = shown.inference
    return tuple(
        inference_of(
            row,
            joined[row.key].premises,
            joined[row.key].conclusion,
            row.scheme.slug if row.scheme else None,
        )
        for row in rows.select_related("scheme")
    )
