"""Suggestions on the review page: what would differ is seen, and settled, in the list itself."""

from __future__ import annotations

from typing import Any

import pytest

from argmap import actions
from argmap.core.kinds import Settlement
from argmap.models import Change, Statement, Suggestion
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/review/"
HTMX = {"HX-Request": "true"}
SAID = "The harbour should close from December to March."


@pytest.fixture
def made(by_reviewer: dict[str, Any]) -> Suggestion:
    return actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": SAID})


@pytest.fixture
def place(made: Suggestion) -> str:
    return f"{ADDRESS}threads/{made.comment_id}/"


def test_editors_see_what_would_differ_and_the_ways_to_settle_it(
    made: Suggestion, client_of: ClientOf
) -> None:
    page = client_of("analyst").get(ADDRESS).text
    assert "<ins> from December to March</ins>" in page
    for word in ("Accept", "Amend", "Decline, and say why"):
        assert word in page
    seen = client_of("reviewer").get(ADDRESS).text
    assert "<ins> from December to March</ins>" in seen
    for word in (">Accept<", ">Amend<", "Decline, and say why", ">Resolve<"):
        assert word not in seen


def test_it_is_accepted_in_place(made: Suggestion, place: str, client_of: ClientOf) -> None:
    seen = {"act": "accept", "version_seen": Statement.objects.get(key="C1").map.version}
    part = client_of("analyst").post(place, seen, headers=HTMX)
    assert "credited to you both" in part.text
    assert Statement.objects.get(key="C1").text == SAID
    again = client_of("analyst").post(place, seen)
    assert (again.status_code, "settled this suggestion already" in again.text) == (422, True)


def test_it_is_declined_in_place_with_a_reason(
    made: Suggestion, place: str, client_of: ClientOf
) -> None:
    typed = {"act": "decline", "version_seen": 1, "body": " "}
    refused = client_of("analyst").post(place, typed, headers=HTMX)
    assert (refused.status_code, "This field is required." in refused.text) == (422, True)
    answer = client_of("analyst").post(place, typed | {"body": "Ice goes in *March*."})
    assert answer.headers["Location"] == f"{ADDRESS}#thread-{made.comment_id}"
    made.refresh_from_db()
    assert made.outcome == Settlement.DECLINED
    assert [reply.body for reply in made.comment.replies.all()] == ["Ice goes in *March*."]


def test_one_that_was_overtaken_says_so_and_nothing_is_done(
    made: Suggestion, place: str, by_analyst: dict[str, Any], client_of: ClientOf
) -> None:
    actions.edit_statement(**by_analyst, key="C1", text="Close it.")
    page = client_of("analyst").get(ADDRESS).text
    assert "It can be accepted if you amend it." in page
    assert ">Accept<" not in page
    refused = client_of("analyst").post(place, {"act": "accept", "version_seen": 1}, headers=HTMX)
    assert refused.status_code == 409
    assert 'role="alert"' in refused.text
    assert Statement.objects.get(key="C1").text == "Close it."


@pytest.mark.parametrize("act", ["accept", "decline"])
@pytest.mark.parametrize("person", ["reviewer", "viewer", "outsider"])
def test_who_does_not_edit_settles_nothing(
    act: str, person: str, made: Suggestion, place: str, client_of: ClientOf
) -> None:
    before = Change.objects.count()
    answer = client_of(person).post(place, {"act": act, "body": "No.", "version_seen": 1})
    assert answer.status_code in {403, 404}
    assert Change.objects.count() == before


def test_to_resolve_its_thread_is_not_to_settle_it(
    made: Suggestion, place: str, client_of: ClientOf
) -> None:
    refused = client_of("reviewer").post(place, {"act": "resolve"}, headers=HTMX)
    assert refused.status_code == 422
    assert "accept, decline or withdraw" in refused.text
    assert client_of("analyst").post(place, {"act": "explode"}).status_code == 404
