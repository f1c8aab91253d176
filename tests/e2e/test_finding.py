"""Searching the whole map, and what is said of what one points at."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap
from tests.cast import a_tree
from tests.e2e.conftest import PageAs
from tests.e2e.steps import search

MAP = "/maps/harbour/"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def test_what_is_folded_away_is_found_and_brought_in(page: Page) -> None:
    page.goto(f"{MAP}?fold=C1&colour=source")
    page.evaluate("window.stays = true")
    expect(page.locator("#n-E1")).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("pilot")
    expect(page.locator(".find-count")).to_have_text("1 found")
    expect(page.locator("#hit-E1")).to_contain_text("below C1", use_inner_text=True)
    page.keyboard.press("Enter")
    expect(page.locator("#n-E1")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("pilot")
    expect(page.locator("#hit-E1")).not_to_contain_text("below", use_inner_text=True)
    page.keyboard.press("Escape")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "E1")
    assert page.url.endswith(f"{MAP}?focus=E1&fold=C1&colour=source&select=E1")
    assert page.evaluate("window.stays")


def test_one_steps_to_what_hides_what_is_found(page_as: PageAs, analyst: User) -> None:
    a_tree(analyst, 127)
    page = page_as(analyst)
    page.goto("/maps/tree/?boxes=15&outline=1")
    expect(page.locator("#beside #o-C15")).to_be_visible()
    search(page, "c127", "ArrowDown")
    foot = page.locator(".canvas .opens.found-now")
    expect(foot).to_have_attribute("data-key", "C15")
    expect(foot).to_be_in_viewport()
    expect(page.locator("#beside #o-C15 .stub")).to_have_class("stub found found-now")
    page.keyboard.press("Escape")
    expect(page.locator(".found")).to_have_count(0)
    page.goto("/maps/tree/?focus=C63&depth=1")
    search(page, "c100")
    expect(page.locator("#hit-C100")).to_contain_text("below C3", use_inner_text=True)
    page.locator("#s-C3").click()
    page.keyboard.press("/")
    expect(page.locator("#hit-C100")).to_contain_text("below C6", use_inner_text=True)


def test_the_list_does_not_cover_what_one_steps_to(page_as: PageAs, analyst: User) -> None:
    a_tree(analyst, 127)
    page = page_as(analyst, viewport={"width": 1920, "height": 900})
    page.goto("/maps/tree/?boxes=63")
    search(page, "says")
    for _ in range(100):
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".canvas .found-now")
        if page.locator(".canvas .found-now").get_attribute("data-key") == "C26":
            break
    shown = page.locator(".canvas .found-now").bounding_box()
    found = page.locator("#hits").bounding_box()
    assert shown
    assert found
    assert shown["x"] < found["x"] + found["width"]
    assert shown["x"] + shown["width"] > found["x"]
    assert shown["y"] > found["y"] + found["height"]


@pytest.mark.parametrize("wide", [320, 390, 1024, 1440, 1920])
def test_what_is_found_hangs_from_its_field(page: Page, wide: int) -> None:
    page.set_viewport_size({"width": wide, "height": 900})
    for address in (MAP, f"{MAP}?open=C1", f"{MAP}outline/"):
        page.goto(address)
        if wide > 1000 and "open" in address:
            page.keyboard.press("f")
            expect(page.locator(":fullscreen")).not_to_have_count(0)
        search(page, "i")
        for _ in range(2):
            field = page.get_by_role("combobox", name="Search").bounding_box()
            found = page.locator("#hits").bounding_box()
            assert field
            assert found
            ends = found["x"] + found["width"]
            left, right = found["x"] - field["x"], ends - field["x"] - field["width"]
            assert min(abs(left), abs(right)) < 2
            assert 0 <= found["y"] - field["y"] - field["height"] < 12
            assert found["x"] >= 0
            assert ends <= wide
            assert found["width"] > 160
            page.keyboard.press("ArrowDown")


def test_the_last_question_is_the_one_that_is_answered(page: Page) -> None:
    page.goto(MAP)
    page.keyboard.press("/")
    for letters in ("i", "c", "e", " blocked", "zzz"):
        page.keyboard.type(letters, delay=60)
    expect(page.locator(".find-count")).to_have_text("0 found")
    for _ in range(3):
        page.keyboard.press("Backspace")
    expect(page.locator(".find-count")).to_have_text("1 found")
    expect(page.locator(".canvas .found")).to_have_attribute("data-key", "E1")


def test_a_search_works_without_scripts(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(f"{MAP}?dir=TB")
    page.fill(".find input[type=search]", "pilot")
    page.click(".find button")
    page.click(".hits a.key")
    assert page.url.endswith(f"{MAP}?focus=E1&dir=TB&select=E1")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "E1")


def test_what_one_points_at_is_said_at_once(page: Page) -> None:
    page.goto(MAP)
    telling = page.locator("[data-telling]")
    expect(telling).to_be_hidden()
    page.locator("#i-I1").dispatch_event("pointerover")
    expect(telling).to_contain_text("E1 and E2 together support C1 (argument from sign), because")
    page.locator("#n-C1").focus()
    expect(telling).to_be_hidden()
    page.locator("#i-I2").focus()
    expect(telling).to_have_text("I2: K1 undercuts I1.")


def test_what_a_box_leaves_out_is_said(page: Page, a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", title="Close it")
    page.goto(MAP)
    telling = page.locator("[data-telling]")
    page.locator("#n-C1").focus()
    expect(telling).to_have_text("C1: The harbour should close in winter.")
    page.locator("#n-K1").focus()
    expect(telling).to_be_hidden()
    for _ in range(3):
        page.keyboard.press("-")
    page.locator("#n-E1").focus()
    expect(telling).to_contain_text("Evidence E1: Ice blocked the harbour")
