"""What of the map page is in sight: in the window, on the canvas, and of what lies over it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
IN_WINDOW = """selector => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return box.left >= 0 && box.right <= innerWidth && box.top >= 0 && box.bottom <= innerHeight;
}"""
IN_CANVAS = """key => {
    const part = document.querySelector(`.canvas [data-key="${key}"]`);
    const box = (part.querySelector(".box, .head, .bar") ?? part).getBoundingClientRect();
    const line = document.querySelector("[data-telling]");
    const frame = document.querySelector(".canvas").getBoundingClientRect();
    const foot = line.hidden ? frame.bottom : line.getBoundingClientRect().top;
    return box.bottom > frame.top && box.top < foot && box.bottom <= foot + 1;
}"""


@pytest.mark.parametrize(("wide", "high"), [(1440, 900), (1280, 720), (1024, 700), (768, 1024)])
@pytest.mark.parametrize("query", ["", "?focus=C1&depth=1"])
def test_canvas_and_hits_are_in_the_window(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, query: str, wide: int, high: int
) -> None:
    page = page_as(analyst)
    page.set_viewport_size({"width": wide, "height": high})
    page.goto(f"{MAP}{query}")
    assert page.evaluate(IN_WINDOW, ".canvas")
    page.keyboard.press("/")
    page.keyboard.type("the")
    expect(page.locator("#hits [role=option]").first).to_be_visible()
    box = page.locator("#hits").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= wide


def test_all_of_a_long_drawing_fits(page_as: PageAs, long_map: ArgumentMap, analyst: User) -> None:
    page = page_as(analyst)
    page.goto(f"{MAP}?dir=TB")
    page.locator(".canvas").focus()
    page.keyboard.press("0")
    canvas = page.locator(".canvas")
    drawn = page.locator(".canvas > svg").bounding_box()
    frame = canvas.bounding_box()
    assert drawn is not None
    assert frame is not None
    assert drawn["height"] <= frame["height"]
    page.keyboard.press("+")
    later = page.locator(".canvas > svg").bounding_box()
    assert later is not None
    assert later["height"] > drawn["height"]


def test_what_has_the_focus_lies_under_nothing(
    page_as: PageAs, long_map: ArgumentMap, analyst: User
) -> None:
    page = page_as(analyst)
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{MAP}?dir=TB&select=C1")
    page.locator(".canvas").focus()
    walked: list[str] = []
    for _ in range(60):
        page.keyboard.press("ArrowDown")
        key = page.evaluate("document.activeElement.dataset.key ?? ''")
        if walked and key == walked[-1]:
            break
        walked.append(key)
        assert page.evaluate(IN_CANVAS, key), key
    assert len(walked) > 20


def test_keys_are_listed_from_the_first_and_for_the_view_that_is_shown(
    page_as: PageAs, a_map: ArgumentMap, analyst: User
) -> None:
    page = page_as(analyst)
    page.set_viewport_size({"width": 1280, "height": 600})
    page.goto(f"{MAP}?dir=LR")
    along = page.locator("#keys dt").first
    page.keyboard.press("?")
    expect(along).to_be_visible()
    assert page.evaluate("document.getElementById('keys').scrollTop") == 0
    assert along.inner_text().split() == ["←", "→"]
    page.keyboard.press("Escape")
    page.get_by_role("link", name="From the top").click()
    expect(page.locator(".canvas")).to_have_attribute("data-way", "TB")
    page.keyboard.press("?")
    assert along.inner_text().split() == ["↑", "↓"]


def test_another_view_keeps_the_keyboard_and_shows_what_it_is_about(
    page_as: PageAs, long_map: ArgumentMap, analyst: User
) -> None:
    page = page_as(analyst)
    page.goto(f"{MAP}?dir=LR")
    turn = page.get_by_role("link", name="From the top")
    turn.focus()
    turn.press("Enter")
    expect(page.locator(".canvas")).to_have_attribute("data-way", "TB")
    expect(page.locator(".canvas")).to_be_focused()
    assert page.evaluate(IN_CANVAS, "C1")
    page.goto(f"{MAP}?focus=C20&select=C20")
    above = page.locator(".trail a").nth(1)
    key = above.inner_text().split()[0]
    above.focus()
    above.press("Enter")
    expect(page.locator(".trail b")).to_have_text(key)
    expect(page.locator(".canvas")).to_be_focused()
    assert page.evaluate(IN_CANVAS, key)
