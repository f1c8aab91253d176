"""A session is found as Django finds it: by its key, until it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore as DjangosOwn
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from argmap.sessions import SessionStore


@pytest.mark.django_db
def test_what_was_kept_is_read_again() -> None:
    kept = SessionStore()
    kept["theme"] = "dark"
    kept.save()
    assert kept.session_key
    found = SessionStore(kept.session_key)
    assert found["theme"] == DjangosOwn(kept.session_key)["theme"] == "dark"
    assert found.session_key == kept.session_key


@pytest.mark.django_db
def test_a_session_that_is_over_or_was_never_there_is_empty_and_another() -> None:
    kept = SessionStore()
    kept["theme"] = "dark"
    kept.save()
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (kept.session_key, "neverthere"):
        found = SessionStore(key)
        assert "theme" not in found
        assert found.session_key is None


@pytest.mark.django_db
def test_what_was_flushed_is_gone() -> None:
    kept = SessionStore()
    kept["theme"] = "dark"
    kept.save()
    SessionStore(kept.session_key).flush()
    assert "theme" not in SessionStore(kept.session_key)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key", ["abcdefgh\0ijkl", "never-there", "NEVERTHERE", "never there", "ключключ"]
)
def test_what_is_no_key_is_not_looked_for(
    key: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        found = SessionStore(key)
        assert "theme" not in found
        assert found.session_key is None


@pytest.mark.django_db
def test_a_made_up_cookie_costs_no_page(client: Client, settings: Settings) -> None:
    # As a browser may send it: quoted, with the number of the byte that it stands for.
    cookie = f'{settings.SESSION_COOKIE_NAME}="abcdefgh\\000ijkl"'
    assert client.get("/", headers={"Cookie": cookie}).status_code == 200
