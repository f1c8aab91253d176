"""What the panel says of what is gone from the map, and has come back."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import expect

from argmap import actions
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP

SOON = 10_000
ELEMENT = "#panel .element"


def only_gone(errors: list[str]) -> None:
    """Take note that the browser reports details that are gone as an error, and nothing else."""
    assert [error for error in errors if "404" not in error] == []
    errors.clear()


def test_after_an_undo_and_a_redo_the_panel_shows_what_was_added(
    page_as: PageAs, a_map: ArgumentMap, editor: User, page_errors: list[str]
) -> None:
    page = page_as(editor, reduced_motion="reduce")
    page.goto(MAP)
    page.locator("#n-C1").focus()
    page.keyboard.press("e")
    page.locator("#draft form").wait_for()
    page.keyboard.type("Tugs are dear.")
    page.keyboard.press("Enter")
    expect(page.locator(ELEMENT)).to_have_attribute("data-key", "E3")
    page.keyboard.press("Control+z")
    expect(page.locator("#panel")).to_contain_text("E3 is not on the map any more.")
    assert "select" not in page.url
    page.keyboard.press("Control+y")
    expect(page.locator(ELEMENT)).to_have_attribute("data-key", "E3")
    expect(page.locator("#n-E3.selected")).to_have_count(1)
    assert "select=E3" in page.url
    only_gone(page_errors)


def test_a_reader_sees_the_details_of_what_another_brings_back(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer, reduced_motion="reduce")
    page.goto(f"{MAP}?select=K1")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    expect(page.locator("#panel")).to_contain_text("K1 is not on the map any more.", timeout=SOON)
    actions.undo(actor=analyst, argument_map=a_map)
    expect(page.locator(ELEMENT)).to_have_attribute("data-key", "K1", timeout=SOON)
    expect(page.locator("#n-K1.selected")).to_have_count(1)
    only_gone(page_errors)


def test_what_is_said_to_be_gone_is_what_was_asked_for(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer, reduced_motion="reduce")
    page.route("**/live/*", lambda route: route.fulfill(status=304))
    page.goto(f"{MAP}?select=C1")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    page.click("#n-K1")
    expect(page.locator("#panel")).to_contain_text("K1 is not on the map any more.")
    only_gone(page_errors)
