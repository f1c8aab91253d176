from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions
from argmap.actions.records import record
from argmap.audit import audit
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Change, Excerpt


def latest(a_map: ArgumentMap) -> Change:
    return a_map.changes.latest("activity")


def test_a_statement_gets_back_what_a_change_left(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map, "key": "E1"}
    actions.edit_statement(
        **on_it, text="Ice.", kind="claim", likelihood="likely", base_score=0.5, tags=["ice"]
    )
    then, activity = record(a_map.statements.get(key="E1")), a_map.activity
    actions.edit_statement(**on_it, text="Snow.", likelihood="", base_score=None, tags=[])
    actions.edit_statement(**on_it, note="Why.", kind="evidence")

    restored = actions.restore_element(
        actor=editor, argument_map=a_map, key="E1", activity=activity, seen=a_map.version
    )

    assert record(a_map.statements.get(key="E1")) == then
    assert restored.changed_in == a_map.version
    assert (latest(a_map).verb, latest(a_map).actor) == (Verb.RESTORE, editor)
    assert [item.key for item in latest(a_map).items.all()] == ["E1"]
    assert Excerpt.objects.filter(statement__key="E1").exists()
    actions.undo(actor=editor, argument_map=a_map)
    assert a_map.statements.get(key="E1").text == "Snow."
    assert not audit(a_map)


def test_an_inference_gets_back_its_premises_in_order(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map, "key": "I1"}
    then, made = record(a_map.inferences.get(key="I1")), a_map.changes.get(items__key="I1")
    actions.edit_inference(
        **on_it, premises=["K1", "E2"], stance="attack", scheme=None, conclusion="E1", weight=0.5
    )
    actions.restore_element(**on_it, activity=made.activity)
    assert record(a_map.inferences.get(key="I1")) == then


def test_where_nothing_differs_there_is_no_change(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    made = {key: a_map.changes.get(items__key=key).activity for key in ("C1", "I1")}
    before = a_map.activity
    for key, activity in made.items():
        actions.restore_element(**on_it, key=key, activity=activity)
    assert a_map.activity == before


def test_a_premise_that_went_is_not_made_up(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    made = a_map.changes.get(items__key="I1").activity
    actions.edit_inference(**on_it, key="I1", premises=["E2"])
    actions.delete_statement(**on_it, key="E1")
    with pytest.raises(ValidationError, match="E1 was deleted meanwhile"):
        actions.restore_element(**on_it, key="I1", activity=made)


def test_someone_elses_later_change_is_a_conflict(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version
    made = a_map.changes.get(items__key="C1").activity
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", text="Else.")
    with pytest.raises(actions.Conflict, match="editor changed C1"):
        actions.restore_element(
            actor=analyst, argument_map=a_map, key="C1", activity=made, seen=seen
        )


def test_what_cannot_be_restored_is_refused(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    on_it: dict[str, Any] = {"argument_map": a_map, "key": "C1"}
    made = a_map.changes.get(items__key="C1").activity
    other = a_map.changes.get(items__key="E1", items__type="statement").activity
    with pytest.raises(PermissionDenied):
        actions.restore_element(actor=reviewer, **on_it, activity=made)
    for activity in (other, 0, 99_999):
        with pytest.raises(ValidationError):
            actions.restore_element(actor=analyst, **on_it, activity=activity)
    actions.delete_statement(actor=analyst, **on_it)
    with pytest.raises(actions.Gone):
        actions.restore_element(actor=analyst, **on_it, activity=made)
