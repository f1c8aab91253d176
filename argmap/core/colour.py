"""What the colours of a drawing can say: each box's tone, and the word that says the same.

Colour is never the only sign: shapes say kind, and where boxes are coloured by anything else each
one has a chip with the word.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from argmap.core.graph import Graph, Statement, key_order
from argmap.core.kinds import Stance, Status, Word
from argmap.core.sentences import listed


class Colour(Word):
    """What the boxes of a drawing are coloured by."""

    KIND = "kind"
    STANCE = "stance"
    STATUS = "status"
    SOURCE = "source"


class Tone(StrEnum):
    """A colour that a box can have in place of that of its kind. Values are names in stylesheets."""

    BLUE = "blue"
    ORANGE = "orange"
    GREEN = "green"
    VIOLET = "violet"
    TEAL = "teal"
    PINK = "pink"
    GOLD = "gold"
    BROWN = "brown"
    RED = "red"
    SLATE = "slate"
    GREY = "grey"


class Paint(NamedTuple):
    """The tone of a box, the word of its chip ("" for no chip), and what is heard for it."""

    tone: Tone
    chip: str
    said: str


NO_PAINTS: Mapping[str, Paint] = MappingProxyType({})
"""Boxes have the colours of their kinds."""

_STANCE = {
    frozenset([Stance.SUPPORT]): Paint(Tone.TEAL, "supports", "Supports"),
    frozenset([Stance.ATTACK]): Paint(Tone.RED, "attacks", "Attacks"),
    frozenset(Stance): Paint(Tone.VIOLET, "both", "Supports and attacks"),
    frozenset[Stance](): Paint(Tone.GREY, "", ""),
}
_STATUS = {
    Status.DRAFT: Tone.GREY,
    Status.REVIEWED: Tone.BLUE,
    Status.CONTESTED: Tone.GOLD,
    Status.ACCEPTED: Tone.GREEN,
    Status.REJECTED: Tone.RED,
}
_SOURCES = list(Tone)[:8]
_FURTHER, _NONE = Tone.SLATE, Tone.GREY


def paints(graph: Graph, colour: Colour) -> Mapping[str, Paint]:
    """Return the paint of each statement of a whole map, by key; none where kind decides."""
    paint = {Colour.STANCE: _by_stance, Colour.STATUS: _by_status, Colour.SOURCE: _by_source}
    if colour is Colour.KIND:
        return NO_PAINTS
    return {each.key: paint[colour](graph, each) for each in graph.statements}


def legend(graph: Graph, colour: Colour) -> tuple[tuple[Tone, str], ...]:
    """Return the tones that `colour` uses on a map, each with what it means; none for kind."""
    if colour is Colour.STANCE:
        return (
            *((paint.tone, paint.said.lower()) for paint in _STANCE.values() if paint.said),
            (Tone.GREY, "bears on nothing"),
        )
    if colour is Colour.STATUS:
        return tuple((tone, status.label.lower()) for status, tone in _STATUS.items())
    if colour is Colour.SOURCE:
        return _legend_of_sources(graph)
    return ()


def _by_stance(graph: Graph, statement: Statement) -> Paint:
    """What the statement's own inferences do to their conclusions."""
    return _STANCE[frozenset(found.stance for found in graph.starting_from(statement.key))]


def _by_status(_: Graph, statement: Statement) -> Paint:
    status = statement.status
    return Paint(_STATUS[status], status.label.lower(), status.label)


def _by_source(graph: Graph, statement: Statement) -> Paint:
    keys = sorted({excerpt.source for excerpt in statement.excerpts}, key=key_order)
    if not keys:
        return Paint(_NONE, "no source", "No source")
    more = f"+{len(keys) - 1}" if len(keys) > 1 else ""
    return Paint(_tone_of(graph, keys[0]), f"{keys[0]}{more}", f"Rests on {listed(keys)}")


def _tone_of(graph: Graph, source: str) -> Tone:
    first = [each.key for each in graph.sources[: len(_SOURCES)]]
    return _SOURCES[first.index(source)] if source in first else _FURTHER


def _legend_of_sources(graph: Graph) -> tuple[tuple[Tone, str], ...]:
    first = [
        (tone, f"{each.key} {each.title}")
        for tone, each in zip(_SOURCES, graph.sources, strict=False)
    ]
    rest = graph.sources[len(_SOURCES) :]
    if rest:
        first.append((_FURTHER, f"{rest[0].key} and further sources"))
    return (*first, (_NONE, "no source"))
