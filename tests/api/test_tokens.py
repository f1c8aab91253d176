"""One's own tokens, and signing in with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from rest_framework.test import APIClient

from argmap import actions
from argmap.models import ApiToken
from tests.api.conftest import As

TOKENS = "/api/v1/tokens/"


def bearing(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_shows_the_secret_once(as_: As, viewer: User) -> None:
    answer = as_(viewer).post(TOKENS, {"name": "nightly export"})
    assert answer.status_code == 201
    made = answer.json()
    assert made["secret"].startswith("argmap_")
    assert answer.headers["Location"] == made["address"]
    assert bearing(made["secret"]).get("/api/v1/maps/").status_code == 200
    (listed,) = as_(viewer).get(TOKENS).json()["results"]
    assert listed["name"] == "nightly export"
    assert "secret" not in listed
    assert not ApiToken.objects.filter(digest__contains=made["secret"]).exists()


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "x", "expires_at": "2001-01-01T00:00:00Z"}, "expires_at"),
        ({"name": "x", "expires_at": "2999-01-01T00:00:00Z"}, "expires_at"),
        ({"name": "x", "user": "admin"}, "user"),
    ],
)
def test_names_what_is_wrong(as_: As, viewer: User, given: dict[str, str], wrong: str) -> None:
    answer = as_(viewer).post(TOKENS, given)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [wrong]
    assert not ApiToken.objects.exists()


def test_a_token_makes_no_tokens(by_token: As, viewer: User) -> None:
    client = by_token(viewer)
    assert client.post(TOKENS, {"name": "heir"}).status_code == 403
    assert client.get(TOKENS).json()["count"] == 1


def test_nobody_sees_or_ends_anothers(as_: As, viewer: User, outsider: User) -> None:
    made = as_(viewer).post(TOKENS, {"name": "mine"}).json()
    assert as_(outsider).get(TOKENS).json()["count"] == 0
    assert as_(outsider).get(made["address"]).status_code == 404
    assert as_(outsider).delete(made["address"]).status_code == 404
    assert ApiToken.objects.exists()


def test_ends_at_once_when_deleted(as_: As, viewer: User) -> None:
    made = as_(viewer).post(TOKENS, {"name": "brief"}).json()
    assert as_(viewer).delete(made["address"], HTTP_IF_MATCH='"stale"').status_code == 412
    tag = as_(viewer).get(made["address"]).headers["ETag"]
    assert as_(viewer).delete(made["address"], HTTP_IF_MATCH=tag).status_code == 204
    assert bearing(made["secret"]).get("/api/v1/maps/").status_code == 401


@pytest.mark.parametrize("header", ["Bearer argmap_unknown", "Bearer", "bearer  ", "Bearer é"])
def test_an_unknown_token_is_refused_even_where_nobody_need_sign_in(db: None, header: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    answer = client.get("/api/v1/maps/")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="argmap"'
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_expired_token_is_refused(viewer: User) -> None:
    past = timezone.now() - timedelta(seconds=1)
    _, secret = actions.make_token(user=viewer, name="old", expires_at=past)
    assert bearing(secret).get("/api/v1/maps/").status_code == 401


def test_a_token_is_worth_what_its_owner_is(by_token: As, viewer: User) -> None:
    client = by_token(viewer)
    assert client.get("/api/v1/maps/").status_code == 200
    viewer.is_active = False
    viewer.save()
    assert client.get("/api/v1/maps/").status_code == 401
