"""Accepting many suggestions at once: what would be, what was, and what was not and why."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import Settlement
from argmap.models import ArgumentMap, Change, Suggestion
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/review/suggestions/"


@pytest.fixture
def suggested(a_map: ArgumentMap, reviewer: User) -> dict[str, int]:
    """Two wordings of one text, a title, and an attack."""
    by: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    after = {
        "first": {"text": "It should close in spring."},
        "second": {"text": "It should close in autumn."},
        "title": {"title": "Close it"},
    }
    found = {
        name: actions.suggest(**by, does="edit", on="C1", after=fields).comment_id
        for name, fields in after.items()
    }
    new = {"kind": "counterargument", "text": "<b>Tugs</b> are dear."}
    made = actions.suggest(**by, does="attack", on="C1", after=new)
    return {**found, "attack": made.comment_id}


def test_it_lists_what_would_be_accepted(suggested: dict[str, int], client_of: ClientOf) -> None:
    client = client_of("editor")
    page = client.get(ADDRESS)
    assert {row.first.pk for row in page.context["rows"]} == set(suggested.values())
    assert "<ins> spring</ins>" in page.text
    assert "&lt;b&gt;Tugs&lt;/b&gt;" in page.text
    attacks = client.get(f"{ADDRESS}?does=attack").context["rows"]
    assert [row.first.pk for row in attacks] == [suggested["attack"]]
    assert "Accept suggestions" in client.get("/maps/harbour/review/").text


def test_it_accepts_what_can_be_and_says_why_the_rest_was_not(
    a_map: ArgumentMap, suggested: dict[str, int], client_of: ClientOf
) -> None:
    wanted = [suggested[name] for name in ("first", "second", "title")]
    answer = client_of("editor").post(f"{ADDRESS}?does=edit", {"comment": wanted})
    assert "2 of 3 accepted" in answer.text
    assert "Not accepted: " in answer.text
    row = a_map.statements.get(key="C1")
    assert (row.text, row.title) == ("It should close in spring.", "Close it")
    outcomes = dict(Suggestion.objects.values_list("comment", "outcome"))
    assert outcomes == {
        suggested["first"]: Settlement.ACCEPTED,
        suggested["second"]: Settlement.OPEN,
        suggested["title"]: Settlement.ACCEPTED,
        suggested["attack"]: Settlement.OPEN,
    }
    credited = Change.objects.filter(map=a_map, verb="accept")
    assert {(each.actor_name, each.proposed_by_name) for each in credited} == {
        ("editor", "reviewer")
    }
    # What was overtaken is not ticked again.
    assert "checked" not in client_of("editor").get(f"{ADDRESS}?does=edit").text
    assert "It can be accepted if you amend it." in answer.text
    again = client_of("editor").post(ADDRESS, {"comment": [suggested["first"], "x"]})
    assert "0 of 1 accepted" in again.text
    assert "settled this suggestion already" in again.text


def test_nothing_is_accepted_where_nothing_is_ticked(
    suggested: dict[str, int], client_of: ClientOf
) -> None:
    answer = client_of("editor").post(ADDRESS, follow=True)
    assert "Nothing was chosen" in answer.text
    assert not Suggestion.objects.exclude(outcome=Settlement.OPEN).exists()


def test_an_empty_list_says_so(a_map: ArgumentMap, client_of: ClientOf) -> None:
    assert "No suggestion is open." in " ".join(client_of("editor").get(ADDRESS).text.split())
    assert "Accept suggestions" not in client_of("editor").get("/maps/harbour/review/").text
