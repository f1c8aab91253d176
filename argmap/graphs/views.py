"""The words of a view: read for what it shows, however large the rest of the map is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

from argmap.core.focus import View
from argmap.core.graph import Excerpt, Graph, Inference, Source, Statement, in_key_order
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Reliability, Status
from argmap.graphs.frames import load_frame
from argmap.graphs.rows import own_fields
from argmap.graphs.steady import at_one_version
from argmap.models import ArgumentMap


def load_view(argument_map: ArgumentMap, choose: Callable[[Graph], View]) -> View:
    """Return the view that `choose` makes of a map's frame, with the words of what it shows.

    It has what drawings and outlines say: of statements neither notes, tags nor base scores, of
    inferences no weights, of either nothing foreign; of excerpts and sources what a grade is made
    of, their keys and the source's reliability. Eight queries, four where the frame is kept: those
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
        **own_fields(argument_map),
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
    """Return the statements (one query); to make a row of each would take thrice as long."""
    rows = argument_map.statements.filter(key__in=shown.statement).order_by()
    return tuple(
        Statement(
            key=key,
            kind=Kind(kind),
            text=text,
            title=title,
            likelihood=Likelihood(likelihood) if likelihood else None,
            confidence=Confidence(confidence) if confidence else None,
            credibility=Credibility(credibility) if credibility else None,
            status=Status(status),
            excerpts=in_key_order(excerpts.get(key, ())),
        )
        for key, kind, text, title, likelihood, confidence, credibility, status in rows.values_list(
            "key", "kind", "text", "title", "likelihood", "confidence", "credibility", "status"
        )
    )


def _inferences(argument_map: ArgumentMap, shown: Graph) -> tuple[Inference, ...]:
    """Return the inferences, as the frame joins them (one query)."""
    rows = argument_map.inferences.filter(key__in=shown.inference).order_by()
    joined = shown.inference
    return tuple(
        replace(joined[key], scheme=scheme, warrant=warrant) if scheme or warrant else joined[key]
        for key, scheme, warrant in rows.values_list("key", "scheme__slug", "warrant")
    )
