"""Zooming and panning, by hand and by address."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
SMALL = {"width": 390, "height": 700}
PLACED = re.compile(r"[?&]zoom=\d+&at=[CEK]\d+,-?\d+,-?\d+$")


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer, viewport=SMALL)


def wide(page: Page) -> float:
    box = page.locator(".canvas > svg").bounding_box()
    assert box
    return box["width"]


def place_of(page: Page, key: str) -> tuple[float, float]:
    box = page.locator(f"#n-{key}").bounding_box()
    frame = page.locator(".canvas").bounding_box()
    assert box
    assert frame
    return box["x"] - frame["x"], box["y"] - frame["y"]


def pinch(page: Page, start: float, end: float, steps: int = 5) -> None:
    """Move two fingers on the canvas from `start` to `end` px apart."""
    page.locator(".canvas").scroll_into_view_if_needed()
    frame = page.locator(".canvas").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    cdp = page.context.new_cdp_session(page)

    def send(kind: str, far: float | None) -> None:
        ends = [] if far is None else [(x - far / 2, y), (x + far / 2, y)]
        points = [{"x": px, "y": py, "id": n} for n, (px, py) in enumerate(ends)]
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    send("touchStart", start)
    for step in range(1, steps + 1):
        send("touchMove", start + (end - start) * step / steps)
    send("touchEnd", None)


def test_two_fingers_zoom_the_drawing_and_not_the_page(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, viewport=SMALL, has_touch=True)
    page.goto(MAP)
    before = wide(page)
    pinch(page, 80, 160)
    assert wide(page) == pytest.approx(before * 2, rel=0.03)
    pinch(page, 160, 80)
    assert wide(page) == pytest.approx(before, rel=0.03)
    assert page.evaluate("visualViewport.scale") == 1
    assert page.locator(".selected").count() == 0


def test_what_lies_under_the_wheel_stays_there(page: Page) -> None:
    page.goto(MAP)
    page.locator("#n-E1").hover()
    at = page.evaluate(
        """() => {
            const box = document.querySelector("#n-E1 .box").getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.move(*at)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    expect(page.locator(".zoom-level")).not_to_have_text("85 %")
    assert (
        page.evaluate("([x, y]) => document.elementFromPoint(x, y).closest('a')?.dataset.key", at)
        == "E1"
    )


def test_the_place_is_in_the_address_and_lasts(page_as: PageAs, page: Page, reviewer: User) -> None:
    page.goto(MAP)
    page.locator(".canvas").focus()
    page.keyboard.press("+")
    page.wait_for_url(PLACED)
    zoomed = page.url
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_url(lambda url: url != zoomed)
    seen = [place_of(page, key) for key in ("C1", "E2")]
    address, level = page.url, page.locator(".zoom-level").text_content()
    page.reload()
    assert [place_of(page, key) for key in ("C1", "E2")] == [
        pytest.approx(place, abs=2) for place in seen
    ]
    other = page_as(reviewer, viewport=SMALL)
    other.goto(address)
    assert other.locator(".zoom-level").text_content() == level
    assert place_of(other, "C1") == pytest.approx(seen[0], abs=2)


def test_an_address_without_a_place_stays_so_until_someone_moves(page: Page) -> None:
    page.goto(f"{MAP}?select=E1")
    page.wait_for_timeout(700)
    assert page.url.endswith("?select=E1")


def test_another_view_takes_its_place_from_the_address(page: Page) -> None:
    page.goto(f"{MAP}?zoom=120&at=C1,30,-10")
    page.click("text=From the top")
    page.wait_for_url("**/?dir=TB*")
    page.go_back()
    page.wait_for_url("**/?zoom=120&at=C1,30,-10")
    expect(page.locator(".canvas")).to_have_attribute("data-way", "LR")
    page.wait_for_timeout(700)
    assert page.url.endswith("?zoom=120&at=C1,30,-10")


@pytest.mark.parametrize(
    "query", ["zoom=85&at=C9,0,0", "at=C1", "zoom=x&at=<b>", "zoom=9e9&at=1,2"]
)
def test_a_place_that_makes_no_sense_is_passed_over(query: str, page: Page) -> None:
    page.goto(MAP)
    usual = place_of(page, "C1"), wide(page)
    page.goto(f"{MAP}?{query}")
    assert (place_of(page, "C1"), wide(page)) == usual


def test_the_full_screen_holds_the_panel_too(page: Page) -> None:
    page.goto(f"{MAP}?select=E1")
    page.keyboard.press("f")
    expect(page.locator(".workbench:fullscreen #panel article")).to_have_count(1)
    button = page.locator("[data-full-screen]")
    expect(button).to_have_accessible_name("Leave full screen")
    button.click()
    expect(page.locator(":fullscreen")).to_have_count(0)


def test_without_full_screen_there_is_no_button(page: Page) -> None:
    page.add_init_script("Object.defineProperty(document, 'fullscreenEnabled', {value: false})")
    page.goto(MAP)
    expect(page.locator("[data-full-screen]")).to_be_hidden()


def test_keys_move_the_drawing_too(page: Page) -> None:
    page.goto(MAP)
    page.locator("#canvas").focus()
    for _ in range(12):
        page.keyboard.press("+")
    place = "[canvas.scrollLeft, canvas.scrollTop]"
    before = page.evaluate(place)
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Shift+ArrowUp")
    after = page.evaluate(place)
    assert before[0] - after[0] == 120
    assert before[1] - after[1] == 120
