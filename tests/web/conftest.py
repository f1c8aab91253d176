"""The cast at their browsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from argmap.render import DrawingFailedError

ClientOf = Callable[[str], Client]


@pytest.fixture
def client_of(
    analyst: User, editor: User, reviewer: User, viewer: User, outsider: User, admin: User
) -> ClientOf:
    """Give `client_of("reviewer")`, signed in as that person; "anonymous" is not."""
    cast = {user.username: user for user in (analyst, editor, reviewer, viewer, outsider, admin)}

    def sign_in(name: str) -> Client:
        client = Client()
        if name != "anonymous":
            client.force_login(cast[name])
        return client

    return sign_in


@pytest.fixture
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every drawing fail, as without Graphviz."""

    def fail(*args: object, **options: object) -> str:
        raise DrawingFailedError("Graphviz is not installed.")

    monkeypatch.setattr("argmap.render.draw", fail)
    monkeypatch.setattr("argmap.render.svg_file", fail)
    monkeypatch.setattr("argmap.render.image", fail)


@pytest.fixture
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each person comment twice a minute."""
    rates = {**SimpleRateThrottle.THROTTLE_RATES, "comment": "2/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
