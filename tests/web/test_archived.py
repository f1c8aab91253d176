"""An archived map on the pages: read as before, and nothing on it to write with."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.models import ArgumentMap, Change
from tests.web.conftest import ClientOf

HERE = "/maps/harbour/"
TOLD = "this map can be read, not written"


@pytest.fixture
def archived(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    actions.archive_map(actor=analyst, argument_map=a_map)
    return a_map


def test_it_comes_last_in_the_list_with_a_mark(
    archived: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.create_map(actor=analyst, title="In use")
    page = client_of("analyst").get("/").text
    assert page.index("In use") < page.index(archived.title)
    assert page.count("Archived") == 1


@pytest.mark.parametrize("name", ["analyst", "editor", "reviewer", "viewer", "admin"])
def test_the_map_page_says_so_and_has_no_tools(
    archived: ArgumentMap, client_of: ClientOf, name: str
) -> None:
    page = client_of(name).get(f"{HERE}?select=C1").text
    assert TOLD in page
    for tool in ("/add/", "/edit/", "/delete/", "/undo/", "<textarea"):
        assert tool not in page


def test_a_page_that_was_kept_is_not_shown_again(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    editor = client_of("editor")
    assert "/add/" in editor.get(f"{HERE}?select=C1").text
    actions.archive_map(actor=analyst, argument_map=a_map)
    assert "/add/" not in editor.get(f"{HERE}?select=C1").text
    actions.unarchive_map(actor=analyst, argument_map=a_map)
    assert "/add/" in editor.get(f"{HERE}?select=C1").text


def test_what_is_sent_all_the_same_is_refused_in_words(
    archived: ArgumentMap, client_of: ClientOf
) -> None:
    logged = Change.objects.count()
    typed = {"text": "Tugs.", "kind": "claim", "seen": archived.version, "body": "Why?"}
    for name in ("analyst", "admin"):
        for path in ("add/", "elements/C1/edit/", "elements/C1/delete/", "comments/", "undo/"):
            answer = client_of(name).post(f"{HERE}{path}", typed)
            assert answer.status_code == 403
            assert "This map is archived: it can be read, not written." in answer.text
    assert Change.objects.count() == logged
