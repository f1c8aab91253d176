"""Suggestions, ratings, verdicts and rounds, by way of the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.throttling import SimpleRateThrottle

from argmap import actions
from argmap.core.formats import native
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Comment, Rating, Statement
from tests.api.conftest import As

MAP = "/api/v1/maps/harbour/"
SUGGESTIONS, RATINGS = f"{MAP}suggestions/", f"{MAP}ratings/"
REVIEWS, ROUNDS = f"{MAP}reviews/", f"{MAP}rounds/"

EDIT = {"does": "edit", "on": "C1", "after": {"text": "It may close."}}


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer."""
    user = User.objects.create_user("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return user


def test_a_suggestion_is_a_comment_and_is_accepted(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(SUGGESTIONS, {**EDIT, "body": "Clearer."}, format="json").json()
    assert made.items() >= {**EDIT, "author": "reviewer", "outcome": "open"}.items()
    assert made["before"] == {"text": "The harbour should close in winter."}
    comment = as_(reviewer).get(f"{MAP}comments/{made['number']}/").json()
    assert (comment["kind"], comment["body"]) == ("suggestion", "Clearer.")
    assert comment["suggestion"] == made

    assert as_(reviewer).patch(made["address"], {"outcome": "accepted"}).status_code == 403
    done = as_(analyst).patch(made["address"], {"outcome": "accepted"}).json()
    a_map.refresh_from_db()
    assert (done["outcome"], done["settled_by"], done["change"]) == (
        "accepted",
        "analyst",
        a_map.activity,
    )
    assert Statement.objects.get(key="C1").text == "It may close."
    assert as_(reviewer).get(f"{SUGGESTIONS}?outcome=open&on=C1").json()["count"] == 0


def test_an_overtaken_suggestion_is_a_conflict_until_it_is_amended(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(SUGGESTIONS, EDIT, format="json").json()
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it.")
    refused = as_(analyst).patch(made["address"], {"outcome": "accepted"})
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("analyst changed C1 (text)")
    amended = {"outcome": "amended", "after": {"text": "It should."}, "seen": a_map.version}
    done = as_(analyst).patch(made["address"], amended, format="json").json()
    assert done["outcome"] == "amended"
    assert Statement.objects.get(key="C1").text == "It should."


def test_several_are_accepted_and_the_answer_says_what_became_of_each(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    wanted = [EDIT, {**EDIT, "after": {"text": "Close it."}}, {**EDIT, "after": {"title": "Ice"}}]
    numbers = [
        as_(reviewer).post(SUGGESTIONS, each, format="json").json()["number"] for each in wanted
    ]
    several = {"outcome": "accepted", "numbers": numbers}
    assert as_(reviewer).patch(SUGGESTIONS, several, format="json").status_code == 403
    tag = as_(analyst).get(SUGGESTIONS).headers["ETag"]

    answer = as_(analyst).patch(SUGGESTIONS, several, format="json", headers={"If-Match": tag})

    assert [(each["number"], each["accepted"]) for each in answer.json()] == [
        (numbers[0], True),
        (numbers[1], False),
        (numbers[2], True),
    ]
    assert answer.json()[1]["problem"].startswith("analyst changed C1 (text)")
    row = Statement.objects.get(key="C1")
    assert (row.text, row.title) == ("It may close.", "Ice")
    stale = as_(analyst).patch(SUGGESTIONS, several, format="json", headers={"If-Match": tag})
    assert stale.status_code == 412


@pytest.mark.parametrize(
    "several",
    [
        {"outcome": "accepted", "numbers": []},
        {"outcome": "accepted", "numbers": [1] * 101},
        {"outcome": "declined", "numbers": [1]},
        {"numbers": [1]},
        {"outcome": "accepted", "numbers": ["x"]},
        {"outcome": "accepted", "numbers": [1], "reason": "No."},
    ],
)
def test_how_several_cannot_be_accepted(
    several: dict[str, Any], as_: As, analyst: User, a_map: ArgumentMap
) -> None:
    assert as_(analyst).patch(SUGGESTIONS, several, format="json").status_code == 400


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"outcome": "open"}, "outcome"),
        ({"outcome": "declined"}, "reason"),
        ({"outcome": "amended"}, "after"),
        ({"outcome": "accepted", "reason": "Good."}, "reason"),
        ({"outcome": "amended", "after": {"text": ""}}, "after.text"),
        ({"outcome": "amended", "after": {"colour": "red"}}, "after.colour"),
    ],
)
def test_how_a_suggestion_cannot_be_settled(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap, given: dict[str, Any], wrong: str
) -> None:
    made = as_(reviewer).post(SUGGESTIONS, EDIT, format="json").json()
    answer = as_(analyst).patch(made["address"], given, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [wrong]


@pytest.mark.parametrize(
    ("given", "wrong", "told"),
    [
        ({"after": {"titel": "Ice"}}, "after.titel", "kind, title, text"),
        ({"after": {"warrant": "So."}}, "after.warrant", "kind, title, text"),
        ({"after": {"on": "C1"}}, "after.on", "kind, title, text"),
        ({"after": {"kind": "praise"}}, "after.kind", "claim"),
        ({"after": {}}, "after", "nothing that would differ"),
        ({"on": "I1"}, "on", "an edit is of a statement"),
        ({"does": "attack", "after": {"text": "No."}}, "after.kind", "missing"),
        ({"does": "attack", "after": {"titel": "No."}}, "after.titel", "warrant, scheme"),
        (
            {"does": "attack", "after": {"kind": "claim", "text": "No.", "scheme": "none"}},
            "after.scheme",
            "no scheme",
        ),
    ],
)
def test_where_a_suggestion_is_wrong(
    as_: As, reviewer: User, a_map: ArgumentMap, given: dict[str, Any], wrong: str, told: str
) -> None:
    answer = as_(reviewer).post(SUGGESTIONS, {**EDIT, **given}, format="json")
    assert answer.status_code == 400
    ((place, messages),) = answer.json()["errors"].items()
    assert place == wrong
    assert told in messages[0]
    # What a statement has, and no more.
    assert given.get("does") or "warrant, scheme" not in messages[0]


def test_what_was_never_suggested_is_not_said_to_be_deleted(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(SUGGESTIONS, EDIT, format="json").json()["number"]
    as_(reviewer).delete(f"{MAP}comments/{made}/")
    sent = {"outcome": "accepted", "numbers": [made, 999_999]}
    told = as_(analyst).patch(SUGGESTIONS, sent, format="json").json()
    assert [each["problem"] for each in told] == [
        "The suggestion was deleted meanwhile.",
        "This map has no suggestion 999999.",
    ]


def test_a_suggestion_that_is_sent_twice(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    client, sent = as_(reviewer), {**EDIT, "nonce": "a1"}
    made = client.post(SUGGESTIONS, sent, format="json")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", title="Winter")
    again = client.post(SUGGESTIONS, sent, format="json")
    assert (made.status_code, again.status_code) == (201, 200)
    assert again.json() == made.json()
    for other in (
        {"on": "E1"},
        {"after": {"text": "Else."}},
        {"body": "Why."},
        {"flag": "unclear"},
    ):
        refused = client.post(SUGGESTIONS, {**sent, **other}, format="json")
        assert refused.status_code == 409, other
    said = client.post(f"{MAP}comments/", {"body": "Why?", "nonce": "a2"}, format="json")
    assert said.status_code == 201
    assert client.post(SUGGESTIONS, {**sent, "nonce": "a2"}, format="json").status_code == 409
    assert client.post(f"{MAP}comments/", {"body": "Why?", "nonce": "a1"}).status_code == 409
    client.delete(f"{MAP}comments/{made.json()['number']}/")
    assert client.post(SUGGESTIONS, sent, format="json").status_code == 409
    assert Comment.objects.count() == 2


def test_a_rating_of_what_never_was(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    assert as_(reviewer).delete(f"{RATINGS}C99/").status_code == 404
    assert as_(reviewer).delete(f"{RATINGS}C1/").status_code == 410


def test_a_burst_of_suggestions_counts_as_comments(
    as_: As, reviewer: User, a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"anon": "9/min", "user": "9/min", "comment": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    client = as_(reviewer)
    assert client.post(f"{MAP}comments/", {"body": "One."}).status_code == 201
    answer = client.post(SUGGESTIONS, EDIT, format="json")
    assert answer.status_code == 429
    assert answer.json()["detail"].startswith("Too many comments in a short time.")


def test_ratings_are_blind(
    as_: As, reviewer: User, second: User, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    mine = {"about": "C1", "likelihood": "likely", "confidence": "low"}
    assert as_(second).post(RATINGS, {**mine, "likelihood": "unlikely"}).status_code == 201

    for person in (reviewer, viewer, None):
        assert as_(person).get(RATINGS).json()["results"] == []
        hidden = as_(person).get(f"{RATINGS}C1/").json()
        assert (hidden["count"], hidden["hidden"], hidden["figures"]) == (1, True, None)
        assert hidden["others"] == []
    assert as_(analyst).get(f"{RATINGS}C1/").json()["figures"]["mean"] == 0.325

    told = as_(reviewer).post(RATINGS, mine).json()
    assert [each["likelihood"] for each in told["others"]] == ["unlikely"]
    assert (told["own"]["likelihood"], told["figures"]["mean"]) == ("likely", 0.5)
    assert [each["author"] for each in as_(reviewer).get(RATINGS).json()["results"]] == [
        "second",
        "reviewer",
    ]


def test_what_one_may_see_of_ratings_has_a_tag_of_its_own(
    as_: As, reviewer: User, second: User, a_map: ArgumentMap
) -> None:
    actions.rate(actor=second, argument_map=a_map, statement="C1", likelihood="likely")
    for address in (RATINGS, f"{RATINGS}C1/"):
        tags = {as_(person).get(address).headers["ETag"] for person in (reviewer, second)}
        assert len(tags) == 2
        for tag in tags:
            again = as_(reviewer).get(address, HTTP_IF_NONE_MATCH=tag)
            own = as_(reviewer).get(address).headers["ETag"]
            assert again.status_code == (304 if tag == own else 200)


def test_nothing_else_tells_the_figures(
    as_: As, reviewer: User, second: User, a_map: ArgumentMap
) -> None:
    actions.rate(
        actor=second,
        argument_map=a_map,
        statement="C1",
        likelihood="almost_certain",
        confidence="high",
    )
    for address in (
        MAP,
        f"{MAP}statements/",
        f"{MAP}statements/C1/",
        f"{MAP}comments/",
        f"{MAP}reviews/",
        f"{MAP}graph/",
        f"{MAP}problems/",
        f"{MAP}export/json/?include=comments,reviews",
        "/maps/harbour/",
        "/maps/harbour/elements/C1/",
        "/maps/harbour/live/?since=1",
    ):
        answer = as_(reviewer).get(address)
        assert answer.status_code == 200
        assert b"almost_certain" not in answer.content.replace(b'value="almost_certain"', b"")


def test_ones_own_rating_is_confirmed_and_withdrawn(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    as_(reviewer).post(RATINGS, {"about": "C1", "likelihood": "likely"})
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It may.")
    held = as_(reviewer).patch(f"{RATINGS}C1/", {"version_seen": a_map.version}).json()
    assert held["own"]["version_seen"] == a_map.version
    assert as_(analyst).delete(f"{RATINGS}C1/").status_code == 410
    assert as_(reviewer).delete(f"{RATINGS}C1/").status_code == 204
    assert not Rating.objects.exists()


def test_a_round_from_the_request_to_the_verdict(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    asked = as_(analyst).post(
        ROUNDS, {"reviewers": ["reviewer"], "due": "9999-12-31", "message": "Please."}
    )
    assert asked.status_code == 201
    made = asked.json()
    assert made["reviewers"] == [{"reviewer": "reviewer", "verdict": "", "finished_at": None}]
    refused = as_(reviewer).post(REVIEWS, {"verdict": "not_sound", "round": made["number"]})
    assert list(refused.json()["errors"]) == ["summary"]

    given = as_(reviewer).post(REVIEWS, {"verdict": "sound", "round": made["number"]}).json()
    assert (given["reviewer"], given["stale"]) == ("reviewer", False)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It may.")
    assert as_(analyst).get(f"{REVIEWS}?stale=true").json()["count"] == 1
    held = as_(reviewer).patch(given["address"], {"version_seen": a_map.version}).json()
    assert not held["stale"]

    assert as_(reviewer).delete(given["address"]).status_code == 204
    again = as_(reviewer).post(REVIEWS, {"verdict": "sound", "round": made["number"]}).json()
    closed = as_(analyst).patch(made["address"], {"closed": True}, format="json").json()
    assert closed["closed_at"] is not None
    assert as_(analyst).get(f"{ROUNDS}?open=true").json()["count"] == 0
    assert as_(reviewer).delete(again["address"]).status_code == 400, "what was given stands"
    assert as_(reviewer).get(REVIEWS).json()["count"] == 1


def test_a_round_tells_nobody_who_else_there_is(
    as_: As, analyst: User, outsider: User, a_map: ArgumentMap
) -> None:
    told = [
        as_(analyst).post(ROUNDS, {"reviewers": [name]}).json()["errors"]["reviewers"]
        for name in ("outsider", "nobody")
    ]
    assert told == [[f"They may not review this map: {n}."] for n in ("outsider", "nobody")]


def test_reviewers_are_told_whom_they_may_call(
    as_: As, reviewer: User, viewer: User, a_map: ArgumentMap
) -> None:
    answer = as_(reviewer).get(f"{MAP}people/?starts=An")
    assert answer.json() == [{"user": "analyst", "name": ""}]
    assert as_(viewer).get(f"{MAP}people/").status_code == 403


def test_a_file_has_what_people_say_where_that_is_asked_for(
    as_: As, reviewer: User, viewer: User, a_map: ArgumentMap
) -> None:
    address = f"{MAP}export/json/"
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    tag = as_(viewer).get(address).headers["ETag"]
    said = as_(viewer).get(f"{address}?include=comments").headers["ETag"]
    actions.add_comment(**on, about="X1", body="Where?")
    actions.give_verdict(**on, verdict="sound")

    assert as_(viewer).get(address).headers["ETag"] == tag
    answer = as_(viewer).get(f"{address}?include=comments,reviews")
    assert answer.headers["ETag"] != said
    loaded = native.load(answer.content.decode())
    assert [(each["number"], each["target"]) for each in loaded.comments] == [(1, "X1")]
    assert [each["verdict"] for each in loaded.reviews] == ["sound"]
    assert (
        native.load(as_(viewer).get(f"{address}?include=reviews").content.decode()).comments == ()
    )
    assert as_(viewer).get(f"{address}?include=ratings").status_code == 400
    assert as_(viewer).get(f"{MAP}export/dot/?include=comments").status_code == 400
    assert Comment.objects.count() == 1
