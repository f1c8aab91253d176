"""The structure of a map without its words: enough to choose what a drawing shows.

A page reads the frame of a map, chooses a view of it, and then reads the words of the few elements
that the view shows. Frames are kept in the process, since those of large maps take time to read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from argmap import models
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance
from argmap.graphs.log import is_framed_as_at
from argmap.graphs.shelf import Shelf
from argmap.graphs.steady import at_one_version, is_committed
from argmap.models import ArgumentMap, Prepared

MOST_KEPT = 200_000
"""Statements and inferences of all frames that are kept, each about 0.5 kB with its indexes."""

_NOTHING: dict[str, Any] = {}
_KIND = {kind.value: kind for kind in Kind}
_STANCE = {stance.value: stance for stance in Stance}


class Kept(NamedTuple):
    """A frame, and the version and the activity of the map at which it was read."""

    version: int
    activity: int
    frame: Graph

    @property
    def size(self) -> int:
        """How many elements it has."""
        return len(self.frame.statements) + len(self.frame.inferences)


kept: Shelf[Kept] = Shelf(MOST_KEPT)


def load_frame(argument_map: ArgumentMap) -> Graph:
    """Return the graph of a map without its words, all of it at one version.

    It has each statement's kind, and of inferences all but their weights and what is foreign; no
    text, grade or source, and none of the map's own fields. Three queries, whatever the size:
    statements, inferences with their premises, and the version again. None while it is kept, and
    one, of the log, where what came after it left it as it is. Raises TornRead where the map
    changes faster than it can be read.

    Where it is not committed, a frame is neither kept nor taken from those that are.
    """
    found = kept_frame(argument_map)
    if found is None:
        found = at_one_version(argument_map, lambda: read_frame(argument_map))
        keep_frame(argument_map, found)
    return found


def kept_frame(argument_map: ArgumentMap) -> Graph | None:
    """Return the frame that is kept of a map, where it is still that of the map's version."""
    known = kept.get(argument_map.uuid) if is_committed() else None
    if known is None or known.version == argument_map.version:
        return known and known.frame
    if not is_framed_as_at(argument_map, known.version, known.activity):
        return None
    keep_frame(argument_map, known.frame)
    return known.frame


def keep_frame(argument_map: ArgumentMap, frame: Graph) -> None:
    """Keep the frame of a map as it is at its version, where that is committed."""
    if is_committed():
        found = Kept(argument_map.version, argument_map.activity, frame)
        kept.keep(argument_map.uuid, found)


def read_frame(argument_map: ArgumentMap) -> Graph:
    """Read a frame, which may be torn: two queries."""
    rows = _statements(argument_map.pk)
    return Graph(
        statements=tuple(bare_statement(key, kind) for _, key, kind in rows),
        inferences=tuple(_inferences(argument_map, {pk: key for pk, key, _ in rows})),
    )


@lru_cache(maxsize=2**16)  # the same keys stand in every version of every map
def bare_statement(key: str, kind: str) -> Statement:
    """Return a statement of which no more than this is known."""
    return Statement(key=key, kind=_KIND[kind], text="", foreign=_NOTHING)


@Prepared
def _statements(argument_map: int) -> QuerySet[models.Statement, Any]:
    statements = models.Statement.objects.filter(map=argument_map)
    return statements.order_by().values_list("pk", "key", "kind")


def _inferences(argument_map: ArgumentMap, statement: dict[int, str]) -> Iterator[Inference]:
    """Yield the inferences; `statement` are keys by primary key."""
    premises: dict[Any, list[str]] = defaultdict(list)
    for row in _steps(argument_map.pk):
        found = premises[row[1:]]
        if row[0] is not None:
            found.append(statement[row[0]])
    inference = {step[0]: step[1] for step in premises}
    for (_, key, stance, met, joint, scheme, warrant), found in premises.items():
        yield Inference(
            key=key,
            stance=_STANCE[stance],
            premises=tuple(found),
            conclusion=statement[met] if met else inference[joint],
            scheme=scheme,
            warrant=warrant,
            foreign=_NOTHING,
        )


@Prepared
def _steps(argument_map: int) -> QuerySet[models.Inference, Any]:
    """Ask for a row for each premise: half the rows and half the time of two queries."""
    inferences = models.Inference.objects.filter(map=argument_map)
    return inferences.order_by("premises__order").values_list(
        "premises__statement",
        "pk",
        "key",
        "stance",
        "conclusion_statement",
        "conclusion_inference",
        "scheme__slug",
        "warrant",
    )
