"""Who may do what in a review: one table of every action and everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from argmap import actions
from argmap.core.kinds import CommentState
from argmap.models import ArgumentMap, Change, Comment, Review, Round

ROLES = ("owner", "editor", "reviewer", "viewer", "outsider", "superuser")
"""Anonymous visitors cannot be an actor: the faces turn them away (tests/access_table.py)."""

Do = Callable[[Mapping[str, Any], "World"], object]


class World:
    """A map on which the author, a second reviewer, has said, suggested, rated and judged."""

    def __init__(self, argument_map: ArgumentMap, author: User, asker: User) -> None:
        on: dict[str, Any] = {"actor": author, "argument_map": argument_map}
        self.author = author
        self.thread = actions.add_comment(**on, about="C1", body="Why?")
        self.suggestion: Comment = actions.suggest(
            **on, does="edit", on="C1", after={"text": "The harbour may close."}
        ).comment
        actions.rate(**on, statement="C1", likelihood="likely")
        self.verdict: Review = actions.give_verdict(**on, verdict="sound")
        self.round: Round = actions.ask_for_review(
            actor=asker, argument_map=argument_map, reviewers=[author]
        )


ANYONE_REVIEWING = "owner editor reviewer superuser"
EDITING = "owner editor superuser"
OWNING = "owner superuser"
NOBODY_ELSE = ""
"""What its author alone may do: nobody in the table is the author."""

TABLE: list[tuple[str, str, Do]] = [
    (
        "comment",
        ANYONE_REVIEWING,
        lambda on, world: actions.add_comment(**on, body="So?", about="C1"),
    ),
    (
        "reply",
        ANYONE_REVIEWING,
        lambda on, world: actions.add_comment(**on, body="So!", parent=world.thread.pk),
    ),
    (
        "reword another's comment",
        NOBODY_ELSE,
        lambda on, world: actions.edit_comment(**on, comment=world.thread.pk, body="Ha."),
    ),
    (
        "delete another's comment",
        OWNING,
        lambda on, world: actions.delete_comment(**on, comment=world.thread.pk),
    ),
    (
        "resolve",
        ANYONE_REVIEWING,
        lambda on, world: actions.settle_thread(
            **on, comment=world.thread.pk, state=CommentState.RESOLVED
        ),
    ),
    (
        "confirm another's comment",
        NOBODY_ELSE,
        lambda on, world: actions.confirm_comment(**on, comment=world.thread.pk),
    ),
    (
        "suggest an edit",
        ANYONE_REVIEWING,
        lambda on, world: actions.suggest(**on, does="edit", on="E1", after={"note": "Check."}),
    ),
    (
        "suggest an undercut",
        ANYONE_REVIEWING,
        lambda on, world: actions.suggest(
            **on, does="attack", on="I1", after={"kind": "counterargument", "text": "Once only."}
        ),
    ),
    (
        "accept",
        EDITING,
        lambda on, world: actions.accept_suggestion(**on, comment=world.suggestion.pk),
    ),
    (
        "amend",
        EDITING,
        lambda on, world: actions.accept_suggestion(
            **on, comment=world.suggestion.pk, amended={"text": "It might close."}
        ),
    ),
    (
        "accept several",
        EDITING,
        lambda on, world: actions.accept_suggestions(**on, comments=[world.suggestion.pk]),
    ),
    (
        "decline",
        EDITING,
        lambda on, world: actions.decline_suggestion(
            **on, comment=world.suggestion.pk, reason="It says so."
        ),
    ),
    (
        "withdraw another's suggestion",
        NOBODY_ELSE,
        lambda on, world: actions.withdraw_suggestion(**on, comment=world.suggestion.pk),
    ),
    (
        "rate",
        ANYONE_REVIEWING,
        lambda on, world: actions.rate(**on, statement="C1", likelihood="unlikely"),
    ),
    (
        "ask for a review",
        EDITING,
        lambda on, world: actions.ask_for_review(
            **on, reviewers=[world.author], message="Mind the ice."
        ),
    ),
    (
        "close a round",
        EDITING,
        lambda on, world: actions.close_round(**on, round=world.round.pk),
    ),
    (
        "give a verdict",
        ANYONE_REVIEWING,
        lambda on, world: actions.give_verdict(**on, verdict="abstain"),
    ),
    (
        "give a verdict that another was asked for",
        NOBODY_ELSE,
        lambda on, world: actions.give_verdict(**on, verdict="sound", round=world.round.pk),
    ),
    (
        "withdraw another's verdict",
        NOBODY_ELSE,
        lambda on, world: actions.withdraw_verdict(**on, review=world.verdict.pk),
    ),
    (
        "confirm another's verdict",
        NOBODY_ELSE,
        lambda on, world: actions.confirm_verdict(**on, review=world.verdict.pk),
    ),
]
"""The act, who may do it, and how it is done."""


@pytest.mark.parametrize(("act", "may", "do"), TABLE, ids=[act for act, _, _ in TABLE])
def test_everyone_may_do_what_the_table_says(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    reviewer: User,
    viewer: User,
    outsider: User,
    admin: User,
    act: str,
    may: str,
    do: Do,
) -> None:
    author = User.objects.create_user("author")
    actions.set_member(actor=analyst, argument_map=a_map, user=author, role="reviewer")
    world = World(a_map, author, analyst)
    people = (analyst, editor, reviewer, viewer, outsider, admin)
    for role, person in zip(ROLES, people, strict=True):
        before = Change.objects.count()
        try:
            with transaction.atomic():
                do({"actor": person, "argument_map": a_map}, world)
                allowed, written = True, Change.objects.count() - before
                transaction.set_rollback(True)
        except PermissionDenied:
            allowed, written = False, 0
        assert allowed == (role in may.split()), role
        assert written == allowed, "each act leaves one Change"
