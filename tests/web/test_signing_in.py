from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from argmap.models import ArgumentMap
from argmap.web.throttle import TRIES
from tests.cast import PASSWORD
from tests.web.conftest import ClientOf

LOGIN = "/accounts/login/"


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    data = {"username": "reviewer", "password": password, **more}
    return client.post(LOGIN, data).status_code


def test_signing_in_leads_to_where_one_wanted_to_go(a_map: ArgumentMap, client: Client) -> None:
    wanted = client.get("/maps/harbour/outline/").headers["Location"]
    assert wanted == "/accounts/login/?next=/maps/harbour/outline/"
    data = {"username": "reviewer", "password": PASSWORD, "next": "/maps/harbour/outline/"}
    assert client.post(LOGIN, data).headers["Location"] == "/maps/harbour/outline/"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_signing_in_never_leads_away(wanted: str, reviewer: User, client: Client) -> None:
    data = {"username": "reviewer", "password": PASSWORD, "next": wanted}
    assert client.post(LOGIN, data).headers["Location"] == "/"


def test_a_wrong_password_is_said_at_the_form(reviewer: User, client: Client) -> None:
    response = client.post(LOGIN, {"username": "reviewer", "password": "wrong"})
    assert response.status_code == 200
    assert "Please enter a correct username and password." in response.text
    assert 'value="reviewer"' in response.text


def test_too_many_tries_are_stopped(reviewer: User, client: Client) -> None:
    assert [sign_in(client, "wrong") for _ in range(TRIES)] == [200] * TRIES
    response = client.post(LOGIN, {"username": "Reviewer", "password": PASSWORD})
    assert response.status_code == 429
    assert "Too many tries" in response.text
    assert response.headers["Retry-After"] == "900"
    assert "_auth_user_id" not in client.session


def test_other_names_and_addresses_are_not_stopped(
    reviewer: User, viewer: User, client: Client
) -> None:
    for _ in range(TRIES + 1):
        sign_in(client, "wrong")
    assert sign_in(client, username="viewer") == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert sign_in(elsewhere) == 302


def test_signing_in_starts_the_count_anew(reviewer: User, client: Client) -> None:
    for _ in range(2):
        assert [sign_in(client, "wrong") for _ in range(TRIES - 1)] == [200] * (TRIES - 1)
        assert sign_in(client) == 302


def test_whoever_is_signed_in_already_is_told_so(reviewer: User, client_of: ClientOf) -> None:
    page = client_of("reviewer").get(LOGIN).text
    assert "You are signed in as reviewer" in page


def test_signing_out_takes_a_form(client_of: ClientOf) -> None:
    client = client_of("reviewer")
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert "Sign in" in client.get("/").text


@pytest.mark.parametrize("name", ["anonymous", "reviewer"])
def test_the_admin_has_no_way_in_of_its_own(name: str, client_of: ClientOf) -> None:
    client = client_of(name)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1] == ("/accounts/login/?next=%2Fadmin%2F", 302)
    assert response.status_code == 200
    data = {"username": "admin", "password": PASSWORD}
    assert client.post("/admin/login/", data).headers["Location"] == "/accounts/login/"
    assert client.session.get("_auth_user_id") != str(User.objects.get(username="admin").pk)
