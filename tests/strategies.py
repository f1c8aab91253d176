"""Hypothesis strategies for whole graphs, with texts that break careless code."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from argmap.core.graph import Excerpt, Graph, Inference, Locator, Source, Statement
from argmap.core.kinds import (
    Confidence,
    Credibility,
    Kind,
    Likelihood,
    Marking,
    Reliability,
    Stance,
    Status,
    Word,
)
from argmap.core.limits import TEXT_LIMIT
from argmap.core.text import forbidden_character

HOSTILE = (
    '"quoted" and \\backslashed\\',
    "</text><script>alert(1)</script>",
    "<b>&amp; & &#0; ]]> --> %s {{ name }} {% now %}",
    "'; DROP TABLE argmap_statement; --",
    "پاکستان کے عسکریت پسند اتحاد بنا رہے ہیں۔",
    "\u202eright to left override\u202c and \u200bzero width\u200b",
    "👩🏽‍🔬 measures 🇵🇰 twice",
    "e\u0301 and é, ﬁ and fi",
    "w" * 500,
    "tab\tand\nline\r\nbreaks",
    "\\N \\l \\r \\G \\E digraph { a -> b }",
    "=HYPERLINK(1)",
)


_ALPHABET = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[
        chr(code)
        for code in (*range(32), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF)
        if forbidden_character(chr(code)) is not None
    ],
)


@cache
def texts(most: int = 80) -> st.SearchStrategy[str]:
    """Return texts that may be stored: hostile ones, and any others."""
    known = sorted({text[:most] for text in HOSTILE})
    return st.sampled_from(known) | st.text(_ALPHABET, max_size=min(most, 40))


@cache
def filled(most: int = 80) -> st.SearchStrategy[str]:
    """Return texts that say something."""
    return texts(most).filter(lambda text: bool(text.strip()))


@cache
def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what `strategy` returns, or None."""
    return st.none() | strategy


@cache
def shares() -> st.SearchStrategy[float]:
    """Return figures in [0, 1]."""
    return st.floats(0, 1)


@cache
def word(vocabulary: type[Word]) -> st.SearchStrategy[Any]:
    """Return words of a vocabulary."""
    return st.sampled_from(list(vocabulary))


@cache
def foreign() -> st.SearchStrategy[dict[str, Any]]:
    """Return what another tool may have left with an element."""
    numbers = st.integers(-(2**40), 2**40) | st.floats(allow_nan=False, allow_infinity=False)
    leaves = st.none() | st.booleans() | numbers | texts(20)
    values = st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(10), inner, max_size=3),
        max_leaves=5,
    )
    return st.just({}) | st.dictionaries(texts(10), values, max_size=3)


@cache
def slugs() -> st.SearchStrategy[str]:
    """Return slugs."""
    return st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@cache
def hashes() -> st.SearchStrategy[str]:
    """Return SHA-256 in hexadecimal digits."""
    return st.binary(min_size=32, max_size=32).map(bytes.hex)


def numbered(letter: str, most: int, least: int = 0) -> st.SearchStrategy[list[str]]:
    """Return distinct keys of one letter, in any order and with gaps."""
    numbers = st.integers(1, 30) | st.integers(1, 999_999_999)
    keys = numbers.map(lambda number: f"{letter}{number}")
    return st.lists(keys, min_size=least, max_size=most, unique=True)


@st.composite
def sources(draw: st.DrawFn, key: str) -> Source:
    """Return a source with this key."""
    return Source(
        key=key,
        title=draw(filled()),
        authors=tuple(draw(st.lists(filled(30), max_size=3))),
        publisher=draw(texts(30)),
        published=draw(maybe(st.sampled_from(["2017", "2017-02", "2016-02-29"]))),
        url=draw(maybe(st.sampled_from(["https://example.org/a?b=1&c=<d>", "http://x"]))),
        note=draw(texts()),
        reliability=draw(maybe(word(Reliability))),
        sha256=draw(maybe(hashes())),
        media_type=draw(st.sampled_from(["", "text/plain", "application/pdf"])),
        foreign=draw(foreign()),
    )


@st.composite
def locators(draw: st.DrawFn) -> Locator:
    """Return a locator."""
    sentence = draw(st.integers(1, 50))
    return Locator(
        section=draw(texts(40)),
        paragraph=draw(st.integers(1, 500)),
        sentence=sentence,
        last_sentence=draw(maybe(st.integers(sentence, 60))),
        length=draw(maybe(st.integers(0, 10_000))),
    )


@st.composite
def excerpts(draw: st.DrawFn, key: str, source_keys: list[str]) -> Excerpt:
    """Return an excerpt with this key, from one of these sources, attached or detached."""
    start = draw(maybe(st.integers(0, 10_000)))
    return Excerpt(
        key=key,
        source=draw(st.sampled_from(source_keys)),
        locator=draw(maybe(locators())),
        exact=draw(maybe(texts())),
        prefix=draw(maybe(texts(32))),
        suffix=draw(maybe(texts(32))),
        start=start,
        end=None if start is None else draw(st.integers(start, 20_000)),
        sha256=draw(maybe(hashes())),
    )


@st.composite
def statements(draw: st.DrawFn, key: str, rests_on: tuple[Excerpt, ...] = ()) -> Statement:
    """Return a statement with this key; its kind need not be that of the key's letter."""
    return Statement(
        key=key,
        kind=draw(word(Kind)),
        text=draw(filled(TEXT_LIMIT)),
        title=draw(texts(40)),
        note=draw(texts()),
        likelihood=draw(maybe(word(Likelihood))),
        confidence=draw(maybe(word(Confidence))),
        credibility=draw(maybe(word(Credibility))),
        base_score=draw(maybe(shares())),
        status=draw(word(Status)),
        tags=tuple(draw(st.lists(filled(20), max_size=3, unique=True).map(sorted))),
        excerpts=rests_on,
        foreign=draw(foreign()),
    )


@st.composite
def graphs(draw: st.DrawFn, most: int = 4) -> Graph:
    """Return a graph that breaks no rule, of at most `most` statements of each kind."""
    source_keys = draw(numbered("S", 3))
    statement_keys = [key for letter in "CEK" for key in draw(numbered(letter, most))]
    found = draw(_excerpts_by_statement(source_keys, statement_keys))
    return Graph(
        slug=draw(slugs()),
        title=draw(filled()),
        issue=draw(texts()),
        summary=draw(texts()),
        marking=draw(word(Marking)),
        version=draw(st.integers(0, 10_000)),
        sources=tuple(draw(sources(key)) for key in source_keys),
        statements=tuple(draw(statements(key, found[key])) for key in statement_keys),
        inferences=draw(_inferences(statement_keys, most)),
        foreign=draw(foreign()),
    )


@st.composite
def _excerpts_by_statement(
    draw: st.DrawFn, source_keys: list[str], statement_keys: list[str]
) -> dict[str, tuple[Excerpt, ...]]:
    held: dict[str, list[Excerpt]] = {key: [] for key in statement_keys}
    if source_keys and statement_keys:
        for key in sorted(draw(numbered("X", 4)), key=lambda key: int(key[1:])):
            held[draw(st.sampled_from(statement_keys))].append(draw(excerpts(key, source_keys)))
    return {key: tuple(rests_on) for key, rests_on in held.items()}


@st.composite
def _inferences(draw: st.DrawFn, statement_keys: list[str], most: int) -> tuple[Inference, ...]:
    if len(statement_keys) < 2:
        return ()
    made: list[Inference] = []
    for key in draw(numbered("I", most)):
        # An inference concludes only in one that was made before it: so no ring comes about.
        conclusion = draw(st.sampled_from([*statement_keys, *(each.key for each in made)]))
        free = [other for other in statement_keys if other != conclusion]
        premises = st.lists(st.sampled_from(free), min_size=1, max_size=3, unique=True)
        made.append(
            Inference(
                key=key,
                stance=draw(word(Stance)),
                premises=tuple(draw(premises)),
                conclusion=conclusion,
                scheme=draw(maybe(slugs())),
                warrant=draw(texts()),
                weight=draw(shares()),
                foreign=draw(foreign()),
            )
        )
    return tuple(made)
