"""The words of a view: read for what it shows, however large the rest of the map is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from argmap import models
from argmap.core.focus import View
from argmap.core.graph import Excerpt, Graph, Source, Statement, in_key_order
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Reliability, Status
from argmap.core.walk import worded
from argmap.graphs.frames import keep_frame, kept_frame, read_frame
from argmap.graphs.rows import own_fields
from argmap.graphs.steady import at_one_version
from argmap.models import ArgumentMap, Prepared


def load_view(argument_map: ArgumentMap, choose: Callable[[Graph], View]) -> View:
    """Return the view that `choose` makes of a map's frame, with the words of what it shows.

    It has what drawings and outlines say: of statements neither notes, tags nor base scores, of
    inferences no weights, of either nothing foreign; of excerpts and sources what a grade is made
    of, their keys and the source's reliability. Four queries: the two of a frame, none where it is
    kept, or one of the log; then statements with their excerpts and sources, and the version again.
    Raises TornRead where the map changes faster than it can be read, and whatever `choose` raises.
    """

    def read() -> tuple[Graph, View]:
        frame = kept_frame(argument_map) or read_frame(argument_map)
        return frame, _filled(argument_map, choose(frame))

    frame, view = at_one_version(argument_map, read)
    keep_frame(argument_map, frame)
    return view


def _filled(argument_map: ArgumentMap, view: View) -> View:
    statements, sources = _shown(argument_map, view.graph)
    filled = worded(view.graph, **own_fields(argument_map), sources=sources, statements=statements)
    return replace(view, graph=filled)


def _shown(
    argument_map: ArgumentMap, shown: Graph
) -> tuple[tuple[Statement, ...], tuple[Source, ...]]:
    """Return the statements that are shown, and the sources that they have excerpts of.

    One query, a row for each excerpt: to make a row of each model would take thrice as long.
    """
    rows = _worded(argument_map.pk, tuple(shown.statement))
    sources: dict[str, Source] = {}
    excerpts: dict[Any, list[Excerpt]] = defaultdict(list)
    for row in rows:
        resting = excerpts[row[3:]]
        if row[0] is not None:
            excerpt, source, reliability = row[:3]
            grade = Reliability(reliability) if reliability else None
            sources[source] = Source(key=source, title="", reliability=grade)
            resting.append(Excerpt(key=excerpt, source=source))
    statements = [said(words, in_key_order(found)) for words, found in excerpts.items()]
    return tuple(statements), tuple(sources.values())


@Prepared
def _worded(argument_map: int, keys: tuple[str, ...]) -> QuerySet[models.Statement, Any]:
    statements = models.Statement.objects.filter(map=argument_map, key__among=keys)
    return statements.order_by().values_list(
        "excerpts__key",
        "excerpts__source__key",
        "excerpts__source__reliability",
        "key",
        "kind",
        "text",
        "title",
        "likelihood",
        "confidence",
        "credibility",
        "status",
    )


# Most statements of a view are those of the view before it: to find one takes a sixth of the time
# of making it, and the memo of boxes then knows it at sight. One takes 0.5 kB and its text.
@lru_cache(maxsize=2_048)
def said(words: tuple[Any, ...], excerpts: tuple[Excerpt, ...]) -> Statement:
    """Return the statement that a row of `_shown` is read of, which rests on `excerpts`."""
    key, kind, text, title, likelihood, confidence, credibility, status = words
    return Statement(
        key=key,
        kind=Kind(kind),
        text=text,
        title=title,
        likelihood=Likelihood(likelihood) if likelihood else None,
        confidence=Confidence(confidence) if confidence else None,
        credibility=Credibility(credibility) if credibility else None,
        status=Status(status),
        excerpts=excerpts,
    )
