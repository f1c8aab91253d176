"""Pages on paper: light, and without what one can only click."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
# A4 within its margins, in px: on the screen a page of paper is a window of that size.
UPRIGHT = {"width": 702, "height": 1031}
SIZE = re.compile(rb"/Type /Page\b[^s].*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", re.DOTALL)


def on_paper(page: Page, address: str, size: dict[str, int]) -> None:
    """Show what is printed, as large as on paper."""
    page.goto(address)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": size["width"], "height": size["height"]})


def off_paper(page: Page) -> None:
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null")


def printed(page: Page) -> list[str]:
    """Print to a PDF, and tell how each of its pages lies."""
    sizes = SIZE.findall(page.pdf(prefer_css_page_size=True, format="A4"))
    return ["across" if float(wide) > float(high) else "upright" for wide, high in sizes]


@pytest.mark.parametrize(("scheme", "theme"), [("light", "dark"), ("dark", "auto")])
def test_paper_is_light(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, scheme: str, theme: str
) -> None:
    page = page_as(analyst, color_scheme=scheme)
    page.goto(MAP)
    page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    ink = "getComputedStyle(document.documentElement).getPropertyValue('--drawing-ink')"
    assert page.evaluate(ink) == "#e8ecf2"
    page.emulate_media(media="print")
    assert page.evaluate(ink) == "#1b2430"


@pytest.mark.parametrize("path", ["outline/", "review/", "elements/C1/", "sources/S1/"])
def test_other_pages_are_printed_without_what_one_clicks(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, path: str
) -> None:
    page = page_as(analyst)
    on_paper(page, f"{MAP}{path}", UPRIGHT)
    for selector in ("button", "input", "textarea", ".tabs", "details:has(> form)"):
        expect(page.locator(selector).locator("visible=true")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= UPRIGHT["width"]
    off_paper(page)
    assert set(printed(page)) == {"upright"}


def test_a_shut_branch_of_the_outline_is_open_on_paper(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}outline/")
    lines = page.locator("[data-tree] .line")
    page.locator(".fold").first.click()
    expect(lines.last).to_be_hidden()
    page.emulate_media(media="print")
    expect(lines.locator("visible=true")).to_have_count(lines.count())
