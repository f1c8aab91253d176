"""The words of a whole map, as a search compares them, kept for whoever types on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from argmap.core.finding import Words, words_of
from argmap.core.graph import Excerpt, Graph, Inference, Source, Statement
from argmap.core.kinds import Kind, Stance
from argmap.graphs.shelf import Shelf
from argmap.graphs.steady import at_one_version, is_committed
from argmap.models import ArgumentMap

MOST_KEPT = 10_000_000
"""Characters of all words that are kept: 10 MB in most alphabets. 10,000 statements have 2 MB."""


class Kept(NamedTuple):
    """Words, with the version and the names of schemes that they are of."""

    version: int
    schemes: Mapping[str, str]
    words: Words

    @property
    def size(self) -> int:
        """How many characters they have."""
        return self.words.size


kept: Shelf[Kept] = Shelf(MOST_KEPT)


def load_words(argument_map: ArgumentMap, schemes: Mapping[str, str]) -> Words:
    """Return what the elements of a map are found by; `schemes` are names by slug.

    Five queries, none while it is kept: sources, excerpts, statements, inferences, and the version
    again. Where it is not committed, it is neither kept nor taken from what is. Raises TornRead
    where the map changes faster than it can be read.
    """
    known = kept.get(argument_map.uuid) if is_committed() else None
    if known and (known.version, known.schemes) == (argument_map.version, schemes):
        return known.words
    graph = at_one_version(argument_map, lambda: _read(argument_map))
    words = words_of(graph, schemes)
    if is_committed():
        kept.keep(argument_map.uuid, Kept(argument_map.version, schemes, words))
    return words


def _read(argument_map: ArgumentMap) -> Graph:
    """Return a graph of words alone, without what joins them."""
    sources = argument_map.sources.order_by().values_list("key", "title", "authors")
    resting: dict[str, list[Excerpt]] = defaultdict(list)
    excerpts = argument_map.excerpts.order_by()
    for key, source, on in excerpts.values_list("key", "source__key", "statement__key"):
        resting[on].append(Excerpt(key=key, source=source))
    statements = argument_map.statements.order_by()
    inferences = argument_map.inferences.order_by()
    return Graph(
        sources=tuple(
            Source(key=key, title=title, authors=tuple(authors)) for key, title, authors in sources
        ),
        statements=tuple(
            Statement(
                key=key,
                kind=Kind.CLAIM,
                text=text,
                title=title,
                note=note,
                tags=tuple(tags),
                excerpts=tuple(resting.get(key, ())),
            )
            for key, text, title, note, tags in statements.values_list(
                "key", "text", "title", "note", "tags"
            )
        ),
        inferences=tuple(
            Inference(
                key=key,
                stance=Stance.SUPPORT,
                premises=(),
                conclusion="",
                scheme=scheme,
                warrant=warrant,
            )
            for key, scheme, warrant in inferences.values_list("key", "scheme__slug", "warrant")
        ),
    )
