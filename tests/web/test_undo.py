"""Undo and redo, by the buttons of the map page."""

from __future__ import annotations

import re

from django.contrib.auth.models import User
from django.test import Client

from argmap import actions
from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf

MAP = "/maps/harbour/"
HTMX = {"HX-Request": "true"}


def buttons(client: Client) -> dict[str, str]:
    """Return what undo and redo would do, "" where there is nothing."""
    page = client.get(MAP).text
    found = re.findall(r'data-history="(\w+)".*?(?:title="([^"]*)"|disabled)', page, re.DOTALL)
    return dict(found)


def test_the_buttons_say_what_they_would_do(
    a_map: ArgumentMap, editor: User, client_of: ClientOf
) -> None:
    client = client_of("editor")
    assert buttons(client) == {"undo": "", "redo": ""}
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", text="Close it.")
    assert buttons(client) == {"undo": "Undo: you edited C1", "redo": ""}
    response = client.post(f"{MAP}undo/?dir=TB")
    assert response.headers["Location"] == f"{MAP}?dir=TB"
    assert "Taken back: you edited C1." in client.get(MAP).text
    assert buttons(client) == {"undo": "", "redo": "Redo: you edited C1"}
    client.post(f"{MAP}redo/")
    assert "Made again: you edited C1." in client.get(MAP).text
    assert a_map.statements.get(key="C1").text == "Close it."


def test_each_person_has_their_own(a_map: ArgumentMap, analyst: User, client_of: ClientOf) -> None:
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it.")
    client = client_of("editor")
    assert buttons(client) == {"undo": "", "redo": ""}
    client.post(f"{MAP}undo/")
    assert "There is nothing to undo." in client.get(MAP).text
    assert a_map.statements.get(key="C1").text == "Close it."


def test_an_undo_that_would_overwrite_says_who_was_later_and_does_nothing(
    a_map: ArgumentMap, analyst: User, editor: User, client_of: ClientOf
) -> None:
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", text="Close it.")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Keep it open.")
    a_map.refresh_from_db()
    before = a_map.activity
    response = client_of("editor").post(f"{MAP}undo/", headers=HTMX)
    assert response.status_code == 409
    assert "analyst changed C1 (text) after that. Nothing was undone." in response.text
    a_map.refresh_from_db()
    assert a_map.activity == before
    assert a_map.statements.get(key="C1").text == "Keep it open."


def test_a_page_that_is_open_gets_the_drawing_and_keeps_its_panel(
    a_map: ArgumentMap, editor: User, client_of: ClientOf
) -> None:
    actions.delete_statement(actor=editor, argument_map=a_map, key="E1")
    response = client_of("editor").post(f"{MAP}undo/?focus=C1", headers=HTMX)
    assert response.status_code == 200
    assert 'id="n-E1"' in response.text
    assert 'id="i-I2"' in response.text
    assert "<article" not in response.text
    assert "Taken back: you deleted E1, I1 and I2." in response.text
