"""What a file's comments may not say of one another, nor of the graph: refused with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from argmap.core.formats import FormatError, native
from tests.core.maps import graph_of, support

GRAPH = replace(graph_of(support("I1", "E1", "C1"), support("I2", "E1", "C3")), version=2)
COMMENT = {
    "number": 1,
    "target": "C1",
    "kind": "suggestion",
    "author": "reviewer",
    "at": "2026-02-03T04:05:06Z",
    "version": 0,
    "body": "Say it so.",
}
REPLY = {**COMMENT, "number": 2, "parent": 1, "kind": "comment"}


def edit(on: str) -> dict[str, Any]:
    return {"does": "edit", "on": on, "before": {"title": ""}, "after": {"title": "Ice"}}


def loaded(*comments: dict[str, Any]) -> list[Any]:
    document = {**json.loads(native.dump(GRAPH)), "comments": comments}
    return list(native.load(json.dumps(document)).comments)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"suggestion": edit("C3")}, '[0].suggestion.on: its comment is about "C1"'),
        ({"suggestion": edit("C999")}, '[0].suggestion.on: its comment is about "C1"'),
        ({"suggestion": edit("C1"), "target": None}, "[0].suggestion.on: its comment is about the"),
        (
            {"suggestion": edit("I2"), "target": "I1", "lost_target": "I9"},
            '[0].suggestion.on: its comment is about "I1"',
        ),
        ({"lost_target": "zzz"}, '[0].lost_target: "zzz" is not the key of what is gone'),
        ({"lost_target": "C9"}, '[0].lost_target: the comment is about "C1"'),
        ({"target": "I1", "lost_target": "I2"}, '[0].lost_target: the comment is about "I1"'),
        ({"deleted_by": "analyst"}, "[0].deleted_by: goes with a moment of deletion"),
    ],
)
def test_a_comment_that_says_two_things_of_itself_is_refused(
    change: dict[str, Any], told: str
) -> None:
    with pytest.raises(FormatError) as caught:
        loaded({**COMMENT, **change})
    assert str(caught.value).startswith(f"comments{told}")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"target": "C3"}, '[1].target: is another than that of its thread, "C1"'),
        ({"lost_target": "C9"}, "[1].lost_target: is another than that of its thread, none"),
        ({"suggestion": edit("C1")}, "[1].suggestion: is of a reply: a suggestion begins a thread"),
    ],
)
def test_a_reply_that_is_about_something_else_than_its_thread_is_refused(
    change: dict[str, Any], told: str
) -> None:
    with pytest.raises(FormatError) as caught:
        loaded(COMMENT, {**REPLY, **change})
    assert str(caught.value).startswith(f"comments{told}")


@pytest.mark.parametrize(
    "change",
    [
        {"suggestion": edit("C1")},
        {"suggestion": edit("C9"), "target": None, "lost_target": "C9"},
        {"target": "I1", "lost_target": "I9", "suggestion": edit("I9")},
    ],
)
def test_what_the_house_itself_writes_is_read(change: dict[str, Any]) -> None:
    bare = {name: value for name, value in REPLY.items() if name != "target"}
    assert len(loaded({**COMMENT, **change}, bare)) == 2


def test_a_reply_to_a_reply_is_about_what_the_thread_is_about() -> None:
    later = {**REPLY, "number": 3, "parent": 2}
    assert len(loaded(COMMENT, REPLY, later)) == 3
    with pytest.raises(FormatError, match=r"comments\[2\]\.target: is another than"):
        loaded(COMMENT, REPLY, {**later, "target": "E1"})


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        ([{"version": 2, "stale": True}], "[0].stale: nothing has changed since version 2"),
        ([{"stale": True, "deleted_at": COMMENT["at"], "body": ""}], "[0].stale: only what began"),
        ([{"stale": True, "target": None, "lost_target": "C9"}], "[0].stale: only what began"),
        ([{}, {"version": 1, "stale": True}], "[0].stale: must be true: what saw a later version"),
        ([{"stale": "yes"}], "[0].stale: must be true or false, not a text"),
    ],
)
def test_a_comment_that_cannot_be_stale_is_refused(
    comments: list[dict[str, Any]], told: str
) -> None:
    given = [{**COMMENT, **each, "number": at} for at, each in enumerate(comments, start=1)]
    with pytest.raises(FormatError) as caught:
        loaded(*given)
    assert str(caught.value).startswith(f"comments{told}")


def test_what_is_about_one_element_goes_stale_together() -> None:
    stale = {"version": 0, "stale": True}
    assert len(loaded({**COMMENT, **stale}, {**COMMENT, "number": 2, "version": 1})) == 2
    with pytest.raises(FormatError, match=r"comments\[1\]\.stale: only what began a thread"):
        loaded(COMMENT, {**REPLY, "stale": True})
