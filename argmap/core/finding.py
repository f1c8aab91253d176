"""Finding elements of a map by words: its statements, and the inferences between them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.sentences import NO_NAMES

MOST = 50
"""More than these nobody looks through: one more word finds fewer."""


class Found(NamedTuple):
    """The keys of what was found, best first, at most MOST of `total`."""

    keys: tuple[str, ...]
    total: int


class _Told(NamedTuple):
    """What an element is found by: keys, matched whole, and texts, as `plain` gives them."""

    keys: frozenset[str]
    name: str
    rest: str


def plain(text: str) -> str:
    """Return `text` without case and accents, as search compares it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def find(graph: Graph, asked: str, schemes: Mapping[str, str] = NO_NAMES) -> Found:
    """Return what holds every word of `asked`: by key first, then by title, then by the rest.

    A statement is found by its text, title, note and tags, and by its sources' titles and authors;
    an inference by its warrant and its scheme, whose names are `schemes` by slug. A walk over the
    whole graph; nothing is found where `asked` has no word.
    """
    words = plain(asked).split()
    if not words:
        return Found((), 0)
    told = {each.key: _of_statement(graph, each) for each in graph.statements}
    told |= {each.key: _of_inference(each, schemes) for each in graph.inferences}
    ranks = {key: rank for key, each in told.items() if (rank := _rank(each, words)) is not None}
    # Sorting is stable: among equals the map's own order stays.
    best = sorted(ranks, key=lambda key: (plain(key) not in words, ranks[key]))
    return Found(tuple(best[:MOST]), len(best))


def _rank(told: _Told, words: list[str]) -> int | None:
    """Return 0 where the name alone holds all words, 1 where the rest has to, None where neither."""
    if all(word in told.name or word in told.keys for word in words):
        return 0
    whole = f"{told.name}\n{told.rest}"
    return 1 if all(word in whole or word in told.keys for word in words) else None


def _of_statement(graph: Graph, statement: Statement) -> _Told:
    resting = dict.fromkeys(excerpt.source for excerpt in statement.excerpts)
    sources = [graph.source[key] for key in resting if key in graph.source]
    texts = [statement.text, statement.note, *statement.tags]
    texts += [words for source in sources for words in (source.title, *source.authors)]
    keys = [statement.key, *resting]
    return _told(keys, statement.title, texts)


def _of_inference(inference: Inference, schemes: Mapping[str, str]) -> _Told:
    slug = inference.scheme
    return _told([inference.key], schemes.get(slug, slug) if slug else "", [inference.warrant])


def _told(keys: list[str], name: str, texts: list[str]) -> _Told:
    return _Told(frozenset(map(plain, keys)), plain(name), plain("\n".join(texts)))
