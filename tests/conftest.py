"""The fixed cast, and what every test of the database stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import override_settings


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Hash with MD5: Argon2 is slow by design, and tests make a user each."""
    hashers = [
        "django.contrib.auth.hashers.MD5PasswordHasher",
        "django.contrib.auth.hashers.Argon2PasswordHasher",
    ]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Let no drawing and no throttle's count pass from one test to the next."""
    yield
    cache.clear()


@pytest.fixture
def analyst(db: None) -> User:
    return User.objects.create_user("analyst")


@pytest.fixture
def reviewer(db: None) -> User:
    return User.objects.create_user("reviewer")


@pytest.fixture
def outsider(db: None) -> User:
    return User.objects.create_user("outsider")


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_superuser("admin")
