"""What lists are asked: what means nothing is refused, with its place."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.models import ArgumentMap
from tests.api.conftest import As

HERE = "/api/v1/maps/harbour/"
HUGE = 10**25
"""More than any column of a database holds."""


@pytest.mark.parametrize("noun", ["comments", "suggestions", "answers", "reviews", "rounds"])
@pytest.mark.parametrize("number", [0, 2**63, HUGE])
def test_a_number_that_no_row_can_have(
    as_: As, analyst: User, a_map: ArgumentMap, noun: str, number: int
) -> None:
    address = f"{HERE}{noun}/{number}/"
    assert as_(analyst).get(address).status_code == 404
    sent = {"version_seen": 1}
    assert as_(analyst).patch(address, sent, format="json").status_code in {400, 404, 410}


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (f"comments/?thread={HUGE}", "thread"),
        ("comments/?thread=0", "thread"),
        ("comments/?thread=1.5", "thread"),
        (f"reviews/?round={HUGE}", "round"),
        ("comments/?about=%00", "about"),
        ("comments/?author=%00", "author"),
        ("people/?starts=%00", "starts"),
        (f"people/?starts={'x' * 151}", "starts"),
        ("people/?foo=1", "foo"),
        ("graph/?foo=1", "foo"),
        ("problems/?foo=1", "foo"),
        ("comments/?stale=banana", "stale"),
        ("comments/?is_reply=2", "is_reply"),
        ("answers/?stale=yes", "stale"),
        ("reviews/?stale=None", "stale"),
        ("rounds/?open=banana", "open"),
        ("excerpts/?detached=no", "detached"),
        ("sources/?has_text=-", "has_text"),
        ("comments/?page_size=0", "page_size"),
        ("comments/?page_size=-1", "page_size"),
        ("comments/?page_size=501", "page_size"),
        ("comments/?page_size=ten", "page_size"),
        (f"comments/?page_size={'9' * 5_000}", "page_size"),
    ],
)
def test_what_no_row_can_answer_is_refused(
    as_: As, analyst: User, a_map: ArgumentMap, query: str, place: str
) -> None:
    answer = as_(analyst).get(f"{HERE}{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [place])


@pytest.mark.parametrize("word", ["true", "True", "1", "false", "0", ""])
def test_what_is_so_or_not_is_asked_by_these(
    as_: As, analyst: User, a_map: ArgumentMap, word: str
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, body="Why?")
    found = as_(analyst).get(f"{HERE}comments/?is_reply={word}").json()["count"]
    assert found == (0 if word.lower() in {"true", "1"} else 1)


def test_what_is_said_of_the_map_and_of_what_was_lost_can_be_asked_for(
    as_: As, analyst: User, a_map: ArgumentMap
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    for about in ("", "K1", "E1"):
        actions.add_comment(**on_it, about=about, body=f"On {about or 'the map'}.")
    actions.rate(**on_it, statement="K1", likelihood="likely")
    actions.delete_statement(**on_it, key="K1")
    for about, bodies in (("map", ["On the map."]), ("K1", ["On K1."]), ("E1", ["On E1."])):
        listed = as_(analyst).get(f"{HERE}comments/?about={about}").json()["results"]
        assert [each["body"] for each in listed] == bodies
    assert as_(analyst).get(f"{HERE}ratings/?about=K1").json()["count"] == 1


def test_the_page_that_helps_to_write_finds_nobody_by_a_nul(
    as_: As, reviewer: User, a_map: ArgumentMap
) -> None:
    answer = as_(reviewer).get("/maps/harbour/people/?starts=%00")
    assert (answer.status_code, answer.json()) == (200, {"people": []})
