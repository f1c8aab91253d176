"""Answers to critical questions, by way of the API."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import Answer, ArgumentMap, CriticalQuestion, Scheme
from tests.api.conftest import As

MAP = "/api/v1/maps/harbour/"
ANSWERS = f"{MAP}answers/"
GIVEN = {"about": "I1", "question": 2, "says": "not_satisfied", "why": "The thaw."}


@pytest.fixture(autouse=True)
def questions(a_map: ArgumentMap) -> list[CriticalQuestion]:
    """Two questions of the scheme that I1 has."""
    asked = Scheme.objects.get(slug="sign").questions
    return [asked.create(order=place, text=f"Question {place}?") for place in (1, 2)]


def test_an_answer_is_given_read_confirmed_and_withdrawn(
    as_: As, reviewer: User, viewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    sent = as_(reviewer).post(ANSWERS, GIVEN)
    made = sent.json()
    assert (sent.status_code, sent.headers["Location"]) == (201, made["address"])
    told = {
        **GIVEN,
        "scheme": "sign",
        "asks": "Question 2?",
        "author": "reviewer",
        "stale": False,
        "version_seen": a_map.version,
    }
    assert {name: made[name] for name in told} == told
    assert as_(viewer).get(made["address"]).json() == made

    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Else.")
    stale = as_(viewer).get(f"{ANSWERS}?stale=true").json()["results"]
    assert [each["number"] for each in stale] == [made["number"]]
    held = as_(reviewer).patch(made["address"], {"version_seen": a_map.version}).json()
    assert not held["stale"]
    assert as_(viewer).get(f"{ANSWERS}?stale=true").json()["count"] == 0

    # Each person has one answer to each question.
    again = as_(reviewer).post(ANSWERS, {**GIVEN, "says": "satisfied"}).json()
    assert again["number"] == made["number"]
    assert as_(reviewer).delete(made["address"]).status_code == 204
    assert as_(reviewer).get(made["address"]).status_code == 404
    assert as_(reviewer).delete(made["address"]).status_code == 410


def test_answers_are_listed_by_what_they_are_about_and_say(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    as_(reviewer).post(ANSWERS, GIVEN)
    as_(analyst).post(ANSWERS, {**GIVEN, "question": 1, "says": "satisfied"})
    for query, authors in (
        ("", ["reviewer", "analyst"]),
        ("?about=I1", ["reviewer", "analyst"]),
        ("?about=I2", []),
        ("?says=satisfied", ["analyst"]),
        ("?author=reviewer", ["reviewer"]),
    ):
        listed = as_(reviewer).get(f"{ANSWERS}{query}").json()["results"]
        assert [each["author"] for each in listed] == authors, query


def test_a_write_on_what_one_has_not_seen_changes_nothing(
    as_: As, reviewer: User, analyst: User, a_map: ArgumentMap
) -> None:
    made = as_(reviewer).post(ANSWERS, GIVEN).json()
    tag = as_(reviewer).get(made["address"]).headers["ETag"]
    assert as_(reviewer).get(made["address"], HTTP_IF_NONE_MATCH=tag).status_code == 304
    actions.add_comment(actor=analyst, argument_map=a_map, body="So?")
    assert as_(reviewer).delete(made["address"], HTTP_IF_MATCH=tag).status_code == 412
    assert Answer.objects.exists()


@pytest.mark.parametrize(
    ("given", "status", "wrong"),
    [
        ({"question": 3}, 400, ["question"]),
        ({"question": 0}, 400, ["question"]),
        ({"says": "perhaps"}, 400, ["says"]),
        ({"about": "C1"}, 400, ["about"]),
        ({"about": "I9"}, 404, None),
        ({"about": "I2"}, 400, ["question"]),
        ({"version_seen": 10_000}, 400, ["version_seen"]),
        ({"nonsense": 1}, 400, ["nonsense"]),
    ],
)
def test_bad_fields_are_named(
    as_: As,
    reviewer: User,
    a_map: ArgumentMap,
    given: dict[str, Any],
    status: int,
    wrong: list[str] | None,
) -> None:
    refused = as_(reviewer).post(ANSWERS, {**GIVEN, **given})
    assert refused.status_code == status
    assert (list(refused.json()["errors"]) if wrong else None) == wrong
    assert not Answer.objects.exists()


def test_answers_of_another_map_are_not_here(
    as_: As, analyst: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    other = actions.copy_map(actor=analyst, argument_map=a_map, title="Other")
    row = actions.answer_question(
        actor=analyst,
        argument_map=other,
        inference="I1",
        question=questions[0].pk,
        says="satisfied",
    )
    assert as_(analyst).get(f"{ANSWERS}{row.pk}/").status_code == 404
    # Nor were they ever.
    assert as_(analyst).delete(f"{ANSWERS}{row.pk}/").status_code == 404
    assert as_(analyst).patch(f"{ANSWERS}{row.pk}/", {"version_seen": 1}).status_code == 404
    assert as_(analyst).get(ANSWERS).json()["count"] == 0


def test_a_list_costs_as_many_queries_for_many_answers_as_for_one(
    as_: As,
    reviewer: User,
    analyst: User,
    a_map: ArgumentMap,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = as_(reviewer)
    client.post(ANSWERS, GIVEN)
    for people in (0, 2):
        for user in (reviewer, analyst)[:people]:
            for place in (1, 2):
                as_(user).post(ANSWERS, {**GIVEN, "question": place})
        # session, user, map and role; how many there are, the answers; before and after, the questions
        with django_assert_num_queries(7):
            client.get(ANSWERS)
