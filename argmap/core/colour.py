"""What the colours of a drawing can say: each box's tone, and the word that says the same.

Colour is never the only sign: shapes say kind, and where boxes are coloured by anything else each
one has a chip with the word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from argmap.core.focus import View
from argmap.core.graph import Graph, Source, Statement, key_order
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


def paints(view: View, colour: Colour, sources: Sequence[Source] = ()) -> Mapping[str, Paint]:
    """Return the paint of each statement of a view, by key; none where kind decides.

    `sources` are all those of the map: a source has the same tone in every view of it.
    """
    if colour is Colour.KIND:
        return NO_PAINTS
    paint: Callable[[Statement], Paint]
    if colour is Colour.SOURCE:
        tones = {source.key: tone for source, tone in zip(sources, _SOURCES, strict=False)}
        paint = partial(_by_source, tones)
    else:
        paint = _by_status if colour is Colour.STATUS else partial(_by_stance, view.frame)
    return {each.key: paint(each) for each in view.graph.statements}


def legend(colour: Colour, sources: Sequence[Source] = ()) -> tuple[tuple[Tone, str], ...]:
    """Return the tones that `colour` uses on a map with these sources, each with what it means.

    There are none for kind.
    """
    if colour is Colour.STANCE:
        return (
            *((paint.tone, paint.said.lower()) for paint in _STANCE.values() if paint.said),
            (Tone.GREY, "bears on nothing"),
        )
    if colour is Colour.STATUS:
        return tuple((tone, status.label.lower()) for status, tone in _STATUS.items())
    if colour is Colour.SOURCE:
        return _legend_of_sources(sources)
    return ()


def _by_stance(graph: Graph, statement: Statement) -> Paint:
    """What the statement's own inferences do to their conclusions."""
    return _STANCE[frozenset(found.stance for found in graph.starting_from(statement.key))]


def _by_status(statement: Statement) -> Paint:
    status = statement.status
    return Paint(_STATUS[status], status.label.lower(), status.label)


def _by_source(tones: Mapping[str, Tone], statement: Statement) -> Paint:
    keys = sorted({excerpt.source for excerpt in statement.excerpts}, key=key_order)
    if not keys:
        return Paint(_NONE, "no source", "No source")
    more = f"+{len(keys) - 1}" if len(keys) > 1 else ""
    tone = tones.get(keys[0], _FURTHER)
    return Paint(tone, f"{keys[0]}{more}", f"Rests on {listed(keys)}")


def _legend_of_sources(sources: Sequence[Source]) -> tuple[tuple[Tone, str], ...]:
    first = [
        (tone, f"{each.key} {each.title}") for tone, each in zip(_SOURCES, sources, strict=False)
    ]
    rest = sources[len(_SOURCES) :]
    if rest:
        first.append((_FURTHER, f"{rest[0].key} and further sources"))
    return (*first, (_NONE, "no source"))
