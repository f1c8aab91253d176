"""The structures of maps that are kept, and when they still hold."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.core.focus import View, overview
from argmap.core.graph import Graph
from argmap.graphs import log
from argmap.graphs.frames import Kept
from argmap.graphs.log import is_framed_as_at
from argmap.graphs.shelf import Shelf
from argmap.models import ArgumentMap, Statement
from tests.core.maps import statement
from tests.hand import EDITS, START, Hand


def overview_of(argument_map: ArgumentMap) -> View:
    return graphs.load_view(argument_map, overview)


@pytest.mark.django_db(transaction=True)
def test_a_frame_is_kept_until_the_graph_changes(a_map: ArgumentMap, analyst: User) -> None:
    with CaptureQueriesContext(connection) as first:
        overview_of(a_map)
    # Statements, inferences with premises; statements with excerpts and sources, version.
    assert len(first) == 4
    frame = graphs.load_frame(a_map)
    with CaptureQueriesContext(connection) as again:
        overview_of(a_map)
    # Statements with excerpts and sources, version.
    assert len(again) == 2
    assert graphs.load_frame(a_map) is frame
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Other words.")
    with CaptureQueriesContext(connection) as edited:
        view = overview_of(a_map)
    # The log; statements with excerpts and sources, version.
    assert len(edited) == 3
    assert view.graph.statement["C1"].text == "Other words."
    assert graphs.load_frame(a_map) is frame
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="One more.")
    assert "C2" in graphs.load_frame(a_map).statement


def test_inside_a_transaction_a_frame_is_read_anew(a_map: ArgumentMap) -> None:
    frame = graphs.load_frame(a_map)
    # As an edit does before it raises the version.
    Statement.objects.filter(map=a_map, key="K1").update(kind="claim")

    assert frame.statement["K1"].kind == "counterargument"
    assert graphs.load_frame(a_map).statement["K1"].kind == "claim"


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_kept(a_map: ArgumentMap, analyst: User) -> None:
    def add_and_look(kind: str, *, fails: bool) -> Graph:
        with transaction.atomic():
            made = ArgumentMap.objects.get(pk=a_map.pk)
            actions.add_statement(actor=analyst, argument_map=made, kind=kind, text="One more.")
            frame = graphs.load_frame(made)
            transaction.set_rollback(fails)
        return frame

    lost = add_and_look("claim", fails=True)
    kept = add_and_look("evidence", fails=False)

    a_map.refresh_from_db()
    assert graphs.load_frame(a_map) == kept != lost


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_the_log_says_of_a_frame_is_true(data: st.DataObject, analyst: User) -> None:
    a_map = actions.import_graph(actor=analyst, graph=START, owner=analyst).map
    looks = []
    for name in data.draw(st.lists(st.sampled_from([*EDITS, "undo"]), min_size=2, max_size=8)):
        # Not kept, as none of it is committed.
        looks.append((a_map.version, a_map.activity, graphs.load_frame(a_map)))
        with suppress(ValidationError, actions.Gone, actions.NothingToUndo, actions.Conflict):
            if name == "undo":
                actions.undo(actor=analyst, argument_map=a_map)
            else:
                getattr(Hand(data, a_map, analyst), name)()

    now = graphs.load_frame(a_map)
    for version, activity, frame in looks:
        if is_framed_as_at(a_map, version, activity):
            assert frame == now


CHANGES: dict[str, tuple[bool, Any]] = {
    "a text": (True, lambda **on: actions.edit_statement(**on, key="C1", text="Other words.")),
    "a warrant": (False, lambda **on: actions.edit_inference(**on, key="I1", warrant="Why.")),
    "a source": (True, lambda **on: actions.add_source(**on, title="Almanac")),
    "a comment": (True, lambda **on: actions.add_comment(**on, body="How so?", about="C1")),
    "a kind": (False, lambda **on: actions.edit_statement(**on, key="E1", kind="claim")),
    "a stance": (False, lambda **on: actions.edit_inference(**on, key="I1", stance="attack")),
    "a premise": (False, lambda **on: actions.edit_inference(**on, key="I1", premises=["E1"])),
    "a statement": (False, lambda **on: actions.add_statement(**on, kind="claim", text="New.")),
    "a deletion": (False, lambda **on: actions.delete_statement(**on, key="K1")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_words_leave_a_frame_as_it_is(a_map: ArgumentMap, analyst: User, what: str) -> None:
    stays, change = CHANGES[what]
    version, activity = a_map.version, a_map.activity
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E2", text="Meanwhile.")

    change(actor=analyst, argument_map=a_map)

    assert is_framed_as_at(a_map, version, activity) is stays


def test_what_the_log_does_not_tell_of_is_read_again(
    a_map: ArgumentMap, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    version, activity = a_map.version, a_map.activity
    for number in range(3):
        actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text=f"{number}.")

    assert is_framed_as_at(a_map, version, activity)
    assert not is_framed_as_at(ArgumentMap(pk=a_map.pk, version=version), version + 1, activity)
    monkeypatch.setattr(log, "MOST", 2)
    assert not is_framed_as_at(a_map, version, activity)
    monkeypatch.undo()
    a_map.changes.get(activity=a_map.activity - 1).delete()
    assert not is_framed_as_at(a_map, version, activity)


def kept_of(size: int) -> Kept:
    made = tuple(statement(f"C{number}") for number in range(1, size + 1))
    return Kept(version=1, activity=1, frame=Graph(statements=made))


def test_the_frames_used_last_are_kept_up_to_a_size() -> None:
    frames: Shelf[Kept] = Shelf(most=10)
    one, two, three = uuid4(), uuid4(), uuid4()
    frames.keep(one, kept_of(4))
    frames.keep(two, kept_of(4))
    assert frames.get(one)
    frames.keep(three, kept_of(4))
    assert frames.get(one)
    assert not frames.get(two)
    assert frames.get(three)
    assert frames.size == 8


def test_of_one_map_one_frame_is_kept_and_too_large_a_one_not_at_all() -> None:
    frames: Shelf[Kept] = Shelf(most=10)
    one, two = uuid4(), uuid4()
    later = kept_of(5)
    frames.keep(one, kept_of(4))
    frames.keep(one, later)
    assert frames.get(one) is later
    assert frames.size == 5
    frames.keep(two, kept_of(11))
    assert not frames.get(two)
    assert frames.get(one)
    frames.forget()
    assert not frames.get(one)
    assert frames.size == 0
