"""Reading a map in a browser: choosing, zooming, the outline, themes, small screens."""

from __future__ import annotations

import re
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from argmap import actions
from argmap.core.kinds import CommentKind
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
PAGES = [
    "/",
    MAP,
    f"{MAP}?select=E1",
    f"{MAP}?outline=1&select=I1&colour=status",
    f"{MAP}outline/",
    f"{MAP}outline/?fold=C1",
    f"{MAP}find/?q=ice",
    f"{MAP}find/?q=nowhere",
    f"{MAP}elements/C1/",
    f"{MAP}elements/I1/",
    f"{MAP}sources/S1/",
    "/accounts/login/",
]
ADMIN_PAGES = ["/admin/", "/admin/argmap/claim/", "/admin/argmap/inference/"]
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def panel_key(page: Page) -> str | None:
    return page.locator("#panel article.element").get_attribute("data-key")


def test_a_click_shows_the_element_and_keeps_it_in_the_address(page: Page) -> None:
    page.goto(MAP)
    page.click("#n-E1")
    expect(page.locator("#panel")).to_contain_text("Ice blocked the harbour")
    expect(page.locator("#n-E1")).to_have_attribute("aria-current", "true")
    page.wait_for_url(re.compile("select=E1"))
    page.reload()
    assert panel_key(page) == "E1"
    expect(page.locator("#n-E1")).to_have_class(re.compile("selected"))


def test_the_keyboard_chooses_boxes_and_lines(page: Page) -> None:
    page.goto(MAP)
    for key in ("K1", "I1"):
        page.locator(f".drawing [data-key={key}]").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#panel article.element")).to_have_attribute("data-key", key)


def test_enter_goes_on_into_the_panel_and_escape_comes_back(page: Page) -> None:
    page.goto(MAP)
    page.focus("#n-K1")
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text("Counterargument")
    expect(page.locator("#n-K1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#n-K1")).to_be_focused()


def test_links_of_the_panel_stay_beside_the_drawing(page: Page) -> None:
    page.goto(f"{MAP}?select=C1")
    page.click("#panel a[data-key=E2]")
    expect(page.locator("#n-E2")).to_have_attribute("aria-current", "true")
    page.wait_for_url(re.compile("select=E2"))
    page.go_back()
    expect(page.locator("#n-C1")).to_have_attribute("aria-current", "true")


def test_keys_and_buttons_zoom_without_touching_the_view_box(page: Page) -> None:
    page.goto(MAP)
    drawing = page.locator(".canvas > svg")
    view_box, wide = drawing.get_attribute("viewBox"), drawing.bounding_box()
    page.locator(".canvas").focus()
    page.keyboard.press("+")
    larger = drawing.bounding_box()
    assert wide
    assert larger
    assert larger["width"] == pytest.approx(wide["width"] * 1.25, rel=0.01)
    page.keyboard.press("0")
    page.click("[data-zoom=out]")
    smaller = drawing.bounding_box()
    assert smaller
    assert smaller["width"] < wide["width"]
    assert drawing.get_attribute("viewBox") == view_box


def test_the_chosen_theme_lasts(page: Page) -> None:
    page.goto("/")
    toggle = page.locator("[data-theme-toggle]")
    toggle.click()
    toggle.click()
    expect(toggle).to_have_text("Theme: dark")
    page.goto(MAP)
    assert page.locator("html").get_attribute("data-theme") == "dark"
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


def test_all_of_it_can_be_read_and_commented_on_without_scripts(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(MAP)
    page.click("#n-C1 text >> nth=0")
    assert page.url.endswith(f"{MAP}elements/C1/")
    page.fill(".new-comment [name=body]", "Which winter?")
    page.click(".new-comment button")
    assert f"{MAP}elements/C1/#comment-" in page.url
    expect(page.locator(".thread")).to_contain_text("Which winter?")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_pages_are_accessible_and_fit(
    scheme: str,
    narrow: object,
    page_as: PageAs,
    a_map: ArgumentMap,
    reviewer: User,
    admin: User,
) -> None:
    thread = actions.add_comment(
        actor=reviewer, argument_map=a_map, about="C1", body="Why?", kind=CommentKind.CHALLENGE
    )
    actions.add_comment(actor=reviewer, argument_map=a_map, parent=thread.pk, body="So.")
    options = {"viewport": NARROW} if narrow else {}
    page = page_as(reviewer, color_scheme=scheme, **options)
    for address in PAGES:
        page.goto(address)
        if "outline=1" in address:
            expect(page.locator(".beside [role=tree]")).to_be_visible()
        found = Axe().run(page).response["violations"]
        assert [(address, wrong["id"], wrong["nodes"][0]["html"]) for wrong in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page = page_as(admin, color_scheme=scheme, **options)
    for address in ADMIN_PAGES:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        assert [(address, wrong["id"], wrong["nodes"][0]["html"]) for wrong in found] == []


def test_the_page_of_an_error_is_accessible(page: Page, page_errors: list[str]) -> None:
    page.goto(f"{MAP}elements/C99/")
    assert Axe().run(page).response["violations"] == []
    assert all("404" in error for error in page_errors)
    page_errors.clear()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_all_errors_are_accessible(
    scheme: str, page_as: PageAs, a_map: ArgumentMap
) -> None:
    page = page_as(color_scheme=scheme, viewport=NARROW)
    for name in ("400", "403", "403_csrf", "404", "500", "503"):
        body = render_to_string(f"{name}.html", {"exception": "You may not: you are a reviewer."})
        page.route(f"**/{name}", partial(_answer, body=body))
        page.goto(f"/{name}")
        assert [(name, wrong["id"]) for wrong in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def _answer(route: Route, *, body: str) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def test_texts_that_would_run_do_not(
    page: Page, a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    hostile = "</title></svg><script>document.title='run'</script><img src=x onerror=alert(1)>"
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text=hostile)
    actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body=hostile)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(f"{MAP}?select=C1")
    expect(page.locator("#panel")).to_contain_text("<script>")
    assert page.title() != "run"
