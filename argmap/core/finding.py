"""Finding elements of a map by words: its statements, and the inferences between them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.sentences import NO_NAMES

MOST = 100
"""More than these nobody looks through: one more word finds fewer."""


class Found(NamedTuple):
    """The keys of what was found, best first, at most MOST of `total`."""

    keys: tuple[str, ...]
    total: int


class _Told(NamedTuple):
    """What an element is found by: keys, matched whole, and texts, as `plain` gives them.

    `whole` is the name and everything else.
    """

    element: str
    keys: tuple[str, ...]
    name: str
    whole: str


class Words(NamedTuple):
    """What the elements of a map are found by. `size` is in characters."""

    told: tuple[_Told, ...]
    size: int


def plain(text: str) -> str:
    """Return `text` without case and accents, as search compares it."""
    if text.isascii():
        return text.casefold()  # no accents, and thrice as fast
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def words_of(graph: Graph, schemes: Mapping[str, str] = NO_NAMES) -> Words:
    """Return what the elements of a graph are found by.

    A statement is found by its text, title, note and tags, and by its sources' titles and authors;
    an inference by its warrant and its scheme, whose names are `schemes` by slug.
    """
    told = [_of_statement(graph, each) for each in graph.statements]
    told += [_of_inference(each, schemes) for each in graph.inferences]
    return Words(tuple(told), sum(len(each.name) + len(each.whole) for each in told))


def find(words: Words, asked: str) -> Found:
    """Return what holds every word of `asked`: by key first, then by title, then by the rest.

    One look at each element; nothing is found where `asked` has no word.
    """
    wanted = plain(asked).split()
    if not wanted:
        return Found((), 0)
    ranks = {
        each.element: _rank(each, wanted)
        for each in words.told
        if all(word in each.whole or word in each.keys for word in wanted)
    }
    # Sorting is stable: among equals the map's own order stays.
    best = sorted(ranks, key=ranks.__getitem__)
    return Found(tuple(best[:MOST]), len(best))


def _rank(told: _Told, wanted: list[str]) -> tuple[bool, bool]:
    """Return what sorts first: those asked for by key, then those whose name holds all words."""
    by_name = all(word in told.name or word in told.keys for word in wanted)
    return plain(told.element) not in wanted, not by_name


def _of_statement(graph: Graph, statement: Statement) -> _Told:
    resting = dict.fromkeys(excerpt.source for excerpt in statement.excerpts)
    sources = [graph.source[key] for key in resting if key in graph.source]
    texts = [statement.text, statement.note, *statement.tags]
    texts += [words for source in sources for words in (source.title, *source.authors)]
    return _told(statement.key, resting, statement.title, texts)


def _of_inference(inference: Inference, schemes: Mapping[str, str]) -> _Told:
    slug = inference.scheme
    name = schemes.get(slug, slug) if slug else ""
    return _told(inference.key, (), name, [inference.warrant])


def _told(element: str, resting: Iterable[str], name: str, texts: list[str]) -> _Told:
    keys = tuple(map(plain, [element, *resting]))
    return _Told(element, keys, plain(name), plain("\n".join([name, *texts])))
