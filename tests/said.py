"""A Hypothesis strategy for what people say of a graph, as exports write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from hypothesis import strategies as st

from argmap.core.formats import Record
from argmap.core.graph import INFERENCE_LETTER, Graph
from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Flag,
    Kind,
    Proposed,
    Satisfaction,
    Settlement,
    Verdict,
)
from argmap.review.records import moment
from tests.strategies import filled, maybe, texts, word


class Asked(NamedTuple):
    """A critical question: its scheme, its place there, and its text."""

    scheme: str
    question: int
    asks: str


class Said(NamedTuple):
    """What a file says beside the graph."""

    comments: list[Record]
    reviews: list[Record]
    answers: list[Record]


MOMENTS = st.datetimes(datetime(2001, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001 - the zone is given beside
    moment
)
NAMES = filled(40)
NEVER = "C1000000"
"""A key beyond those of the strategies."""


@st.composite
def said_of(draw: st.DrawFn, graph: Graph, questions: Sequence[Asked]) -> Said:
    """Return comments, verdicts and answers on a graph, in the order of exports.

    What is about one element is stale where it saw a version before one that is drawn for it.
    """
    comments: list[Record] = []
    for _ in range(draw(st.integers(0, 3))):
        thread = draw(_threads(graph, len(comments) + 1))
        comments.append(thread)
        for _ in range(draw(st.integers(0, 2))):
            comments.append(draw(_comments(graph, len(comments) + 1, thread)))
    reviews = draw(st.lists(_reviews(graph), max_size=3))
    keys = [each.key for each in graph.inferences]
    answered = (
        st.tuples(st.sampled_from(keys), st.sampled_from(questions)) if keys else st.nothing()
    )
    drawn = st.lists(answered.flatmap(lambda about: _answers(graph, *about)), max_size=3)
    answers = draw(drawn) if keys else []
    elements = ["", *graph.statement, *graph.inference, *_excerpts(graph)]
    since = {key: draw(st.integers(0, graph.version)) for key in elements}
    return Said(
        [_marked(each, since) if _is_asked_about(each) else each for each in comments],
        sorted(reviews, key=lambda each: datetime.fromisoformat(each["at"])),
        [_marked(each, since) for each in answers],
    )


def _marked(said: Record, since: Mapping[str, int]) -> Record:
    about = said.get("inference") or said.get("target") or ""
    return {**said, "stale": True} if said["version"] < since[about] else said


def _is_asked_about(comment: Record) -> bool:
    return not (comment["parent"] or comment["lost_target"] or comment.get("deleted_at"))


def _excerpts(graph: Graph) -> list[str]:
    return [excerpt.key for each in graph.statements for excerpt in each.excerpts]


@st.composite
def _comments(draw: st.DrawFn, graph: Graph, number: int, thread: Record) -> dict[str, Any]:
    is_deleted = draw(st.booleans())
    gone = {"deleted_at": draw(MOMENTS), "deleted_by": draw(NAMES)} if is_deleted else {}
    return {
        "number": number,
        "parent": thread.get("number"),
        "target": thread["target"],
        "lost_target": thread["lost_target"],
        "kind": draw(word(CommentKind)).value,
        "flag": draw(maybe(st.sampled_from([each.value for each in Flag]))),
        "state": draw(word(CommentState)).value,
        "author": draw(NAMES),
        "at": draw(MOMENTS),
        "edited_at": draw(maybe(MOMENTS)),
        "version": draw(st.integers(0, graph.version)),
        "body": "" if is_deleted else draw(filled()),
        **gone,
    }


@st.composite
def _threads(draw: st.DrawFn, graph: Graph, number: int) -> dict[str, Any]:
    keys = [*graph.statement, *graph.inference, *_excerpts(graph)]
    target = draw(maybe(st.sampled_from(keys))) if keys else None
    lost = "" if target else draw(st.sampled_from(["", NEVER]))
    found = draw(_comments(graph, number, {"target": target, "lost_target": lost}))
    on = target or lost
    if on and not on.startswith("X") and draw(st.booleans()):
        found |= {"kind": CommentKind.SUGGESTION.value, "suggestion": draw(_suggestions(on))}
    return found


@st.composite
def _suggestions(draw: st.DrawFn, on: str) -> dict[str, Any]:
    fields = {"title": texts(40), "text": filled(), "note": texts(40)}
    does = draw(word(Proposed))
    if does is Proposed.EDIT and not on.startswith(INFERENCE_LETTER):
        names = [name for name in fields if draw(st.booleans())] or ["text"]
        before, after = ({name: draw(fields[name]) for name in names} for _ in range(2))
    else:
        does = Proposed.ATTACK if does is Proposed.EDIT else does
        before, after = {}, {"kind": draw(word(Kind)).value, "text": draw(filled())}
    outcome = draw(word(Settlement))
    is_open = outcome is Settlement.OPEN
    return {
        "does": does.value,
        "on": on,
        "before": before,
        "after": after,
        "outcome": outcome.value,
        "settled_by": "" if is_open else draw(NAMES),
        "settled_at": None if is_open else draw(MOMENTS),
    }


@st.composite
def _reviews(draw: st.DrawFn, graph: Graph) -> Record:
    return {
        "reviewer": draw(NAMES),
        "verdict": draw(word(Verdict)).value,
        "at": draw(MOMENTS),
        "version": draw(st.integers(0, graph.version)),
        "summary": draw(texts()),
    }


@st.composite
def _answers(draw: st.DrawFn, graph: Graph, inference: str, asked: Asked) -> Record:
    return {
        "inference": inference,
        **asked._asdict(),
        "says": draw(word(Satisfaction)).value,
        "author": draw(NAMES),
        "at": draw(MOMENTS),
        "version": draw(st.integers(0, graph.version)),
        "why": draw(texts()),
    }
