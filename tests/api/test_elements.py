"""Statements, inferences, sources and excerpts: as argmap/1 has them, a page at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.core.formats import native
from argmap.core.kinds import Kind
from argmap.graphs import load_graph
from argmap.models import ArgumentMap
from tests.api.conftest import As

HERE = "/api/v1/maps/harbour/"


def keys(answer: Any) -> list[str]:
    return [each["key"] for each in answer.json()["results"]]


@pytest.mark.parametrize(
    ("noun", "found"),
    [
        ("statements", ["C1", "E1", "E2", "K1"]),
        ("inferences", ["I1", "I2"]),
        ("sources", ["S1"]),
        ("excerpts", ["X1"]),
    ],
)
def test_lists_in_natural_order(
    as_: As, viewer: User, a_map: ArgumentMap, noun: str, found: list[str]
) -> None:
    answer = as_(viewer).get(f"{HERE}{noun}/")
    assert answer.status_code == 200
    assert keys(answer) == found


def test_two_comes_before_ten(as_: As, viewer: User, analyst: User, a_map: ArgumentMap) -> None:
    for number in range(9):
        actions.add_statement(
            actor=analyst, argument_map=a_map, kind=Kind.CLAIM, text=f"Claim {number}."
        )
    first = as_(viewer).get(f"{HERE}statements/?kind=claim&page_size=9")
    assert keys(first) == [f"C{number}" for number in range(1, 10)]
    assert keys(as_(viewer).get(first.json()["next"])) == ["C10"]


@pytest.mark.parametrize("noun", ["statements", "inferences", "sources"])
def test_shows_what_a_file_would(as_: As, viewer: User, a_map: ArgumentMap, noun: str) -> None:
    client = as_(viewer)
    written = json.loads(native.dump(load_graph(a_map)))[noun]
    listed = client.get(f"{HERE}{noun}/").json()["results"]
    assert len(listed) == len(written)
    for shown, record in zip(listed, written, strict=True):
        assert {**shown, **record} == shown
        assert client.get(shown["address"]).json() == shown


def test_an_excerpt_names_its_statement(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    client = as_(viewer)
    shown = client.get(f"{HERE}excerpts/X1/").json()
    (nested,) = client.get(f"{HERE}statements/E1/").json()["excerpts"]
    assert {**shown, **nested} == shown
    assert shown["statement"] == "E1"


def test_keeps_the_text_of_a_source_to_itself(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    client = as_(viewer)
    assert client.get(f"{HERE}sources/S1/").json()["has_text"] is False
    actions.attach_text(
        actor=analyst,
        argument_map=a_map,
        key="S1",
        data=b"Nobody may copy this.",
        media_type="text/plain",
    )
    shown = client.get(f"{HERE}sources/S1/")
    assert shown.json()["has_text"] is True
    assert b"Nobody may copy" not in shown.content


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("statements/?kind=evidence", ["E1", "E2"]),
        ("statements/?status=reviewed", ["E2"]),
        ("statements/?tag=ice", ["E1"]),
        ("statements/?tag=ic", []),
        ("statements/?tag=%D8%A8%D8%B1%D9%81", ["E1"]),
        ("statements/?source=S1", ["E1"]),
        ("statements/?search=COLDEST", ["K1"]),
        ("statements/?search=_", []),
        ("inferences/?stance=attack", ["I2"]),
        ("inferences/?scheme=sign", ["I1"]),
        ("inferences/?premise=E2", ["I1"]),
        ("inferences/?conclusion=I1", ["I2"]),
        ("inferences/?conclusion=C1", ["I1"]),
        ("sources/?search=log", ["S1"]),
        ("sources/?has_text=true", []),
        ("excerpts/?statement=E1", ["X1"]),
        ("excerpts/?source=S2", []),
        ("excerpts/?detached=true", ["X1"]),
    ],
)
def test_filters(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap, query: str, found: list[str]
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.edit_statement(**on_it, key="E1", tags=["ice", "برف"])
    actions.edit_statement(**on_it, key="E2", status="reviewed")
    assert keys(as_(viewer).get(HERE + query)) == found


@pytest.mark.parametrize("query", ["statements/?kind=opinion", "inferences/?stance=%00"])
def test_refuses_a_word_of_no_vocabulary(
    as_: As, viewer: User, a_map: ArgumentMap, query: str
) -> None:
    assert as_(viewer).get(HERE + query).status_code == 400


@pytest.mark.parametrize("query", ["statements/?knd=claim", "members/?knd=claim", "schemes/?knd=1"])
def test_refuses_a_filter_that_the_list_has_not(
    as_: As, viewer: User, a_map: ArgumentMap, query: str
) -> None:
    here = HERE if not query.startswith("schemes") else "/api/v1/"
    answer = as_(viewer).get(here + query)
    assert answer.status_code == 400
    assert "no such filter" in str(answer.json())
    assert ('Did you mean \\"kind\\"?' in answer.text) is query.startswith("statements")


@pytest.mark.parametrize(
    "path", ["statements/C9/", "statements/I1/", "statements/c1/", "sources/-/", "excerpts/X0/"]
)
def test_has_no_element_of_another_name(
    as_: As, viewer: User, a_map: ArgumentMap, path: str
) -> None:
    answer = as_(viewer).get(HERE + path)
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        # The session, its user, the map; then count, rows, excerpts, their sources.
        ("statements/", 7),
        # … count, rows with schemes and conclusions, premises, their statements.
        ("inferences/", 7),
        # … count, rows.
        ("sources/", 5),
        ("excerpts/", 5),
        # … the row, its excerpts, their sources.
        ("statements/E1/", 6),
        ("inferences/I1/", 6),
    ],
)
def test_asks_the_database_a_fixed_number_of_times(
    as_: As, analyst: User, viewer: User, a_map: ArgumentMap, path: str, queries: int
) -> None:
    client = as_(viewer)
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(HERE + path).status_code == 200
        assert len(captured) == queries, [query["sql"] for query in captured]
        _grow(analyst, a_map)


def _grow(analyst: User, a_map: ArgumentMap) -> None:
    """Add one more of everything."""
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    made = actions.add_statement(**on_it, kind=Kind.EVIDENCE, text="One more.")
    source = actions.add_source(**on_it, title="One more")
    locator = {"section": "", "paragraph": 1, "sentence": 1}
    actions.add_excerpt(
        **on_it, statement=made.key, source=source.key, quotation="More.", locator=locator
    )
    actions.add_inference(**on_it, stance="support", premises=[made.key], conclusion="I1")
