"""The rules that a stored graph keeps, checked in time linear in its size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from argmap.core.dates import is_reduced_date
from argmap.core.graph import (
    EXCERPT_LETTER,
    INFERENCE_LETTER,
    SOURCE_LETTER,
    Excerpt,
    Graph,
    Inference,
    Source,
    Statement,
    key_order,
)
from argmap.core.kinds import Kind
from argmap.core.limits import (
    AUTHORS_LIMIT,
    EXCERPTS_LIMIT,
    INFERENCES_LIMIT,
    PREMISES_LIMIT,
    SOURCES_LIMIT,
    STATEMENTS_LIMIT,
    TAGS_LIMIT,
    WHOLE_LIMIT,
)
from argmap.core.places import Place, quoted
from argmap.core.problems.problem import Code, Problem, in_order, listed, placed
from argmap.core.problems.texts import text_problems
from argmap.core.text import WEB_ADDRESS

Element = Source | Statement | Excerpt | Inference

STATEMENT_LETTERS = "".join(kind.letter for kind in Kind)
"""A statement's key may start with any of these: a kind that changes keeps its key."""

SLUG = re.compile(r"[-a-zA-Z0-9_]+\Z")
URL = re.compile(rf"{WEB_ADDRESS}\Z")
"""Addresses that may become a link on a page: never javascript: or data:."""

SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def violations(graph: Graph) -> tuple[Problem, ...]:
    """Return what keeps `graph` from being stored, by natural order of keys."""
    return in_order(
        chain(
            _sizes(graph),
            _keys(graph),
            text_problems(graph),
            _forms(graph),
            _excerpt_rules(graph),
            _figures(graph),
            _joins(graph),
            _rings(graph),
        )
    )


def _sizes(graph: Graph) -> Iterator[Problem]:
    lists = [
        ("", Place(("sources",)), len(graph.sources), SOURCES_LIMIT),
        ("", Place(("statements",)), len(graph.statements), STATEMENTS_LIMIT),
        ("", Place(("inferences",)), len(graph.inferences), INFERENCES_LIMIT),
    ]
    for place, source in placed("sources", graph.sources):
        lists.append((source.key, place.at("authors"), len(source.authors), AUTHORS_LIMIT))
    for place, statement in placed("statements", graph.statements):
        lists.append((statement.key, place.at("tags"), len(statement.tags), TAGS_LIMIT))
        excerpts = len(statement.excerpts)
        lists.append((statement.key, place.at("excerpts"), excerpts, EXCERPTS_LIMIT))
    for place, inference in placed("inferences", graph.inferences):
        premises = len(inference.premises)
        lists.append((inference.key, place.at("premises"), premises, PREMISES_LIMIT))
    for key, place, number, limit in lists:
        if number > limit:
            message = f"has {number:,} entries, {limit:,} is the most"
            yield Problem(Code.TOO_MANY, key, message, place)


def _excerpts(graph: Graph) -> Iterator[tuple[Place, Excerpt]]:
    for place, statement in placed("statements", graph.statements):
        for number, excerpt in enumerate(statement.excerpts):
            yield place.at("excerpts", number), excerpt


def _keys(graph: Graph) -> Iterator[Problem]:
    named: Iterator[tuple[str, str, Place, str]] = chain(
        _named("a source", SOURCE_LETTER, placed("sources", graph.sources)),
        _named("a statement", STATEMENT_LETTERS, placed("statements", graph.statements)),
        _named("an excerpt", EXCERPT_LETTER, _excerpts(graph)),
        _named("an inference", INFERENCE_LETTER, placed("inferences", graph.inferences)),
    )
    first: dict[str, Place] = {}
    for noun, letters, place, key in named:
        where = place.at("key")
        if key[:1] not in letters:
            message = f"{noun}'s key starts with {_one_of(letters)}, not {quoted(key)}"
            yield Problem(Code.WRONG_LETTER, key, message, where)
        if first.setdefault(key, place) != place:
            message = f"the key {quoted(key)} is that of {first[key]} already"
            yield Problem(Code.DUPLICATE_KEY, key, message, where)


def _named(
    noun: str, letters: str, elements: Iterator[tuple[Place, Element]]
) -> Iterator[tuple[str, str, Place, str]]:
    return ((noun, letters, place, element.key) for place, element in elements)


def _one_of(letters: str) -> str:
    return letters if len(letters) == 1 else f"{', '.join(letters[:-1])} or {letters[-1]}"


def _forms(graph: Graph) -> Iterator[Problem]:
    if graph.slug and not SLUG.match(graph.slug):
        yield _malformed("", graph.slug, "a slug", Place(("map", "slug")))
    for place, source in placed("sources", graph.sources):
        yield from _source_forms(source, place)
    for place, inference in placed("inferences", graph.inferences):
        if inference.scheme is not None and not SLUG.match(inference.scheme):
            yield _malformed(inference.key, inference.scheme, "a slug", place.at("scheme"))


def _source_forms(source: Source, place: Place) -> Iterator[Problem]:
    if source.published is not None and not is_reduced_date(source.published):
        date = "a date such as 2017, 2017-02 or 2017-02-16"
        yield _malformed(source.key, source.published, date, place.at("published"))
    if source.url is not None and not URL.match(source.url):
        yield _malformed(source.key, source.url, "an http or https address", place.at("url"))
    if source.sha256 is not None and not SHA256.match(source.sha256):
        yield _malformed(source.key, source.sha256, "a SHA-256", place.at("sha256"))


def _malformed(key: str, value: str, what: str, place: Place) -> Problem:
    return Problem(Code.MALFORMED, key, f"{quoted(value)} is not {what}", place)


def _excerpt_rules(graph: Graph) -> Iterator[Problem]:
    for place, excerpt in _excerpts(graph):
        if excerpt.source not in graph.source:
            message = f"no source has the key {quoted(excerpt.source)}"
            yield Problem(Code.UNKNOWN_SOURCE, excerpt.key, message, place.at("source"))
        if excerpt.sha256 is not None and not SHA256.match(excerpt.sha256):
            yield _malformed(excerpt.key, excerpt.sha256, "a SHA-256", place.at("sha256"))
        yield from _stretch(excerpt, place)


def _stretch(excerpt: Excerpt, place: Place) -> Iterator[Problem]:
    start, end, locator = excerpt.start, excerpt.end, excerpt.locator
    if (start is None) != (end is None):
        message = "start and end go together"
        yield Problem(Code.OUT_OF_RANGE, excerpt.key, message, place.at("start"))
    elif start is not None and end is not None and not 0 <= start <= end <= WHOLE_LIMIT:
        message = f"{start} to {end} is no stretch of a text"
        yield Problem(Code.OUT_OF_RANGE, excerpt.key, message, place.at("end"))
    if locator is None:
        return
    last = locator.sentence if locator.last_sentence is None else locator.last_sentence
    length = 0 if locator.length is None else locator.length
    if not (locator.paragraph >= 1 and 1 <= locator.sentence <= last and length >= 0):
        message = "paragraphs and sentences start at 1, and the last sentence is not before"
        yield Problem(Code.OUT_OF_RANGE, excerpt.key, message, place.at("locator"))


def _figures(graph: Graph) -> Iterator[Problem]:
    if not 0 <= graph.version <= WHOLE_LIMIT:
        message = f"{graph.version} is not a version"
        yield Problem(Code.OUT_OF_RANGE, "", message, Place(("map", "version")))
    for place, statement in placed("statements", graph.statements):
        score = statement.base_score
        if score is not None and not 0 <= score <= 1:
            yield _outside(statement.key, score, place.at("base_score"))
    for place, inference in placed("inferences", graph.inferences):
        if not 0 <= inference.weight <= 1:
            yield _outside(inference.key, inference.weight, place.at("weight"))


def _outside(key: str, figure: float, place: Place) -> Problem:
    return Problem(Code.OUT_OF_RANGE, key, f"{figure} is not between 0 and 1", place)


def _joins(graph: Graph) -> Iterator[Problem]:
    for place, inference in placed("inferences", graph.inferences):
        yield from _premises(graph, inference, place)
        yield from _conclusion(graph, inference, place.at("conclusion"))


def _premises(graph: Graph, inference: Inference, place: Place) -> Iterator[Problem]:
    if not inference.premises:
        message = "an inference needs a premise"
        yield Problem(Code.NO_PREMISE, inference.key, message, place.at("premises"))
    seen: set[str] = set()
    for number, premise in enumerate(inference.premises):
        where = place.at("premises", number)
        if premise not in graph.statement:
            message = f"no statement has the key {quoted(premise)}"
            yield Problem(Code.UNKNOWN_PREMISE, inference.key, message, where)
        elif premise in seen:
            message = f"{premise} is a premise of {inference.key} twice"
            yield Problem(Code.REPEATED_PREMISE, inference.key, message, where)
        elif premise == inference.conclusion:
            message = f"{inference.key} takes its own conclusion {premise} as a premise"
            yield Problem(Code.BEGS_THE_QUESTION, inference.key, message, where)
        seen.add(premise)


def _conclusion(graph: Graph, inference: Inference, where: Place) -> Iterator[Problem]:
    if inference.conclusion == inference.key:
        message = f"{inference.key} concludes in itself"
        yield Problem(Code.CONCLUDES_IN_ITSELF, inference.key, message, where)
    elif not graph.has(inference.conclusion):
        message = f"no statement or inference has the key {quoted(inference.conclusion)}"
        yield Problem(Code.UNKNOWN_CONCLUSION, inference.key, message, where)


def _rings(graph: Graph) -> Iterator[Problem]:
    """Yield each ring of inferences that bear on one another: none of them has a footing.

    An inference has one conclusion, so that following conclusions meets each inference once.
    """
    position = {inference.key: number for number, inference in enumerate(graph.inferences)}
    walked: set[str] = set()
    for start in graph.inferences:
        way: list[str] = []
        key = start.key
        while key in position and key not in walked:
            walked.add(key)
            way.append(key)
            key = graph.inference[key].conclusion
        if key in way and len(ring := way[way.index(key) :]) > 1:
            yield _ring(sorted(ring, key=key_order), position)


def _ring(ring: list[str], position: Mapping[str, int]) -> Problem:
    message = f"{listed(ring)} bear on one another in a ring"
    place = Place(("inferences", position[ring[0]], "conclusion"))
    return Problem(Code.INFERENCE_RING, ring[0], message, place)
