from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentState
from argmap.models import ArgumentMap
from argmap.web import drawings
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/graph.svg"
QUERIES = ("", "?focus=C1", "?dir=TB", "?fold=C1", "?colour=status")
STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}


def test_the_drawing_is_a_file_of_its_own(a_map: ArgumentMap, client_of: ClientOf) -> None:
    response = client_of("viewer").get(ADDRESS)
    assert response.headers["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(response.text)  # noqa: S314 - our own drawing
    assert root.find("{http://www.w3.org/2000/svg}style") is not None
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_it_is_sent_again_only_when_it_changed(
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("viewer")
    etag = client.get(ADDRESS).headers["ETag"]
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.headers["ETag"] == etag
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It should stay.")
    changed = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_a_new_comment_is_another_file(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    for name in ("svg", "dot"):
        address = f"/maps/harbour/graph.{name}"
        before = client.get(address)
        thread = actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Why?")
        after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200
        assert after.content != before.content
        actions.settle_thread(
            actor=reviewer, argument_map=a_map, comment=thread.pk, state=CommentState.RESOLVED
        )
        assert client.get(address).content == before.content


@pytest.mark.parametrize("name", STARTS)
def test_each_kind_of_file_shows_the_view(
    name: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    address = f"/maps/harbour/graph.{name}"
    response = client.get(f"{address}?focus=E1&depth=1&colour=source")
    assert response.content.startswith(STARTS[name])
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Content-Disposition"].endswith(f'filename="harbour.{name}"')
    assert response.content != client.get(address).content


def test_the_dot_shows_the_part_its_colours_and_its_marks(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")
    dot = client_of("viewer").get("/maps/harbour/graph.dot?fold=I&boxes=3&colour=source&dir=TB")
    assert dot.status_code == 404
    dot = client_of("viewer").get("/maps/harbour/graph.dot?boxes=1&open=I1&colour=source&dir=TB")
    assert r"E1   S1   1 open\l" in dot.text
    assert "rankdir=BT" in dot.text
    assert "K1 [" not in dot.text


@pytest.mark.parametrize("name", ["svg", "dot"])
def test_an_empty_map_says_so(name: str, analyst: User, client_of: ClientOf) -> None:
    actions.create_map(actor=analyst, title="Nothing yet", slug="nothing")
    file = client_of("analyst").get(f"/maps/nothing/graph.{name}")
    assert "There is nothing on this map yet." in file.text


def test_another_part_is_another_file(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    tags = {client.get(f"{ADDRESS}{query}").headers["ETag"] for query in QUERIES}
    assert len(tags) == len(QUERIES)


@pytest.mark.usefixtures("no_drawing")
@pytest.mark.parametrize("name", ["svg", "png", "pdf"])
def test_where_there_is_none_the_answer_says_why(
    name: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    response = client_of("viewer").get(f"/maps/harbour/graph.{name}")
    assert response.status_code == 503
    assert response.text == "Graphviz is not installed."
    assert "ETag" not in response.headers


@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_once(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("viewer")
    # session, user, map and role, schemes; statements, inferences with premises; statements with
    # excerpts, version; open threads
    with django_assert_num_queries(9):
        drawn = client.get(ADDRESS)
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        again = client.get(ADDRESS)
    assert again.content == drawn.content


@pytest.mark.django_db(transaction=True)
def test_a_large_file_is_drawn_anew(
    a_map: ArgumentMap,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drawings, "LARGE", 100)
    client = client_of("viewer")
    drawn = client.get(ADDRESS)
    # session, user, map and role, schemes; statements with excerpts, version; open threads
    with django_assert_num_queries(7):
        again = client.get(ADDRESS)
    assert again.content == drawn.content
