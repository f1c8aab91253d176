"""Problems: what they look like, whatever went wrong."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import override_settings
from rest_framework.test import APIClient

from argmap import graphs
from argmap.api.views import problems
from argmap.models import ArgumentMap
from tests.api.conftest import As

COMMENTS = "/api/v1/maps/harbour/comments/"
MEDIA_TYPE = "application/problem+json"


def is_problem(answer: Any, status: int, title: str) -> str:
    """Check the form of a problem, and return its detail."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    body = answer.json()
    assert body["type"] == "about:blank"
    assert (body["status"], body["title"]) == (status, title)
    detail: str = body["detail"]
    assert detail
    return detail


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b'{"body": "x",\n "kind" "y"}', "line 2, column 9: this is not JSON"),
        (b" ", "line 1, column 2: this is not JSON"),
        (b"\xff", "byte 1: the file is not UTF-8"),
        (b'{"version_seen": NaN}', "NaN is not a number that JSON can hold."),
        (b"[" * 100_000, "The body is nested too deeply."),
        (b'{"version_seen": ' + b"9" * 5_000 + b"}", "The body has a number of more than"),
    ],
)
def test_says_where_the_json_breaks(
    as_: As, reviewer: User, a_map: ArgumentMap, body: bytes, detail: str
) -> None:
    answer = as_(reviewer).post(COMMENTS, body, content_type="application/json")
    assert is_problem(answer, 400, "Bad Request").startswith(detail)


def test_a_body_that_is_too_large(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    with override_settings(ARGMAP_MAX_UPLOAD_BYTES=100):
        answer = as_(reviewer).post(COMMENTS, {"body": "x" * 100})
    assert "100 bytes" in is_problem(answer, 413, "Request Entity Too Large")


def test_a_form_is_no_json(as_: As, reviewer: User, a_map: ArgumentMap) -> None:
    answer = as_(reviewer).post(
        COMMENTS, "body=x", content_type="application/x-www-form-urlencoded"
    )
    is_problem(answer, 415, "Unsupported Media Type")


def test_a_verb_that_is_not_there(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    answer = as_(viewer).put("/api/v1/maps/harbour/", {})
    is_problem(answer, 405, "Method Not Allowed")
    assert answer.headers["Allow"] == "GET, HEAD"
    is_problem(as_(viewer).options("/api/v1/maps/"), 405, "Method Not Allowed")


def test_a_form_that_is_not_there(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    answer = as_(viewer).get("/api/v1/maps/harbour/", HTTP_ACCEPT="application/pdf")
    is_problem(answer, 406, "Not Acceptable")


@pytest.mark.parametrize("path", ["nothing/", "maps/ü/", "maps/harbour/nothing/", "maps/a/b/c/d/"])
@pytest.mark.parametrize("verb", ["get", "post", "delete"])
def test_an_address_that_is_not_there(as_: As, viewer: User, verb: str, path: str) -> None:
    for client in (as_(viewer), as_()):
        is_problem(getattr(client, verb)(f"/api/v1/{path}"), 404, "Not Found")


def test_a_missing_slash_is_added(as_: As, db: None) -> None:
    answer = as_().get("/api/v1/maps")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/api/v1/maps/")


def test_who_is_not_signed_in_is_told_how(as_: As, a_map: ArgumentMap) -> None:
    answer = as_().get("/api/v1/maps/harbour/")
    is_problem(answer, 401, "Unauthorized")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="argmap"'


def test_a_fault_of_ours_tells_nothing_but_is_logged(
    viewer: User,
    a_map: ArgumentMap,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(problems, "lint", fail)
    client = APIClient(raise_request_exception=False)
    client.force_login(viewer)
    with caplog.at_level(logging.ERROR):
        answer = client.get("/api/v1/maps/harbour/problems/")
    assert "secret" not in is_problem(answer, 500, "Internal Server Error")
    assert "the secret of the house" in caplog.text


def test_a_map_that_cannot_be_read_in_one_piece(
    as_: As, viewer: User, a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise graphs.TornRead("The map harbour changes faster than it can be read.")

    monkeypatch.setattr(problems, "load_graph", fail)
    answer = as_(viewer).get("/api/v1/maps/harbour/problems/")
    is_problem(answer, 503, "Service Unavailable")
    assert answer.headers["Retry-After"] == "1"
