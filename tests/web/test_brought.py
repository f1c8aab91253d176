"""What an import brought that was stale already: shown as such, and nothing made up."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.graphs import load_graph
from argmap.models import ArgumentMap, Scheme
from tests.web.conftest import ClientOf

SAID: dict[str, Any] = {"at": "2017-02-16T09:30:00Z", "version": 0}


@pytest.fixture
def brought(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    """The map again, from a file in which a comment, an answer and a verdict of the analyst's are stale."""
    Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong?")
    graph = load_graph(a_map)
    actions.delete_map(actor=analyst, argument_map=a_map)
    comment = {**SAID, "number": 1, "kind": "comment", "author": "analyst", "body": "Why?"}
    answer = {**SAID, "inference": "I1", "scheme": "sign", "question": 1, "author": "analyst"}
    verdict = {**SAID, "reviewer": "analyst", "verdict": "sound"}
    return actions.import_graph(
        actor=analyst,
        graph=graph,
        owner=analyst,
        comments=[{**comment, "target": "C1", "stale": True}],
        answers=[{**answer, "says": "satisfied", "stale": True}],
        reviews=[verdict],
    ).map


@pytest.mark.parametrize(
    "address",
    [
        "/maps/harbour/elements/C1/",
        "/maps/harbour/elements/I1/",
        "/maps/harbour/review/",
        "/inbox/?list=stale",
    ],
)
def test_it_says_that_the_file_does_not_tell_what_changed(
    brought: ArgumentMap, client_of: ClientOf, address: str
) -> None:
    page = client_of("analyst").get(address, follow=True).text
    assert "the file does not tell how" in page
    assert "changed back" not in page
    assert "added by" not in page
