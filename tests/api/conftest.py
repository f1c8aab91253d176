"""Clients of the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from argmap import actions

As = Callable[..., APIClient]


@pytest.fixture
def as_() -> As:
    """Give `as_(user)`: a client with the user's session; `as_()` is nobody's."""

    def client(user: User | None = None) -> APIClient:
        made = APIClient()
        if user is not None:
            made.force_login(user)
        return made

    return client


@pytest.fixture
def by_token(db: None) -> As:
    """Give `by_token(user)`: a client that sends a token of the user's."""

    def client(user: User) -> APIClient:
        _, secret = actions.make_token(user=user, name="tests")
        made = APIClient()
        made.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return made

    return client
