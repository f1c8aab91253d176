"""Who may read which page, in one table."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.kinds import Visibility
from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf

PAGES = [
    "/maps/harbour/",
    "/maps/harbour/graph.svg",
    "/maps/harbour/outline/",
    "/maps/harbour/elements/C1/",
    "/maps/harbour/elements/I1/",
    "/maps/harbour/sources/S1/",
]
SIGN_IN, OK, MISSING = 302, 200, 404
EXPECTED = {
    Visibility.PRIVATE: {
        "anonymous": SIGN_IN,
        "outsider": MISSING,
        "viewer": MISSING,
        "reviewer": MISSING,
        "editor": MISSING,
        "analyst": OK,
        "admin": OK,
    },
    Visibility.MEMBERS: {
        "anonymous": SIGN_IN,
        "outsider": MISSING,
        "viewer": OK,
        "reviewer": OK,
        "editor": OK,
        "analyst": OK,
        "admin": OK,
    },
    Visibility.PUBLIC: {
        "anonymous": OK,
        "outsider": OK,
        "viewer": OK,
        "reviewer": OK,
        "editor": OK,
        "analyst": OK,
        "admin": OK,
    },
}


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_read_by_whom_the_map_lets(
    page: str, visibility: Visibility, a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=visibility)
    expected = EXPECTED[visibility]
    found = {name: client_of(name).get(page).status_code for name in expected}
    assert found == expected


def unsigned(page: str) -> str:
    """Return a page without the token of its forms, which differs from one answer to the next."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", page)


@pytest.mark.parametrize("page", PAGES)
def test_a_map_that_one_may_not_read_looks_like_one_that_is_not_there(
    page: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    outsider, anonymous = client_of("outsider"), client_of("anonymous")
    elsewhere = page.replace("harbour", "nowhere")
    assert unsigned(outsider.get(page).text) == unsigned(outsider.get(elsewhere).text)
    assert anonymous.get(page).headers["Location"] == f"/accounts/login/?next={page}"
    assert anonymous.get(elsewhere).headers["Location"] == f"/accounts/login/?next={elsewhere}"


@pytest.mark.parametrize(
    "address",
    [
        "/maps/harbour/elements/C99/",
        "/maps/harbour/elements/I99/",
        "/maps/harbour/elements/X99/",
        "/maps/harbour/elements/nonsense/",
        "/maps/harbour/sources/S99/",
        "/maps/harbour/?select=C99",
        "/maps/harbour/?focus=C99",
        "/maps/harbour/graph.svg?focus=C99",
    ],
)
def test_unknown_keys_are_not_found_on_a_page(
    address: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    response = client_of("viewer").get(address)
    assert response.status_code == 404
    assert "There is nothing here" in response.text


@pytest.mark.parametrize("page", ["/", *PAGES])
def test_pages_are_for_reading(page: str, a_map: ArgumentMap, client_of: ClientOf) -> None:
    assert client_of("analyst").post(page).status_code == 405
