"""What deserves a look in a graph that breaks no rule: in time linear in its size."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import chain

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.kinds import Kind, Stance
from argmap.core.places import Place
from argmap.core.problems.problem import Code, Problem, in_order, listed, placed
from argmap.core.walk import cycles


def lint(graph: Graph) -> tuple[Problem, ...]:
    """Return what deserves a look, the heaviest first, then by natural order of keys."""
    return in_order(
        chain(
            _circles(graph),
            _support(graph),
            _repeated_texts(graph),
            _repeated_inferences(graph),
            _both_stances(graph),
            _grades(graph),
            _sources(graph),
        )
    )


def _circles(graph: Graph) -> Iterator[Problem]:
    position = {statement.key: number for number, statement in enumerate(graph.statements)}
    for group in cycles(graph, Stance.SUPPORT):
        circle = [key for key in group if key in graph.statement]
        if circle:
            message = f"{listed(circle)}: the support runs in a circle"
            place = Place(("statements", position[circle[0]]))
            yield Problem(Code.CIRCULAR_SUPPORT, circle[0], message, place)


def _support(graph: Graph) -> Iterator[Problem]:
    for place, statement in placed("statements", graph.statements):
        key = statement.key
        bearing, starting = graph.bearing_on(key), graph.starting_from(key)
        if not bearing and not starting:
            message = "no inference starts from it or bears on it"
            yield Problem(Code.ORPHANED_STATEMENT, key, message, place)
        elif statement.kind is not Kind.CLAIM and not starting:
            message = f"this {statement.kind.label.lower()} bears on nothing"
            yield Problem(Code.DANGLING_STATEMENT, key, message, place)
        elif statement.kind is Kind.CLAIM and not _supported(bearing):
            yield Problem(Code.UNSUPPORTED_CLAIM, key, "nothing supports this claim", place)


def _supported(bearing: Iterable[Inference]) -> bool:
    return any(inference.stance is Stance.SUPPORT for inference in bearing)


def _repeated_texts(graph: Graph) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for place, statement in placed("statements", graph.statements):
        earlier = first.setdefault(_gist(statement), statement.key)
        if earlier != statement.key:
            message = f"says the same as {earlier}"
            yield Problem(Code.DUPLICATED_TEXT, statement.key, message, place.at("text"))


def _gist(statement: Statement) -> str:
    """Return the text without what two wordings of one sentence may differ in by accident."""
    text = " ".join(unicodedata.normalize("NFKC", statement.text).casefold().split())
    return text.rstrip(".!?…") or text


def _repeated_inferences(graph: Graph) -> Iterator[Problem]:
    first: dict[Hashable, str] = {}
    for place, inference in placed("inferences", graph.inferences):
        step = (inference.stance, _joined(inference))
        earlier = first.setdefault(step, inference.key)
        if earlier != inference.key:
            message = f"takes the same step as {earlier}"
            yield Problem(Code.DUPLICATED_INFERENCE, inference.key, message, place)


def _both_stances(graph: Graph) -> Iterator[Problem]:
    found: dict[Hashable, dict[Stance, str]] = defaultdict(dict)
    for place, inference in placed("inferences", graph.inferences):
        stances = found[_joined(inference)]
        if inference.stance not in stances:
            stances[inference.stance] = inference.key
            if len(stances) > 1:
                other = next(iter(stances.values()))
                message = f"says the opposite of {other}, from the same premises"
                yield Problem(Code.BOTH_STANCES, inference.key, message, place.at("stance"))


def _joined(inference: Inference) -> tuple[frozenset[str], str]:
    return frozenset(inference.premises), inference.conclusion


def _grades(graph: Graph) -> Iterator[Problem]:
    for place, statement in placed("statements", graph.statements):
        key = statement.key
        if statement.likelihood is not None and statement.confidence is None:
            message = "a likelihood without a confidence: how well founded is it?"
            yield Problem(Code.LIKELIHOOD_ALONE, key, message, place.at("confidence"))
        if statement.kind is not Kind.EVIDENCE:
            continue
        if not statement.excerpts:
            message = "this evidence names no excerpt that it rests on"
            yield Problem(Code.EVIDENCE_WITHOUT_EXCERPT, key, message, place.at("excerpts"))
        if statement.credibility is None:
            message = "this evidence has no credibility grade"
            yield Problem(Code.UNGRADED_EVIDENCE, key, message, place.at("credibility"))


def _sources(graph: Graph) -> Iterator[Problem]:
    used = {excerpt.source for each in graph.statements for excerpt in each.excerpts}
    for place, source in placed("sources", graph.sources):
        if source.reliability is None:
            message = "this source has no reliability grade"
            yield Problem(Code.UNGRADED_SOURCE, source.key, message, place.at("reliability"))
        if source.key not in used:
            message = "no excerpt is taken from this source"
            yield Problem(Code.UNUSED_SOURCE, source.key, message, place)
