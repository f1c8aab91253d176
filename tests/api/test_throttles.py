"""How often one may ask."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from rest_framework.throttling import SimpleRateThrottle

from argmap.models import ArgumentMap, Comment
from tests.api.conftest import As


@pytest.fixture(autouse=True)
def _low_rates(monkeypatch: pytest.MonkeyPatch) -> None:
    # REST framework reads the setting once, into this class.
    rates = {"anon": "2/min", "user": "6/min", "comment": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


def test_who_guesses_at_maps_is_counted(as_: As, a_map: ArgumentMap) -> None:
    client = as_()
    for _ in range(2):
        assert client.get("/api/v1/maps/nothing/").status_code == 401
    answer = client.get("/api/v1/maps/harbour/")
    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0


def test_a_forged_address_is_no_other(as_: As, a_map: ArgumentMap) -> None:
    client = as_()
    found = [
        client.get("/api/v1/maps/", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}").status_code
        for number in range(3)
    ]
    assert found == [200, 200, 429]


def test_a_burst_of_comments_is_stopped_and_reading_goes_on(
    as_: As, reviewer: User, a_map: ArgumentMap
) -> None:
    client = as_(reviewer)
    address = "/api/v1/maps/harbour/comments/"
    assert client.post(address, {"body": "One."}).status_code == 201
    answer = client.post(address, {"body": "Two."})
    assert answer.status_code == 429
    assert answer.json()["detail"].startswith("Too many comments in a short time.")
    assert int(answer.headers["Retry-After"]) > 0
    assert Comment.objects.count() == 1
    assert client.get(address).status_code == 200


def test_people_do_not_count_for_each_other(
    as_: As, reviewer: User, viewer: User, a_map: ArgumentMap
) -> None:
    found = [as_(viewer).get("/api/v1/maps/").status_code for _ in range(7)]
    assert found == [200] * 6 + [429]
    assert as_(reviewer).get("/api/v1/maps/").status_code == 200
