"""The log tells of each change whether it can be taken back, or takes one back."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import Role, Verb
from argmap.core.reversal import Row, is_undoable
from argmap.models import ArgumentMap, Change

migration = import_module("argmap.migrations.0010_undoable")


def told() -> dict[int, bool]:
    """Return what the log tells of each change, by its number."""
    return dict(Change.objects.values_list("pk", "undoable"))


def test_an_older_log_is_told_what_the_actions_tell(
    a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.set_member(**on_it, user=reviewer, role=Role.REVIEWER)
    actions.edit_statement(**on_it, key="C1", text="Other words.")
    actions.add_comment(**on_it, body="How so?", about="K1")
    actions.add_statement(**on_it, kind="claim", text="New.")
    actions.edit_map(**on_it, summary="In short.")
    actions.merge_statements(**on_it, keys=["C1", "K1"], kept="C1")
    actions.undo(**on_it)
    actions.redo(**on_it)
    actions.delete_statement(**on_it, key="E1")
    now = told()
    assert {*now.values()} == {True, False}
    Change.objects.update(undoable=False)
    migration.tell(apps, None)
    assert told() == now


def test_what_a_change_wrote_decides() -> None:
    edited, made = Row("map", is_made_or_removed=False), Row("map", is_made_or_removed=True)
    comment, statement = (Row(type_, is_made_or_removed=True) for type_ in ("comment", "statement"))
    assert is_undoable(Verb.EDIT, [edited, statement])
    assert not is_undoable(Verb.CREATE, [made])
    assert not is_undoable(Verb.CREATE, [statement, comment])
    assert is_undoable(Verb.MERGE, [statement, comment])
    assert is_undoable(Verb.UNDO, [])
    assert not is_undoable(Verb.COPY, [statement])
