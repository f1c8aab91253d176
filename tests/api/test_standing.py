"""How the review of a map stands, and what has changed since someone judged it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Scheme
from tests.api.conftest import As

MAP = "/api/v1/maps/harbour/"
Acts = dict[str, Any]


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer."""
    user = User.objects.create_user("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return user


@pytest.fixture
def by_second(a_map: ArgumentMap, second: User) -> Acts:
    """How they call actions on the map."""
    return {"actor": second, "argument_map": a_map}


@pytest.fixture
def questions(a_map: ArgumentMap) -> list[int]:
    """Two questions of the scheme that I1 has."""
    asked = Scheme.objects.get(slug="sign").questions
    return [asked.create(order=place, text=f"Question {place}?").pk for place in (1, 2)]


def test_the_standing_review(
    as_: As, viewer: User, by_reviewer: Acts, by_second: Acts, by_analyst: Acts
) -> None:
    client = as_(viewer)
    none = client.get(f"{MAP}review/").json()
    assert (none["overall"], none["stale"], none["verdicts"]) == (None, False, [])

    actions.give_verdict(**by_second, verdict="sound")
    actions.edit_statement(**by_analyst, key="C1", text="It may close.")
    first = actions.give_verdict(**by_reviewer, verdict="sound")
    last = actions.give_verdict(**by_reviewer, verdict="not_sound", summary="Ice.")
    told = client.get(f"{MAP}review/").json()
    assert (told["overall"], told["stale"], told["counts"]["not_sound"]) == ("not_sound", False, 1)
    assert [(each["reviewer"], each["stale"]) for each in told["verdicts"]] == [
        ("reviewer", False),
        ("second", True),
    ]
    assert first.pk != last.pk == told["verdicts"][0]["number"]
    actions.edit_statement(**by_analyst, key="C1", text="It should.")
    assert client.get(f"{MAP}review/").json()["stale"]


def test_questions_that_nobody_has_answered(
    as_: As, viewer: User, by_reviewer: Acts, questions: list[int]
) -> None:
    client = as_(viewer)
    tags = {path: client.get(MAP + path).headers["ETag"] for path in ("questions/", "review/")}
    actions.answer_question(**by_reviewer, inference="I1", question=questions[0], says="satisfied")
    asked = {"about": "I1", "scheme": "sign"}
    assert client.get(f"{MAP}questions/").json()["results"] == [
        {**asked, "question": 1, "asks": "Question 1?", "answered": True},
        {**asked, "question": 2, "asks": "Question 2?", "answered": False},
    ]
    left = client.get(f"{MAP}questions/?answered=false&about=I1").json()
    assert (left["count"], left["results"][0]["question"]) == (1, 2)
    assert client.get(f"{MAP}questions/?about=I2").json()["count"] == 0
    assert client.get(f"{MAP}review/").json()["unanswered"] == 1
    # What a new fixture asks is in no map's log.
    Scheme.objects.get(slug="sign").questions.create(order=3, text="Question 3?")
    for path, tag in tags.items():
        assert client.get(MAP + path, HTTP_IF_NONE_MATCH=tag).status_code == 200
    assert client.get(f"{MAP}review/").json()["unanswered"] == 2


def test_where_reviewers_differ_is_told_to_whom_the_figures_are(
    as_: As, reviewer: User, viewer: User, analyst: User, by_reviewer: Acts, by_second: Acts
) -> None:
    for key, likelihood in (("C1", "almost_certain"), ("E1", "likely"), ("E2", "likely")):
        actions.rate(**by_second, statement=key, likelihood=likelihood)
    for key, likelihood in (("C1", "almost_no_chance"), ("E1", "unlikely")):
        actions.rate(**by_reviewer, statement=key, likelihood=likelihood)
    for person in (reviewer, analyst):
        told = as_(person).get(f"{MAP}disagreements/").json()
        assert [each["about"] for each in told] == ["C1", "E1"]
        assert told[0]["figures"]["disagreement"] > told[1]["figures"]["disagreement"]
    tag = as_(analyst).get(f"{MAP}disagreements/").headers["ETag"]
    blind = as_(viewer).get(f"{MAP}disagreements/", HTTP_IF_NONE_MATCH=tag)
    assert (blind.status_code, blind.json()) == (200, [])
    actions.withdraw_rating(**by_reviewer, statement="C1")
    told = as_(reviewer).get(f"{MAP}disagreements/").json()
    assert [each["about"] for each in told] == ["E1"]


def test_what_has_changed_since_each_judgement(
    as_: As, reviewer: User, viewer: User, by_reviewer: Acts, by_analyst: Acts, questions: list[int]
) -> None:
    comment = actions.add_comment(**by_reviewer, about="C1", body="Why?")
    answer = actions.answer_question(
        **by_reviewer, inference="I1", question=questions[0], says="satisfied"
    )
    actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    verdict = actions.give_verdict(**by_reviewer, verdict="sound")
    before = "The harbour should close in winter."
    since = {
        name: f"{MAP}{path}/since/"
        for name, path in (
            ("comment", f"comments/{comment.pk}"),
            ("answer", f"answers/{answer.pk}"),
            ("rating", "ratings/C1"),
            ("verdict", f"reviews/{verdict.pk}"),
        )
    }
    client = as_(reviewer)
    assert [client.get(address).json() for address in since.values()] == [[], [], [], []]

    actions.edit_statement(**by_analyst, key="C1", text="It may close.")
    actions.add_statement(**by_analyst, kind="claim", text="Tugs are dear.")
    told = {name: client.get(address).json() for name, address in since.items()}

    (moved,) = told["comment"]
    assert (moved["type"], moved["key"], moved["done"]) == ("statement", "C1", "changed")
    assert moved["by"] == ["analyst"]
    assert moved["differences"] == [{"field": "text", "before": before, "after": "It may close."}]
    assert (told["rating"], told["answer"]) == ([moved], [])
    assert [(each["key"], each["done"]) for each in told["verdict"]] == [
        ("C1", "changed"),
        ("C2", "added"),
    ]
    added = {each["field"]: each["after"] for each in told["verdict"][1]["differences"]}
    assert added.items() >= {"kind": "claim", "text": "Tugs are dear."}.items()
    # Whose rating is asked for is whoever asks.
    assert as_(viewer).get(since["rating"]).status_code == 404
    assert as_(viewer).get(since["comment"]).json() == told["comment"]


def test_a_rating_tells_whether_it_is_stale(
    as_: As, reviewer: User, by_reviewer: Acts, by_analyst: Acts
) -> None:
    actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    actions.rate(**by_reviewer, statement="E1", likelihood="likely")
    actions.edit_statement(**by_analyst, key="C1", text="It may close.")
    client = as_(reviewer)
    listed = client.get(f"{MAP}ratings/?stale=true").json()["results"]
    assert [(each["about"], each["stale"]) for each in listed] == [("C1", True)]
    assert client.get(f"{MAP}ratings/C1/").json()["own"]["stale"]
    assert not client.get(f"{MAP}ratings/E1/").json()["own"]["stale"]


def test_threads_are_listed_by_weight(as_: As, viewer: User, by_reviewer: Acts) -> None:
    light = actions.add_comment(**by_reviewer, body="By the way.")
    actions.add_comment(**by_reviewer, parent=light.pk, kind="challenge", body="No.")
    actions.add_comment(**by_reviewer, about="C1", kind="challenge", flag="overstated", body="No.")
    listed = as_(viewer).get(f"{MAP}comments/?order=-weight").json()["results"]
    assert [each["weight"] for each in listed] == [49, 10, None]
    latest = as_(viewer).get(f"{MAP}comments/?order=-created_at").json()["results"]
    assert [each["weight"] for each in latest] == [49, None, 10]
    refused = as_(viewer).get(f"{MAP}comments/?order=weight")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["order"])


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # session, user, map and role; then: the questions before and after, how many are asked and
        # how many answered, the verdicts twice
        ("review/", 9),
        # how many ratings there are, those that may be seen
        ("disagreements/", 5),
        # how many questions there are, the questions, and what the tag hangs on before and after
        ("questions/", 7),
        # how many comments there are, the comments
        ("comments/?order=-weight", 5),
        # how many ratings there are, the ratings
        ("ratings/", 5),
    ],
)
def test_they_cost_as_many_queries_for_much_as_for_little(
    path: str,
    queries: int,
    as_: As,
    reviewer: User,
    by_reviewer: Acts,
    by_second: Acts,
    questions: list[int],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_(reviewer)
    for keys in (["C1"], ["E1", "E2", "K1"]):
        for by in (by_reviewer, by_second):
            actions.give_verdict(**by, verdict="sound")
            for key in keys:
                actions.rate(**by, statement=key, likelihood="likely")
                actions.add_comment(**by, about=key, body="Why?")
        with django_assert_num_queries(queries):
            assert client.get(MAP + path).status_code == 200
