"""What lists are asked: what means nothing is refused, with its place."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

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
    ],
)
def test_what_no_row_can_answer_is_refused(
    as_: As, analyst: User, a_map: ArgumentMap, query: str, place: str
) -> None:
    answer = as_(analyst).get(f"{HERE}{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [place])


def test_the_page_that_helps_to_write_finds_nobody_by_a_nul(
    as_: As, reviewer: User, a_map: ArgumentMap
) -> None:
    answer = as_(reviewer).get("/maps/harbour/people/?starts=%00")
    assert (answer.status_code, answer.json()) == (200, {"people": []})
