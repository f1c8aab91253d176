from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/graph.svg"
QUERIES = ("", "?focus=C1", "?dir=TB", "?fold=C1")


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


def test_another_part_is_another_file(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    tags = {client.get(f"{ADDRESS}{query}").headers["ETag"] for query in QUERIES}
    assert len(tags) == len(QUERIES)


@pytest.mark.usefixtures("no_drawing")
def test_where_there_is_none_the_answer_says_why(a_map: ArgumentMap, client_of: ClientOf) -> None:
    response = client_of("viewer").get(ADDRESS)
    assert response.status_code == 503
    assert response.text == "Graphviz is not installed."
    assert "ETag" not in response.headers


@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_once(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("viewer")
    # session, user, map and role, schemes; statements, inferences, premises, version; excerpts,
    # statements, inferences, version
    with django_assert_num_queries(12):
        drawn = client.get(ADDRESS)
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        again = client.get(ADDRESS)
    assert again.content == drawn.content
