"""Boxes dragged to what they bear on, where that is not as plain as from one box to another."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap, Inference
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP

TOAST = "#toast"
FOOT = "#s-E1"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, editor: User) -> Page:
    """The map with E1 folded, in front of someone who may edit it."""
    text = "+ So says the log of the port."
    actions.paste_branch(actor=editor, argument_map=a_map, about="E1", text=text)
    opened = page_as(editor, reduced_motion="reduce")
    opened.goto(f"{MAP}?fold=E1")
    return opened


def drag(page: Page, start: str, end: str) -> None:
    for selector, act in ((start, page.mouse.down), (end, page.mouse.up)):
        box = page.locator(selector).bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
        act()


def test_a_box_is_dragged_by_its_foot_as_well(page: Page, a_map: ArgumentMap) -> None:
    drag(page, FOOT, "#n-E2 .box")
    expect(page.locator("#drop [data-question]")).to_have_text("E1 … E2")
    page.locator("#drop [data-attack]").click()
    expect(page.locator(TOAST)).to_contain_text("Linked E1 to E2, by I4.")
    assert Inference.objects.get(map=a_map, key="I4").stance == "attack"
    assert "fold=E1" in page.url


def test_a_drag_by_the_foot_that_ends_there_opens_nothing_and_a_click_does(page: Page) -> None:
    box = page.locator(FOOT).bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 4, steps=4)
    page.mouse.up()
    expect(page.locator("#drop")).to_be_hidden()
    assert "fold=E1" in page.url
    expect(page.locator(".canvas.dragged")).to_have_count(0)
    page.click(FOOT)
    expect(page.locator(FOOT)).to_have_count(0)
    expect(page.locator("#n-C2")).to_have_count(1)


@pytest.mark.parametrize("end", ["K1", "E2"])
def test_a_drag_to_or_from_what_was_deleted_says_so_where_it_was_made(
    page: Page, a_map: ArgumentMap, analyst: User, page_errors: list[str], end: str
) -> None:
    page.route("**/live/*", lambda route: route.fulfill(status=304))
    page.reload()
    actions.delete_statement(actor=analyst, argument_map=a_map, key=end)
    drag(page, "#n-K1 .box", "#n-E2 .box")
    page.locator("#drop [data-attack]").click()
    expect(page.locator(TOAST)).to_contain_text(f"{end} was deleted meanwhile by analyst.")
    assert [error for error in page_errors if "422" not in error] == []
    page_errors.clear()
