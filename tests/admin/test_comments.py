"""Comments in the admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from argmap import actions
from argmap.models import ArgumentMap, Change, Comment

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]


@pytest.fixture
def question(a_map: ArgumentMap, reviewer: User) -> Comment:
    return actions.add_comment(
        actor=reviewer, argument_map=a_map, about="I1", body="Is it so?", kind="question"
    )


def test_a_new_comment_is_about_an_element_or_the_map(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    for about in ("X1", ""):
        page = desk(analyst).open("comment_add", query=f"?map={a_map.pk}")
        desk(analyst).send(page, about_key=about, body="Look here.")
        assert Comment.objects.latest("pk").about == about
    assert last_change()[0][:2] == ("analyst", "comment")


def test_a_comment_about_what_never_was_is_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("comment_add", query=f"?map={a_map.pk}")
    refused = desk(analyst).send(page, about_key="C9", body="Look here.")
    assert refused.context["adminform"].form.errors["about_key"]
    assert not Comment.objects.exists()


def test_an_author_rewords_a_comment(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    mine = actions.add_comment(actor=analyst, argument_map=a_map, body="First.")
    page = desk(analyst).open("comment_change", mine.pk)
    desk(analyst).send(page, body="Second.")
    assert last_change() == [("analyst", "edit", str(mine.pk), ["body"])]


def test_nobody_rewords_what_others_wrote_and_members_settle_it(
    desk: Desks, analyst: User, a_map: ArgumentMap, question: Comment, last_change: LastChange
) -> None:
    page = desk(analyst).open("comment_change", question.pk)
    desk(analyst).send(page, body="Twisted.", state="resolved")
    question.refresh_from_db()
    assert (question.body, question.state) == ("Is it so?", "resolved")
    assert last_change() == [("analyst", "resolve", str(question.pk), ["state"])]


def test_settling_and_reopening_several(
    desk: Desks, analyst: User, a_map: ArgumentMap, question: Comment
) -> None:
    address = reverse("admin:argmap_comment_changelist")
    for action, state in (("resolve", "resolved"), ("reopen", "open")):
        desk(analyst).client.post(address, {"action": action, "_selected_action": [question.pk]})
        question.refresh_from_db()
        assert question.state == state
        assert Change.objects.latest("pk").verb == action


def test_the_owner_deletes_a_comment_and_its_replies_stay(
    desk: Desks, analyst: User, a_map: ArgumentMap, question: Comment, last_change: LastChange
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, parent=question.pk, body="It is.")
    page = desk(analyst).open("comment_delete", question.pk)
    desk(analyst).client.post(page.request["PATH_INFO"], {"post": "yes"})
    question.refresh_from_db()
    assert (question.body, question.replies.get().body) == ("", "It is.")
    assert "(deleted by analyst)" in desk(analyst).open("comment_changelist").content.decode()
    assert last_change()[0][:2] == ("analyst", "delete")


def test_hostile_comments_are_shown_as_texts(
    desk: Desks, analyst: User, a_map: ArgumentMap, reviewer: User
) -> None:
    body = "<img src=x onerror=alert(1)>"
    found = actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body=body)
    for name, args in (
        ("comment_changelist", []),
        ("comment_change", [found.pk]),
        ("claim_change", [a_map.statements.get(key="C1").pk]),
    ):
        assert "<img src=x" not in desk(analyst).open(name, *args).content.decode()
