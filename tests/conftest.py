"""The fixed cast, and what every test of the database stands on."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from tests.cast import (
    a_map,
    admin,
    analyst,
    by_analyst,
    by_reviewer,
    editor,
    outsider,
    reviewer,
    viewer,
)

__all__ = [
    "a_map",
    "admin",
    "analyst",
    "by_analyst",
    "by_reviewer",
    "editor",
    "outsider",
    "reviewer",
    "viewer",
]

# How long one example takes says nothing on a machine that does something else beside.
hypothesis.settings.register_profile("argmap", deadline=None)
hypothesis.settings.load_profile("argmap")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Give SQLite a file of this process's own: WAL and locks are not those of one in memory."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


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
