"""The rules for texts: what every text of a graph may hold, whichever file it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from argmap.core.graph import Excerpt, Foreign, Graph, Source, Statement
from argmap.core.limits import (
    CONTEXT_LIMIT,
    ISSUE_LIMIT,
    LINE_LIMIT,
    MEDIA_TYPE_LIMIT,
    SLUG_LIMIT,
    TAG_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
)
from argmap.core.places import Place
from argmap.core.problems.problem import Code, Problem, placed
from argmap.core.text import forbidden_character

_MAP = {
    "slug": SLUG_LIMIT,
    "title": LINE_LIMIT,
    "issue": ISSUE_LIMIT,
    "summary": TEXT_LIMIT,
}
_SOURCE = {
    "title": LINE_LIMIT,
    "authors": LINE_LIMIT,
    "publisher": LINE_LIMIT,
    "url": URL_LIMIT,
    "note": TEXT_LIMIT,
    "media_type": MEDIA_TYPE_LIMIT,
}
_STATEMENT = {
    "title": TITLE_LIMIT,
    "text": TEXT_LIMIT,
    "note": TEXT_LIMIT,
    "tags": TAG_LIMIT,
}
_EXCERPT = {"exact": TEXT_LIMIT, "prefix": CONTEXT_LIMIT, "suffix": CONTEXT_LIMIT}
_INFERENCE = {"warrant": TEXT_LIMIT}

_NEVER_EMPTY = {(Source, "title"), (Source, "authors"), (Statement, "text"), (Statement, "tags")}


class _Text(NamedTuple):
    place: Place
    key: str
    value: str
    limit: int
    may_be_empty: bool = True


def what_cannot_be_kept(text: str) -> str | None:
    """Return a message that names the first character that no stored text holds, or None."""
    found = forbidden_character(text)
    if found is None:
        return None
    sign = f"U+{ord(text[found]):04X}"
    return f"the character {sign} at position {found + 1} cannot be kept in a text"


def text_problems(graph: Graph) -> Iterator[Problem]:
    """Yield each text that is empty where it may not be, too long, or cannot be kept."""
    for text in _texts(graph):
        yield from _judged(text)
    for place, key, foreign in _foreign(graph):
        for inner, value in _strings(place, foreign):
            yield from _judged(_Text(inner, key, value, len(value)))


def _judged(text: _Text) -> Iterator[Problem]:
    if not text.may_be_empty and not text.value.strip():
        yield Problem(Code.EMPTY_TEXT, text.key, "must not be empty", text.place)
    if len(text.value) > text.limit:
        length = f"has {len(text.value):,} characters, {text.limit:,} is the most"
        yield Problem(Code.LONG_TEXT, text.key, length, text.place)
    message = what_cannot_be_kept(text.value)
    if message is not None:
        yield Problem(Code.FORBIDDEN_CHARACTER, text.key, message, text.place)


def _texts(graph: Graph) -> Iterator[_Text]:
    yield from _of(graph, "", Place(("map",)), _MAP)
    for place, source in placed("sources", graph.sources):
        yield from _of(source, source.key, place, _SOURCE)
    for place, statement in placed("statements", graph.statements):
        yield from _of(statement, statement.key, place, _STATEMENT)
        for number, excerpt in enumerate(statement.excerpts):
            yield from _of_excerpt(excerpt, place.at("excerpts", number))
    for place, inference in placed("inferences", graph.inferences):
        yield from _of(inference, inference.key, place, _INFERENCE)


def _of_excerpt(excerpt: Excerpt, place: Place) -> Iterator[_Text]:
    yield from _of(excerpt, excerpt.key, place, _EXCERPT)
    if excerpt.locator is not None:
        where = place.at("locator", "section")
        yield _Text(where, excerpt.key, excerpt.locator.section, LINE_LIMIT)


def _of(element: object, key: str, place: Place, limits: Mapping[str, int]) -> Iterator[_Text]:
    for name, limit in limits.items():
        value = getattr(element, name)
        optional = (type(element), name) not in _NEVER_EMPTY
        if isinstance(value, str):
            yield _Text(place.at(name), key, value, limit, optional)
        elif value is not None:
            for number, part in enumerate(value):
                yield _Text(place.at(name, number), key, part, limit, optional)


def _foreign(graph: Graph) -> Iterator[tuple[Place, str, Foreign]]:
    yield Place(("map", "foreign")), "", graph.foreign
    for name in ("sources", "statements", "inferences"):
        for place, element in placed(name, getattr(graph, name)):
            yield place.at("foreign"), element.key, element.foreign


def _strings(place: Place, value: Any) -> Iterator[tuple[Place, str]]:
    """Yield each text in a JSON value, names of members included, however deep it is nested."""
    waiting = [(place, value)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str):
            yield place, value
        elif isinstance(value, Mapping):
            yield from ((place, name) for name in value)
            waiting.extend((place.at(name), inner) for name, inner in value.items())
        elif isinstance(value, list | tuple):
            waiting.extend((place.at(number), inner) for number, inner in enumerate(value))
