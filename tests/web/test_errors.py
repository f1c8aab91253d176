from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from argmap.graphs import steady
from argmap.models import ArgumentMap


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("address", ["/nowhere/", "/maps/no such map/", "/maps/"])
def test_unknown_addresses_are_answered_with_a_page(
    address: str, client: Client, settings: Settings, *, debug: bool
) -> None:
    settings.DEBUG = debug
    response = client.get(address)
    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "sources/S1%00/",
        "elements/C1%00/edit/",
        "review/ratings/C1%00/holds/",
        f"review/verdicts/{'9' * 5_000}/holds/",
        "suggestions/99999999999999999999/accept/",
        "comments/99999999999999999999/edit/",
    ],
)
def test_what_no_database_can_look_for_is_not_there(
    address: str, method: str, a_map: ArgumentMap, reviewer: User, editor: User, client: Client
) -> None:
    for person in (reviewer, editor):
        client.force_login(person)
        response = getattr(client, method)(f"{a_map.get_absolute_url()}{address}")
        assert response.status_code in (403, 404, 405)


def test_a_version_of_five_thousand_digits_is_none(
    a_map: ArgumentMap, reviewer: User, client: Client
) -> None:
    client.force_login(reviewer)
    address = f"{a_map.get_absolute_url()}review/ratings/E1/holds/"
    assert client.post(address, {"version_seen": "9" * 5_000}).status_code == 303


def test_with_debug_on_an_unknown_map_is_answered_with_the_same_page(
    viewer: User, client: Client, settings: Settings
) -> None:
    settings.DEBUG = True
    client.force_login(viewer)

    response = client.get("/maps/no-such-map/")

    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "503", "403_csrf"])
def test_error_pages_need_neither_a_request_nor_the_database(name: str) -> None:
    page = render_to_string(f"{name}.html")
    assert "<h1>" in page
    assert 'href="/"' in page


def test_a_map_that_never_holds_still_is_busy_and_no_fault(
    a_map: ArgumentMap, viewer: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "stored_version", lambda argument_map: -1)
    client.force_login(viewer)

    response = client.get(f"/maps/{a_map.slug}/outline/")

    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert "Nothing is lost" in response.text
