"""Pages on paper: of the map page the drawing of its view, whole, with what its signs say."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
# A4 across within its margins, in px: on the screen a page of paper is a window of that size.
PAPER = {"width": 1031, "height": 702}
UPRIGHT = {"width": 702, "height": 1031}
SIZE = re.compile(rb"/Type /Page\b[^s].*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", re.DOTALL)
# Of each box in a part: its key, whether all of it lies in the part, and whether it looks so.
BOXES = """() => [...document.querySelectorAll(".sheet svg")].map((part) => {
    const frame = part.getBoundingClientRect();
    return [...part.querySelectorAll("a.node")].map((node) => {
        const box = node.querySelector(".box").getBoundingClientRect();
        const isWhole = box.left >= frame.left - 1 && box.right <= frame.right + 1
            && box.top >= frame.top - 1 && box.bottom <= frame.bottom + 1;
        return [node.dataset.key, isWhole, getComputedStyle(node).opacity === "1", box.width];
    });
})"""


def on_paper(page: Page, address: str, size: dict[str, int] = PAPER) -> None:
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


def box_of(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    left, top, width, height = box["x"], box["y"], box["width"], box["height"]
    return {"x": left, "y": top, "width": width, "right": left + width, "bottom": top + height}


def test_the_drawing_is_printed_on_one_page_and_nothing_that_one_clicks(
    page_as: PageAs, a_map: ArgumentMap, analyst: User
) -> None:
    page = page_as(analyst)
    on_paper(page, f"{MAP}?colour=stance&select=E1&outline=1")
    drawing, legend = box_of(page, ".canvas > svg"), box_of(page, ".legend")
    assert drawing["x"] >= 0
    assert drawing["right"] <= PAPER["width"]
    assert drawing["bottom"] <= legend["y"]
    assert legend["bottom"] <= PAPER["height"]
    for words in (
        "The harbour should close",
        "Should the harbour close in winter?",
        "TLP:CLEAR",
        "4 statements, 2 inferences",
        f"Coloured by stance. Version {a_map.version}",
        "supports and attacks",
    ):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    for selector in (
        "button", "form", ".tabs", ".panel", ".map-talk", ".beside", ".site-head", ".stage-bar a"
    ):  # fmt: skip
        expect(page.locator(selector).locator("visible=true")).to_have_count(0)
    # What is chosen is marked on the screen alone.
    colour = "getComputedStyle(document.querySelector('#n-{} .box')).stroke"
    assert page.evaluate(colour.format("E1")) == page.evaluate(colour.format("E2"))
    # Of the foot of each page.
    style = "getComputedStyle(document.documentElement).getPropertyValue('--marking')"
    assert page.evaluate(style) == '"TLP:CLEAR"'
    off_paper(page)
    assert printed(page) == ["across"]


@pytest.mark.parametrize("zoom", [25, 300])
def test_zoom_and_place_are_of_the_screen_alone(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, zoom: int
) -> None:
    page = page_as(reviewer, viewport={"width": 1280, "height": 640})
    address = f"{MAP}?dir=LR&zoom={zoom}&at=E1,40,30"
    page.goto(address)
    look = """() => {
        const canvas = document.querySelector(".canvas");
        return [canvas.scrollLeft, canvas.scrollTop, canvas.firstElementChild.clientWidth];
    }"""
    seen = page.evaluate(look)
    assert len(printed(page)) == 1
    page.wait_for_timeout(500)
    assert page.evaluate(look) == seen
    assert page.url.endswith(address)
    on_paper(page, address)
    natural = float(page.locator(".canvas > svg").get_attribute("width") or 0)
    assert box_of(page, ".canvas > svg")["width"] == pytest.approx(natural, abs=1)


def test_what_view_it_is_is_said(page_as: PageAs, long_map: ArgumentMap, reviewer: User) -> None:
    page = page_as(reviewer)
    on_paper(page, f"{MAP}?focus=C4&depth=1&fold=C5")
    long_map.refresh_from_db()
    said = " ".join(page.locator(".view").inner_text().split())
    assert said.endswith(f"C4 5 of 44 statements Folded: C5. Version {long_map.version}"), said
    assert said.startswith("C1 ")
    assert "Unfold" not in said
    prefix = "getComputedStyle(document.querySelector('.trail'), '::before').content"
    assert page.evaluate(prefix) == '"Focus:"'


@pytest.mark.parametrize(("way", "lies"), [("TB", UPRIGHT), ("LR", PAPER)])
def test_a_drawing_too_large_to_read_follows_in_parts_in_which_every_box_is_whole(
    page_as: PageAs, long_map: ArgumentMap, reviewer: User, way: str, lies: dict[str, int]
) -> None:
    page = page_as(reviewer)
    on_paper(page, f"{MAP}?dir={way}", lies)
    keys = set(
        page.locator(".canvas a.node").evaluate_all("nodes => nodes.map(n => n.dataset.key)")
    )
    sheets = page.locator(".sheet")
    parts = page.evaluate(BOXES)
    assert len(parts) > 2
    captions = [
        f"The harbour should close – part {n + 1} of {len(parts)}" for n in range(len(parts))
    ]
    expect(sheets.locator("figcaption")).to_have_text(captions)
    assert {key for part in parts for key, whole, _, _ in part if whole} == keys
    assert all(whole == looks for part in parts for _, whole, looks, _ in part)
    # Boxes are 240 px wide on the screen.
    assert all(120 <= width <= 241 for part in parts for *_, width in part)
    for picture in sheets.locator("svg").all():
        box, sheet = picture.bounding_box(), picture.locator("..").bounding_box()
        assert box
        assert sheet
        assert box["x"] + box["width"] <= lies["width"]
        assert box["y"] + box["height"] <= sheet["y"] + sheet["height"] + 1
    expect(page.locator(".canvas .part")).to_have_text([str(n + 1) for n in range(len(parts))])
    off_paper(page)
    expect(page.locator(".sheet, .part")).to_have_count(0)
    assert printed(page) == ["upright" if lies is UPRIGHT else "across"] * (len(parts) + 1)


def test_without_scripts_all_of_it_is_on_one_page(
    page_as: PageAs, long_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(f"{MAP}?dir=TB")
    assert len(printed(page)) == 1
    page.emulate_media(media="print")
    page.goto(f"{MAP}?fold=C2")
    expect(page.get_by_text("Counterargument", exact=True)).to_be_visible()
    natural = float(page.locator(".canvas > svg").get_attribute("width") or 0)
    assert box_of(page, ".canvas > svg")["width"] == pytest.approx(natural, abs=1)


def test_a_drawing_in_whose_place_the_outline_stands_is_printed(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, viewport={"width": 390, "height": 700})
    page.goto(f"{MAP}?outline=1")
    expect(page.locator(".beside [role=tree]")).to_be_visible()
    expect(page.locator(".canvas")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".canvas > svg")).to_be_visible()
    expect(page.locator(".beside")).to_be_hidden()


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
