"""One's own inbox, mentions and digest, by way of the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import ArgumentMap, Digest, Scheme
from argmap.review import SECTIONS
from argmap.web.review.sections import KINDS
from tests.api.conftest import As

INBOX, MENTIONS, DIGEST = "/api/v1/inbox/", "/api/v1/mentions/", "/api/v1/digest/"
Acts = dict[str, Any]


def counts(client: Any, query: str = "") -> dict[str, int]:
    """Return how much is in each section that is not empty."""
    told = client.get(f"{INBOX}{query}").json()["sections"]
    return {each["name"]: each["count"] for each in told if each["count"]}


@pytest.fixture
def busy(a_map: ArgumentMap, by_analyst: Acts, by_reviewer: Acts, reviewer: User) -> None:
    """Something in each section of the reviewer's or the analyst's."""
    actions.add_comment(**by_reviewer, about="C1", kind="challenge", body="No. @analyst")
    first = actions.add_comment(**by_reviewer, about="E1", kind="question", body="Why?")
    actions.add_comment(**by_analyst, parent=first.pk, body="So. @reviewer")
    actions.suggest(**by_reviewer, does="edit", on="E1", after={"title": "Ice"})
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="Is it a sign?")
    actions.answer_question(**by_reviewer, inference="I1", question=question.pk, says="satisfied")
    actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    actions.give_verdict(**by_reviewer, verdict="sound")
    actions.ask_for_review(**by_analyst, reviewers=[reviewer], message="Please.")
    actions.edit_statement(**by_analyst, key="C1", text="It may close.")
    actions.edit_inference(**by_analyst, key="I1", warrant="Else.")


def test_what_waits_is_counted_by_section(
    as_: As, analyst: User, reviewer: User, outsider: User, busy: None
) -> None:
    assert counts(as_(reviewer)) == {
        "requests": 1,
        "answered": 1,
        "mentions": 1,
        "stale": 4,
        "waiting": 2,
        "unresolved": 3,
    }
    theirs = {"answer": 1, "decide": 1, "mentions": 1, "rounds": 1, "waiting": 1, "unresolved": 3}
    assert counts(as_(analyst)) == theirs
    assert as_(analyst).get(INBOX).json()["waiting"] == 3
    assert counts(as_(outsider)) == {}
    assert counts(as_(analyst), "?map=harbour") == theirs
    assert counts(as_(analyst), "?map=other") == {}
    for query in ("?map=%00", "?foo=1", "?map=a b"):
        assert as_(analyst).get(f"{INBOX}{query}").status_code == 400


def test_each_line_leads_to_its_row(as_: As, analyst: User, reviewer: User, busy: None) -> None:
    sorts: dict[str, set[str]] = {}
    for person in (reviewer, analyst):
        client = as_(person)
        for section in client.get(INBOX).json()["sections"]:
            listed = client.get(section["address"]).json()
            assert listed["count"] == len(listed["results"]) == section["count"]
            for line in listed["results"]:
                assert line["map"] == "harbour"
                assert client.get(line["address"]).status_code == 200
                sorts.setdefault(section["name"], set()).add(line["sort"])
    threads = ("answer", "decide", "answered", "mentions", "waiting", "unresolved")
    assert sorts == {
        **{name: {"comment"} for name in threads},
        **{name: {"round"} for name in ("requests", "rounds")},
        "stale": {"verdict", "comment", "answer", "rating"},
    }


def test_lines_say_what_there_is_to_do(as_: As, analyst: User, reviewer: User, busy: None) -> None:
    def lines(person: User, section: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = as_(person).get(f"{INBOX}{section}/").json()["results"]
        return found

    (asked,) = lines(reviewer, "requests")
    assert (asked["said"], asked["by"], asked["missing"]) == ("Please.", "analyst", None)
    assert lines(analyst, "rounds")[0]["missing"] == 1
    assert [each["weight"] for each in lines(analyst, "unresolved")] == [43, 30, 20]
    (answered,) = lines(reviewer, "answered")
    assert (answered["about"], answered["said"], answered["by"]) == ("E1", "Why?", "analyst")
    since = [as_(reviewer).get(f"{each['address']}since/") for each in lines(reviewer, "stale")]
    assert all(each.json() for each in since)


def test_sections_come_in_pages(as_: As, reviewer: User, busy: None) -> None:
    client = as_(reviewer)
    for section in ("stale", "unresolved"):
        whole = client.get(f"{INBOX}{section}/").json()["results"]
        found, address = [], f"{INBOX}{section}/?page_size=1"
        while address:
            page = client.get(address).json()
            assert len(page["results"]) == 1
            found += page["results"]
            address = page["next"]
        assert found == whole


def test_there_are_no_other_sections(as_: As, reviewer: User, db: None) -> None:
    answer = as_(reviewer).get(f"{INBOX}else/")
    assert answer.status_code == 404
    assert "requests, answer" in answer.json()["detail"]


def test_a_map_that_one_may_not_read_any_more_is_in_no_inbox(
    as_: As, analyst: User, reviewer: User, a_map: ArgumentMap, busy: None
) -> None:
    tag = as_(reviewer).get(INBOX).headers["ETag"]
    assert as_(reviewer).get(INBOX, HTTP_IF_NONE_MATCH=tag).status_code == 304
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PRIVATE)
    assert as_(reviewer).get(INBOX, HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert counts(as_(reviewer)) == {}
    assert as_(reviewer).get(MENTIONS).json()["count"] == 0


def test_mentions_are_marked_as_read(as_: As, analyst: User, reviewer: User, busy: None) -> None:
    client = as_(reviewer)
    (called,) = client.get(f"{MENTIONS}?read=false&map=harbour").json()["results"]
    assert (called["author"], called["said"], called["read_at"]) == (
        "analyst",
        "So. @reviewer",
        None,
    )
    assert client.get(called["address"]).json()["body"] == "So. @reviewer"
    sent = {"read": True, "numbers": [called["number"]]}
    # Others' are not one's own to mark.
    assert as_(analyst).patch(MENTIONS, sent, format="json").json() == {"marked": 0}
    tag = client.get(MENTIONS).headers["ETag"]
    assert client.patch(MENTIONS, sent, format="json", HTTP_IF_MATCH='"x"').status_code == 412
    done = client.patch(MENTIONS, sent, format="json", HTTP_IF_MATCH=tag)
    assert done.json() == {"marked": 1}
    assert client.patch(MENTIONS, sent, format="json").json() == {"marked": 0}
    assert client.get(f"{MENTIONS}?read=false").json()["count"] == 0
    assert client.get(f"{MENTIONS}?read=true").json()["count"] == 1
    assert "mentions" not in counts(client)


@pytest.mark.parametrize(
    "sent",
    [{}, {"read": True}, {"read": False, "numbers": [1]}, {"read": True, "numbers": []}],
)
def test_how_mentions_cannot_be_marked(as_: As, reviewer: User, sent: dict[str, Any]) -> None:
    assert as_(reviewer).patch(MENTIONS, sent, format="json").status_code == 400


def test_the_digest_is_chosen(as_: As, by_token: As, reviewer: User) -> None:
    client = as_(reviewer)
    first = client.get(DIGEST)
    assert first.json() == {"how_often": "off"}
    tag = first.headers["ETag"]
    chosen = by_token(reviewer).patch(DIGEST, {"how_often": "daily"}, format="json")
    assert chosen.json() == {"how_often": "daily"} == client.get(DIGEST).json()
    late = client.patch(DIGEST, {"how_often": "off"}, format="json", HTTP_IF_MATCH=tag)
    assert late.status_code == 412
    for sent in ({}, {"how_often": "hourly"}, {"how_often": "off", "user": "admin"}):
        assert client.patch(DIGEST, sent, format="json").status_code == 400
    assert Digest.objects.get().how_often == "daily"


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # session, user; the badge; a count of each table of each section
        ("", 16),
        # how many there are, their numbers, the lines
        ("unresolved/", 5),
        ("answer/", 5),
        ("mentions/", 5),
        # the numbers of four tables, the lines of each
        ("stale/", 10),
    ],
)
def test_the_inbox_costs_as_many_queries_for_many_maps_as_for_one(
    path: str,
    queries: int,
    as_: As,
    analyst: User,
    busy: None,
    by_analyst: Acts,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_(analyst)
    question = Scheme.objects.get(slug="sign").questions.get()
    for times in (1, 3):
        for _ in range(times):
            actions.add_comment(**by_analyst, about="C1", kind="challenge", body="No.")
            actions.answer_question(
                **by_analyst, inference="I1", question=question.pk, says="satisfied"
            )
            actions.give_verdict(**by_analyst, verdict="sound")
            for key in ("C1", "E1"):
                actions.rate(**by_analyst, statement=key, likelihood="likely")
        actions.edit_statement(**by_analyst, key="C1", text=f"It may {times}.")
        actions.edit_inference(**by_analyst, key="I1", warrant=f"Else {times}.")
        with django_assert_num_queries(queries):
            assert client.get(f"{INBOX}{path}").status_code == 200


def test_every_section_of_the_page_is_here() -> None:
    assert list(SECTIONS) == [kind.name for kind in KINDS]
