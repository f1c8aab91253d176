"""Comments: reading, writing, settling."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from argmap import actions
from argmap.core.kinds import CommentState
from argmap.models import ArgumentMap, Comment
from tests.api.conftest import As

COMMENTS = "/api/v1/maps/harbour/comments/"


def test_says_something_about_an_element(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    given = {"about": "I1", "kind": "challenge", "flag": "overstated", "body": " Why *dear*? "}
    answer = as_(reviewer).post(COMMENTS, given)
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["Location"] == made["address"]
    assert made.items() >= {**given, "body": "Why *dear*?", "author": "reviewer"}.items()
    assert made["version_seen"] == a_map.version
    assert (made["state"], made["parent"]) == ("open", None)
    assert as_(reviewer).get(made["address"]).json() == made


def test_a_reply_is_about_what_its_thread_is_about(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    first = as_(reviewer).post(COMMENTS, {"about": "X1", "body": "Where?"}).json()
    reply = as_(analyst).post(COMMENTS, {"parent": first["number"], "body": "There."}).json()
    assert (reply["about"], reply["parent"], reply["state"]) == ("X1", first["number"], None)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "body"),
        ({"body": "  "}, "body"),
        ({"body": "x" * 10_001}, "body"),
        ({"body": "NUL \u0000"}, "body"),
        ({"body": "bell \u0007"}, "body"),
        ({"body": ["x"]}, "body"),
        ({"body": "x", "about": "C9"}, "about"),
        ({"body": "x", "about": "S1"}, "about"),
        ({"body": "x", "about": "c1"}, "about"),
        ({"body": "x", "kind": "praise"}, "kind"),
        ({"body": "x", "flag": "spam"}, "flag"),
        ({"body": "x", "parent": 999_999}, "parent"),
        ({"body": "x", "parent": 10**30}, "parent"),
        ({"body": "x", "version_seen": 999}, "version_seen"),
        ({"body": "x", "version_seen": -1}, "version_seen"),
        ({"body": "x", "author": "admin"}, "author"),
        ({"body": "x", "state": "resolved"}, "state"),
    ],
)
def test_names_what_is_wrong_and_writes_nothing(
    as_: As, reviewer: User, a_map: ArgumentMap, given: dict[str, Any], wrong: str
) -> None:
    answer = as_(reviewer).post(COMMENTS, given)
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [wrong]
    assert answer.json()["detail"].startswith(f"{wrong}: ")
    assert not Comment.objects.exists()


def test_half_a_character_is_refused(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    raw = rb'{"body": "half \ud800"}'
    answer = as_(reviewer).post(COMMENTS, raw, content_type="application/json")
    assert list(answer.json()["errors"]) == ["body"]


@pytest.mark.parametrize("given", [[], "text", 3, None])
def test_a_body_is_an_object(as_: As, reviewer: User, a_map: ArgumentMap, given: object) -> None:
    answer = as_(reviewer).post(COMMENTS, given)
    assert answer.status_code == 400
    assert answer.json()["detail"]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "پاکستان \u202e 👩🏽‍🔬", "w" * 500, '"\\&']
)
def test_gives_back_what_was_said(as_: As, reviewer: User, a_map: ArgumentMap, text: str) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": text}).json()
    assert made["body"] == text


def test_a_reply_to_another_maps_comment_is_refused(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    other = actions.create_map(actor=analyst, title="Other")
    elsewhere = actions.add_comment(actor=analyst, argument_map=other, body="Here.")
    answer = as_(reviewer).post(COMMENTS, {"body": "There.", "parent": elsewhere.pk})
    assert list(answer.json()["errors"]) == ["parent"]
    assert as_(reviewer).get(f"{COMMENTS}{elsewhere.pk}/").status_code == 404


def test_only_its_author_rewords_a_comment(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": "Why?"}).json()
    assert as_(analyst).patch(made["address"], {"body": "Because."}).status_code == 403
    reworded = as_(reviewer).patch(made["address"], {"body": "Why not?"}).json()
    assert reworded["body"] == "Why not?"
    assert reworded["edited_at"] is not None


def test_a_thread_is_resolved_and_opened_again(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": "Why?"}).json()
    for state in ("resolved", "open"):
        assert as_(analyst).patch(made["address"], {"state": state}).json()["state"] == state
    reply = as_(analyst).post(COMMENTS, {"body": "So.", "parent": made["number"]}).json()
    answer = as_(analyst).patch(reply["address"], {"state": "resolved"})
    assert list(answer.json()["errors"]) == ["state"]


def test_both_at_once_or_neither(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": "Why?"}).json()
    refused = as_(analyst).patch(made["address"], {"body": "Ha.", "state": "resolved"})
    assert refused.status_code == 403
    assert as_(analyst).get(made["address"]).json() == made
    both = as_(reviewer).patch(made["address"], {"body": "Ah.", "state": "resolved"}).json()
    assert (both["body"], both["state"]) == ("Ah.", "resolved")


def test_a_deleted_comment_leaves_a_trace(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": "Why?"}).json()
    as_(analyst).post(COMMENTS, {"body": "So.", "parent": made["number"]})
    assert as_(reviewer).delete(made["address"]).status_code == 204
    left = as_(analyst).get(made["address"]).json()
    assert (left["body"], left["deleted_by"], left["state"]) == ("", "reviewer", "resolved")
    assert as_(analyst).get(COMMENTS).json()["count"] == 2
    assert as_(reviewer).delete(made["address"]).status_code == 410


def test_the_same_form_sent_twice_makes_one_comment(
    as_: As, reviewer: User, a_map: ArgumentMap
) -> None:
    found = [as_(reviewer).post(COMMENTS, {"body": "Why?", "nonce": "a1"}) for _ in range(2)]
    assert [each.status_code for each in found] == [201, 200]
    assert found[0].json() == found[1].json()
    assert Comment.objects.count() == 1


def test_another_comment_under_an_old_nonce_is_not_taken_for_saved(
    as_: As, reviewer: User, a_map: ArgumentMap
) -> None:
    client, sent = as_(reviewer), {"about": "C1", "body": "Why?", "nonce": "a1"}
    made = client.post(COMMENTS, sent).json()
    others: list[dict[str, Any]] = [
        {"body": "How?"},
        {"about": "E1"},
        {"kind": "question"},
        {"flag": "unclear"},
        {"parent": made["number"]},
    ]
    for other in others:
        assert client.post(COMMENTS, {**sent, **other}).status_code == 409, other
    # What became of it since is its author's affair.
    client.patch(made["address"], {"body": "How so?"})
    again = client.post(COMMENTS, sent)
    assert (again.status_code, again.json()["body"]) == (200, "How so?")
    client.delete(made["address"])
    refused = client.post(COMMENTS, sent)
    assert refused.status_code == 409
    assert "deleted since" in refused.json()["detail"]


def test_a_reply_is_about_nothing_else(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    first = as_(reviewer).post(COMMENTS, {"about": "C1", "body": "Why?"}).json()
    reply = {"parent": first["number"], "body": "So."}
    refused = as_(reviewer).post(COMMENTS, {**reply, "about": "E1"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["about"])
    for about in ("C1", ""):
        assert as_(reviewer).post(COMMENTS, {**reply, "about": about}).status_code == 201


def test_says_what_it_said_before(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    made = as_(reviewer).post(COMMENTS, {"body": "Why?"}).json()
    as_(reviewer).patch(made["address"], {"body": "Why so?"})
    earlier = as_(reviewer).get(f"{made['address']}earlier/").json()
    assert [each["body"] for each in earlier] == ["Why?"]


def test_a_comment_is_stale_until_its_author_says_that_it_holds(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(COMMENTS, {"about": "C1", "body": "Why?"}).json()
    assert not made["stale"]
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It may close.")
    assert as_(analyst).get(f"{COMMENTS}?stale=true").json()["count"] == 1
    refused = as_(analyst).patch(made["address"], {"version_seen": a_map.version})
    assert refused.status_code == 403
    holds = as_(reviewer).patch(made["address"], {"version_seen": a_map.version}).json()
    assert (holds["stale"], holds["version_seen"]) == (False, a_map.version)


def test_a_session_needs_the_csrf_token(reviewer: User, a_map: ArgumentMap) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(reviewer)
    assert client.post(COMMENTS, {"body": "Forged."}).status_code == 403
    assert not Comment.objects.exists()


def test_a_program_comments_by_token(by_token: As, reviewer: User, a_map: ArgumentMap) -> None:
    made = by_token(reviewer).post(COMMENTS, {"body": "From a program."})
    assert made.json()["author"] == "reviewer"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["On E1.", "Reply.", "On the map."]),
        ("?about=E1", ["On E1.", "Reply."]),
        ("?kind=question", ["On E1."]),
        ("?flag=unclear", ["On E1."]),
        ("?author=analyst", ["Reply.", "On the map."]),
        ("?is_reply=false", ["On E1.", "On the map."]),
        ("?is_reply=true", ["Reply."]),
        ("?state=resolved", ["On the map."]),
    ],
)
def test_filters(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap, query: str, found: list[str]
) -> None:
    on_it: dict[str, Any] = {"argument_map": a_map}
    first = actions.add_comment(
        **on_it, actor=reviewer, about="E1", body="On E1.", kind="question", flag="unclear"
    )
    actions.add_comment(**on_it, actor=analyst, body="Reply.", parent=first.pk)
    last = actions.add_comment(**on_it, actor=analyst, body="On the map.")
    resolved = CommentState.RESOLVED
    actions.settle_thread(**on_it, actor=analyst, comment=last.pk, state=resolved)
    listed = as_(reviewer).get(COMMENTS + query).json()["results"]
    assert [each["body"] for each in listed] == found
    if not query:
        thread = as_(reviewer).get(f"{COMMENTS}?thread={first.pk}").json()
        assert thread["count"] == 2
