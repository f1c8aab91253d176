"""Nodes and edges, and what deserves a look."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap.models import ArgumentMap
from tests.api.conftest import As

HERE = "/api/v1/maps/harbour/"


def edges(graph: Any) -> set[tuple[str, str, str, str]]:
    names = ("source", "target", "part", "stance")
    return {tuple(edge[name] for name in names) for edge in graph["edges"]}


def test_linked_premises_meet_and_an_undercut_ends_on_an_inference(
    as_: As, viewer: User, a_map: ArgumentMap
) -> None:
    graph = as_(viewer).get(f"{HERE}graph/").json()
    assert [node["id"] for node in graph["nodes"]] == ["C1", "E1", "E2", "K1", "I1", "I2"]
    assert edges(graph) == {
        ("E1", "I1", "premise", "support"),
        ("E2", "I1", "premise", "support"),
        ("I1", "C1", "conclusion", "support"),
        ("K1", "I2", "premise", "attack"),
        ("I2", "I1", "conclusion", "attack"),
    }
    assert graph["version"] == a_map.version
    assert graph["total"] == 4


def test_shows_what_lies_around_a_focus(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    graph = as_(viewer).get(f"{HERE}graph/?focus=C1&depth=1&boxes=1").json()
    assert [node["id"] for node in graph["nodes"]] == ["C1"]
    assert graph["nodes"][0]["hidden"] > 0
    assert graph["total"] == 4


@pytest.mark.parametrize(
    ("query", "wrong"), [("focus=C9", "focus"), ("depth=0", "depth"), ("boxes=many", "boxes")]
)
def test_names_what_cannot_be_shown(
    as_: As, viewer: User, a_map: ArgumentMap, query: str, wrong: str
) -> None:
    answer = as_(viewer).get(f"{HERE}graph/?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [wrong]


def test_lists_what_deserves_a_look(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    found = as_(viewer).get(f"{HERE}problems/").json()
    assert {
        "code": "evidence_without_excerpt",
        "weight": "hint",
        "key": "E2",
        "place": "statements[2].excerpts",
        "message": "this evidence names no excerpt that it rests on",
    } in found
