"""A page that was seen before is not made again, and never a stale one shown."""

from __future__ import annotations

import gzip
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Scheme
from argmap.render.keeper import BusyError, Keeper
from tests.web.conftest import ClientOf

MAP = "/maps/harbour/"

# What is kept must be committed, so that tests here are not wrapped in a transaction.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor_at_work(a_map: ArgumentMap, client_of: ClientOf) -> Client:
    """Someone whose browser has been on the page, and so holds a token."""
    client = client_of("editor")
    client.get(MAP)
    return client


def test_an_unchanged_page_is_told_of_by_its_tag(
    editor_at_work: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = editor_at_work.get(MAP)
    assert first.headers["Cache-Control"] == "private, no-cache"
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        again = editor_at_work.get(MAP, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_is_made_once_and_given_as_it_was(
    editor_at_work: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = editor_at_work.get(f"{MAP}?select=C1")
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        again = editor_at_work.get(f"{MAP}?select=C1")
    assert again.content == first.content
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_page_without_its_drawing_is_not_kept(
    editor_at_work: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    with monkeypatch.context() as busy:
        busy.setattr(Keeper, "turn", mock.Mock(side_effect=BusyError))
        without = editor_at_work.get(MAP)
    assert "Graphviz is at work for others" in without.text
    assert "ETag" not in without.headers
    assert 'id="n-C1"' in editor_at_work.get(MAP).text


def test_it_is_kept_as_the_browser_takes_it(editor_at_work: Client) -> None:
    plain = editor_at_work.get(MAP)
    for _ in range(2):
        packed = editor_at_work.get(MAP, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert b'id="n-C1"' in gzip.decompress(packed.content)
    assert b'id="n-C1"' in plain.content


def test_what_is_kept_is_nobody_elses(
    a_map: ArgumentMap, editor_at_work: Client, client_of: ClientOf
) -> None:
    mine = editor_at_work.get(MAP)
    other = client_of("viewer")
    other.get(MAP)
    theirs = other.get(MAP, headers={"If-None-Match": mine.headers["ETag"]})
    assert theirs.status_code == 200
    assert "viewer" in theirs.text
    assert "Undo" not in theirs.text


@pytest.mark.parametrize("change", ["text", "comment", "role", "scheme", "title", "name"])
def test_each_change_is_seen_at_once(
    change: str, a_map: ArgumentMap, analyst: User, reviewer: User, editor_at_work: Client
) -> None:
    before = editor_at_work.get(MAP)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    editor = User.objects.get(username="editor")
    if change == "text":
        actions.edit_statement(**on_it, key="C1", text="It should stay open.")
    elif change == "comment":
        actions.add_comment(actor=reviewer, argument_map=a_map, body="Why?")
    elif change == "role":
        actions.set_member(**on_it, user=editor, role=Role.VIEWER)
    elif change == "scheme":
        Scheme.objects.filter(slug="sign").update(name="Argument from ice")
    elif change == "title":
        actions.edit_map(**on_it, title="The harbour should stay")
    else:
        User.objects.filter(pk=editor.pk).update(username="redactor")
    after = editor_at_work.get(MAP, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.content != before.content


def test_what_is_said_once_is_said_once(a_map: ArgumentMap, editor_at_work: Client) -> None:
    typed = {"seen": 1, "text": "Tugs are dear.", "kind": "claim", "relation": "support"}
    address = editor_at_work.post(f"{MAP}elements/C1/add/", typed).headers["Location"]
    assert "Added C2" in editor_at_work.get(address).text
    assert "Added C2" not in editor_at_work.get(address).text
    assert "Added C2" not in editor_at_work.get(address).text


def test_forms_on_a_kept_page_can_be_sent(a_map: ArgumentMap, editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    client.get(MAP)
    page = client.get(MAP).text
    assert client.get(MAP).text == page
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    sent = {"csrfmiddlewaretoken": token, "body": "Why?", "kind": "comment", "version_seen": 1}
    assert client.post(f"{MAP}comments/", sent).status_code == 303
