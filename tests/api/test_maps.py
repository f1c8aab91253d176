"""The list of maps, and one map."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import ArgumentMap
from tests.api.conftest import As

MAPS = "/api/v1/maps/"


@pytest.fixture
def secret(admin: User) -> ArgumentMap:
    """A private map of someone else's."""
    return actions.create_map(actor=admin, title="Unspeakable plans", slug="unspeakable")


def test_lists_what_one_may_read_and_counts_no_more(
    as_: As, viewer: User, a_map: ArgumentMap, secret: ArgumentMap
) -> None:
    found = as_(viewer).get(MAPS).json()
    assert [each["slug"] for each in found["results"]] == ["harbour"]
    assert found["count"] == 1


def test_tells_nobody_in_particular_of_public_maps_only(
    as_: As, analyst: User, a_map: ArgumentMap, secret: ArgumentMap
) -> None:
    assert as_().get(MAPS).json()["count"] == 0
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    assert [each["slug"] for each in as_().get(MAPS).json()["results"]] == ["harbour"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("search=winter", 1),
        ("search=unspeakable", 0),
        ("search=%25", 0),
        ("visibility=members", 1),
        ("visibility=public", 0),
        ("marking=TLP:CLEAR", 1),
        ("role=viewer", 1),
        ("role=editor", 0),
        ("order=-changed_at", 1),
    ],
)
def test_filters(
    as_: As, viewer: User, a_map: ArgumentMap, secret: ArgumentMap, query: str, count: int
) -> None:
    assert as_(viewer).get(f"{MAPS}?{query}").json()["count"] == count


@pytest.mark.parametrize("query", ["visibility=hidden", "role=king", "search=%00", "order=uuid"])
def test_refuses_a_filter_that_means_nothing(
    as_: As, viewer: User, a_map: ArgumentMap, query: str
) -> None:
    answer = as_(viewer).get(f"{MAPS}?{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.partition("=")[0]]


def test_comes_in_pages(as_: As, analyst: User) -> None:
    for number in range(3):
        actions.create_map(actor=analyst, title=f"Map {number}")
    first = as_(analyst).get(f"{MAPS}?page_size=2").json()
    assert [each["title"] for each in first["results"]] == ["Map 0", "Map 1"]
    second = as_(analyst).get(first["next"]).json()
    assert [each["title"] for each in second["results"]] == ["Map 2"]
    assert second["next"] is None
    assert as_(analyst).get(f"{MAPS}?page=9").status_code == 404


def test_shows_a_map_with_the_role_held_on_it(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    shown = as_(reviewer).get(f"{MAPS}harbour/").json()
    assert shown["issue"] == "Should the harbour close in winter?"
    assert shown["version"] == a_map.version
    assert shown["activity"] == a_map.activity
    assert shown["role"] == "reviewer"


def test_every_link_of_a_map_leads_somewhere(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    client = as_(reviewer)
    links = client.get(f"{MAPS}harbour/").json()["links"]
    files = links.pop("export")
    for address in (*links.values(), files["json"], files["dot"]):
        assert client.get(address).status_code == 200


def test_says_the_same_of_a_hidden_map_and_of_none(
    as_: As, outsider: User, a_map: ArgumentMap
) -> None:
    hidden, none = (as_(outsider).get(f"{MAPS}{slug}/") for slug in ("harbour", "nothing-here"))
    assert hidden.status_code == none.status_code == 404
    assert hidden.content == none.content
    hidden, none = (as_().get(f"{MAPS}{slug}/") for slug in ("harbour", "nothing-here"))
    assert hidden.status_code == none.status_code == 401
    assert hidden.content == none.content
