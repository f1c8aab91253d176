"""The outline beside the drawing."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP, press, search


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def test_beside_the_drawing_both_choose_as_one(page: Page) -> None:
    page.goto(MAP)
    page.keyboard.press("o")
    beside = page.locator("#beside")
    expect(beside.locator("#o-C1")).to_be_focused()
    assert page.url.endswith(f"{MAP}?outline=1")
    assert press(page, "ArrowDown", "ArrowDown") == ["I1", "E1"]
    page.keyboard.press("Enter")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "E1")
    expect(page.locator("#n-E1")).to_have_class(re.compile("selected"))
    expect(beside.locator("#o-E1")).to_have_attribute("aria-selected", "true")
    page.click("#n-K1")
    expect(beside.locator("#o-K1")).to_have_attribute("aria-selected", "true")
    expect(beside.locator("#o-E1")).to_have_attribute("aria-selected", "false")
    beside.locator("#o-E2 .text").click()
    expect(page.locator("#n-E2")).to_have_class(re.compile("selected"))


def fold_beside(page: Page, key: str) -> None:
    """Open the map with the outline beside it, and fold a branch of that."""
    page.goto(f"{MAP}?outline=1")
    page.locator(f"#beside #o-{key} > .fold").click()


def test_what_is_chosen_in_the_drawing_is_unfolded_beside_it(page: Page) -> None:
    fold_beside(page, "I1")
    expect(page.locator("#beside #o-E2")).to_be_hidden()
    page.click("#n-E2")
    expect(page.locator("#beside #o-E2")).to_be_visible()
    expect(page.locator("#beside #o-E2")).to_have_attribute("aria-selected", "true")


def test_what_one_steps_to_is_unfolded_beside_the_drawing(page: Page) -> None:
    fold_beside(page, "I1")
    search(page, "century", "ArrowDown")
    expect(page.locator("#beside #o-K1 > .line")).to_be_visible()
    expect(page.locator("#beside #o-K1 > .line")).to_have_class("line found found-now")
    expect(page.locator(".find input")).to_be_focused()


def test_marks_and_folds_last_when_the_outline_comes_anew(page: Page) -> None:
    fold_beside(page, "I2")
    search(page, "blocked")
    page.evaluate("document.querySelector('[data-outline]').id = 'before'")
    page.select_option("[data-colour] select", "status")
    expect(page.locator("#before")).to_have_count(0)
    expect(page.locator("#beside .found")).to_have_count(2)
    expect(page.locator("#beside #o-I2")).to_have_attribute("aria-expanded", "false")


def test_a_branch_around_what_is_chosen_stays_folded(page: Page) -> None:
    page.goto(f"{MAP}?outline=1&select=E2")
    expect(page.locator("#beside #o-E2")).to_have_attribute("aria-selected", "true")
    page.locator("#beside #o-I1 > .fold").click()
    page.evaluate("document.querySelector('[data-outline]').id = 'before'")
    page.select_option("[data-colour] select", "status")
    expect(page.locator("#before")).to_have_count(0)
    expect(page.locator("#beside #o-E2")).to_be_hidden()


def test_it_shows_the_view_that_the_drawing_shows(page: Page) -> None:
    page.goto(f"{MAP}?fold=C1&outline=1")
    beside = page.locator("#beside")
    expect(beside.get_by_role("treeitem")).to_have_count(1)
    beside.locator("a.stub").click()
    expect(page.locator("#n-K1")).to_have_count(1)
    expect(beside.locator("#o-K1")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/\?select=C1&outline=1$"))


@pytest.mark.parametrize("key", ["ArrowRight", "Space"])
def test_keys_open_beside_the_drawing_what_a_line_hides(page: Page, key: str) -> None:
    page.goto(f"{MAP}?fold=C1&outline=1")
    page.locator("#beside #o-C1").focus()
    page.keyboard.press(key)
    expect(page.locator("#n-K1")).to_have_count(1)
    expect(page.locator("#beside #o-K1")).to_be_visible()
    expect(page.locator("#beside #o-C1")).to_be_focused()


def test_it_is_remembered_until_it_is_shut(page: Page) -> None:
    page.goto(MAP)
    page.click("[data-beside]")
    expect(page.locator("#beside [role=tree]")).to_be_visible()
    page.goto(f"{MAP}?select=E1")
    expect(page.locator("#beside #o-E1")).to_have_attribute("aria-selected", "true")
    page.click("[data-beside]")
    expect(page.locator("#beside")).to_be_hidden()
    assert page.url.endswith("?select=E1")
    page.reload()
    expect(page.locator("#beside")).to_be_hidden()


@pytest.mark.parametrize("wide", [961, 1024, 1366])
def test_on_a_middling_screen_it_leaves_room_for_the_drawing(page: Page, wide: int) -> None:
    page.set_viewport_size({"width": wide, "height": 768})
    page.goto(f"{MAP}?outline=1&select=K1")
    expect(page.locator("#beside #o-K1")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#beside #o-K1 > .line")).to_be_in_viewport()
    expect(page.locator("#panel h2").first).to_be_in_viewport()
    canvas = page.locator(".canvas").bounding_box()
    assert canvas
    assert canvas["width"] > wide / 2


def test_on_a_small_screen_it_takes_the_drawings_place(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, viewport={"width": 390, "height": 844})
    page.goto(f"{MAP}?outline=1")
    expect(page.locator("#beside [role=tree]")).to_be_visible()
    expect(page.locator(".canvas")).to_be_hidden()
    page.select_option("[data-colour] select", "status")
    expect(page.locator("#n-E2")).to_have_class(re.compile("tone-grey"))
    page.locator("#beside #o-I1 > .fold").click()
    search(page, "century", "ArrowDown")
    expect(page.locator("#beside #o-K1 > .line")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#beside #o-K1")).to_be_focused()
    page.click("#beside #o-E2 .text")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "E2")
    page.click("[data-beside]")
    expect(page.locator("#n-E2")).to_be_in_viewport()


def test_on_a_small_screen_what_is_found_is_gone_to_in_the_outline(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, viewport={"width": 390, "height": 844})
    page.goto(f"{MAP}?outline=1")
    expect(page.locator("#beside [role=tree]")).to_be_visible()
    search(page, "century", "Enter")
    expect(page.locator("#beside #o-K1")).to_be_focused()
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "K1")
    page.goto(f"{MAP}?outline=1&fold=C1")
    search(page, "pilot", "Enter")
    expect(page.locator("#beside #o-E1")).to_be_focused()
    expect(page.locator("#beside #o-E1")).to_have_attribute("aria-selected", "true")
