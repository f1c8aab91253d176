"""Suggestions in the admin: what a comment suggests, and a change that is credited to two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.models import ArgumentMap, Change, Statement, Suggestion

Desks = Callable[[User], Any]

CREDIT = "suggested by reviewer"


@pytest.fixture
def made(a_map: ArgumentMap, reviewer: User) -> Suggestion:
    return actions.suggest(
        actor=reviewer, argument_map=a_map, does="edit", on="C1", after={"text": "Close it."}
    )


@pytest.fixture
def accepted(a_map: ArgumentMap, made: Suggestion, editor: User) -> Change:
    done = actions.accept_suggestion(actor=editor, argument_map=a_map, comment=made.comment_id)
    assert done.change
    return done.change


def test_the_comments_say_what_they_suggest(
    desk: Desks, analyst: User, a_map: ArgumentMap, made: Suggestion
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, about="C1", body="Why?")
    page = desk(analyst).open("comment_changelist").content.decode()
    assert page.count("another text of C1 (open)") == 1
    own = desk(analyst).open("comment_change", made.comment_id).content.decode()
    assert "another text of C1 (open)" in own


def test_what_was_accepted_is_credited_to_both(
    desk: Desks, analyst: User, a_map: ArgumentMap, accepted: Change
) -> None:
    claim = Statement.objects.get(map=a_map, key="C1")
    at = desk(analyst)
    assert f"editor, {CREDIT}" in at.open("change_changelist").content.decode()
    assert f"editor, {CREDIT}" in at.open("change_change", accepted.pk).content.decode()
    found = at.open("change_changelist", query="?q=reviewer").content.decode()
    assert f"editor, {CREDIT}" in found
    for page in ("claim_history", "claim_change"):
        html = at.open(page, claim.pk).content.decode()
        assert "by <bdi>editor</bdi>, suggested by <bdi>reviewer</bdi>" in html
    start = at.client.get("/admin/").content.decode()
    assert f"accepted a suggestion on C1, {CREDIT}" in start


def test_what_is_made_again_is_credited_to_both_too(
    desk: Desks, analyst: User, a_map: ArgumentMap, editor: User, accepted: Change
) -> None:
    on_it: dict[str, Any] = {"actor": editor, "argument_map": a_map}
    undone, redone = actions.undo(**on_it), actions.redo(**on_it)
    assert [undone.credit, redone.credit] == ["editor", f"editor, {CREDIT}"]
