"""The structure of a map without its words: enough to choose what a drawing shows.

A page reads the frame of a map, chooses a view of it, and then reads the words of the few elements
that the view shows. Frames are kept in the process, since those of large maps take time to read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance
from argmap.graphs.log import is_joined_as_at
from argmap.graphs.shelf import Shelf
from argmap.graphs.steady import at_one_version, is_committed
from argmap.models import ArgumentMap, Premise

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

    It has each statement's kind and what each inference joins; no text, grade, scheme or source,
    and none of the map's own fields. Four queries, whatever the size: statements, inferences,
    premises, and the version again. None while it is kept, and one, of the log, where what came
    after it left it as it is. Raises TornRead where the map changes faster than it can be read.

    Where it is not committed, a frame is neither kept nor taken from those that are.
    """
    if not is_committed():
        return _load(argument_map)
    known = kept.get(argument_map.uuid)
    if known is not None and known.version == argument_map.version:
        return known.frame
    if known is not None and is_joined_as_at(argument_map, known.version, known.activity):
        frame = known.frame
    else:
        frame = _load(argument_map)
    kept.keep(argument_map.uuid, Kept(argument_map.version, argument_map.activity, frame))
    return frame


def _load(argument_map: ArgumentMap) -> Graph:
    return at_one_version(argument_map, lambda: _read(argument_map))


def _read(argument_map: ArgumentMap) -> Graph:
    rows = list(argument_map.statements.order_by().values_list("pk", "key", "kind"))
    return Graph(
        statements=tuple(bare_statement(key, kind) for _, key, kind in rows),
        inferences=tuple(_inferences(argument_map, {pk: key for pk, key, _ in rows})),
    )


@lru_cache(maxsize=2**16)  # the same keys stand in every version of every map
def bare_statement(key: str, kind: str) -> Statement:
    """Return a statement of which no more than this is known."""
    return Statement(key=key, kind=_KIND[kind], text="", foreign=_NOTHING)


def _inferences(argument_map: ArgumentMap, statement: dict[int, str]) -> Iterator[Inference]:
    """Yield the inferences; `statement` are keys by primary key."""
    rows = list(
        argument_map.inferences.order_by().values_list(
            "pk", "key", "stance", "conclusion_statement_id", "conclusion_inference_id"
        )
    )
    inference = {row[0]: row[1] for row in rows}
    premises: dict[int, list[str]] = defaultdict(list)
    joined = Premise.objects.filter(inference__map=argument_map).order_by("order")
    for pk, premise in joined.values_list("inference_id", "statement_id"):
        premises[pk].append(statement[premise])
    for pk, key, stance, met, joint in rows:
        yield Inference(
            key=key,
            stance=_STANCE[stance],
            premises=tuple(premises[pk]),
            conclusion=statement[met] if met else inference[joint or 0],
            foreign=_NOTHING,
        )
