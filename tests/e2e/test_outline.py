"""The outline as a tree, on its own page."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap
from argmap.render import DrawingFailedError
from tests.cast import a_tree
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP, here, press, search

OUTLINE = f"{MAP}outline/"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def levels(page: Page) -> dict[str, int]:
    """Return the level that a screen reader hears of each line, by its name."""
    devtools = page.context.new_cdp_session(page)
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["name"]["value"].strip(): known["value"]["value"]
        for node in nodes
        if node.get("role", {}).get("value") == "treeitem"
        for known in node["properties"]
        if known["name"] == "level"
    }


def test_it_is_a_tree_with_one_stop(page: Page) -> None:
    page.goto(OUTLINE)
    assert levels(page)["undercut by I2"] == 3
    expect(page.locator("#o-I2")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("tree", name="The argument")).to_be_visible()
    name = re.compile("^undercut by\\s+I2$")
    expect(page.get_by_role("treeitem", name=name, exact=False)).to_have_count(1)
    assert page.locator("[data-outline] [tabindex='0']").count() == 1


def test_keys_walk_it_and_fold_it(page: Page) -> None:
    page.goto(OUTLINE)
    page.locator("#o-C1").focus()
    assert press(page, "ArrowDown", "ArrowRight", "ArrowLeft", "End", "Home") == [
        "I1",
        "E1",
        "I1",
        "K1",
        "C1",
    ]
    assert press(page, "ArrowDown", "ArrowLeft", "ArrowDown") == ["I1", "I1", "I1"]
    expect(page.locator("#o-E1")).to_be_hidden()
    expect(page.locator("#o-I1")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("*")
    expect(page.locator("#o-E1")).to_be_visible()
    assert press(page, "e") == ["E1"]
    page.wait_for_timeout(800)
    page.keyboard.type("last w")
    assert here(page) == "K1"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{MAP}elements/K1/")


@pytest.mark.parametrize("key", ["ArrowRight", "Space"])
def test_keys_open_what_a_line_hides(page: Page, key: str) -> None:
    page.goto(f"{OUTLINE}?fold=C1")
    page.locator("#o-C1").focus()
    page.keyboard.press(key)
    page.wait_for_url(f"**{OUTLINE}#o-C1")
    expect(page.locator("#o-C1")).to_be_focused()
    expect(page.locator("#o-K1")).to_be_visible()


def test_space_folds_a_branch_and_opens_it_again(page: Page) -> None:
    page.goto(OUTLINE)
    page.locator("#o-I1").focus()
    page.keyboard.press("Space")
    expect(page.locator("#o-E1")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.locator("#o-E1")).to_be_visible()


def test_a_line_said_before_leads_to_where_it_is_said(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    actions.add_inference(
        actor=analyst, argument_map=a_map, stance="support", premises=["E1"], conclusion="K1"
    )
    page.goto(OUTLINE)
    page.click("text=Fold all")
    expect(page.locator("#o-E1")).to_be_hidden()
    page.click("text=Open all")
    page.click("a.again")
    expect(page.locator("#o-E1")).to_be_focused()
    again = page.locator("li:has(> .line > a.again)")
    again.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#o-E1")).to_be_focused()


def test_an_address_leads_to_its_line(page: Page) -> None:
    page.goto(f"{OUTLINE}#o-K1")
    page.click("text=Fold all")
    page.evaluate("location.hash = '#o-E2'")
    expect(page.locator("#o-E2")).to_be_focused()


@pytest.mark.parametrize("query", ["#E2", "#o-E2", "?select=E2"])
def test_an_address_may_name_a_line_by_its_key(page: Page, query: str) -> None:
    page.goto(f"{OUTLINE}{query}")
    expect(page.locator("#o-E2")).to_be_focused()
    expect(page.locator("#o-E2")).to_have_attribute("aria-selected", "true")


def test_a_search_steps_through_its_lines_and_unfolds_them(page: Page) -> None:
    page.goto(OUTLINE)
    page.click("text=Fold all")
    search(page, "blocked")
    expect(page.locator(".outline .found")).to_have_count(2)
    expect(page.locator("#o-E1")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#o-E1 > .line")).to_have_class("line found found-now")
    expect(page.locator("#o-E1 > .line")).to_be_in_viewport()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#o-E2 > .line")).to_have_class("line found found-now")
    expect(page.locator(".find-count")).to_have_text("2 of 2")
    page.keyboard.press("Enter")
    expect(page.locator("#o-E2")).to_be_focused()
    expect(page.locator("#o-E2")).to_have_attribute("aria-selected", "true")
    expect(page.locator(".outline .found")).to_have_count(0)
    assert page.url.endswith(OUTLINE)
    search(page, "century", "ArrowDown", "Escape")
    expect(page.locator("#o-K1")).to_be_focused()


def test_what_the_outline_leaves_out_is_found_and_brought_in(page: Page) -> None:
    page.goto(f"{OUTLINE}?fold=C1")
    search(page, "century")
    expect(page.locator("#hit-K1")).to_contain_text("below C1", use_inner_text=True)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#o-C1 .stub")).to_have_class("stub found found-now")
    page.keyboard.press("Enter")
    expect(page.locator("#o-K1")).to_be_focused()
    assert page.url.endswith(f"{OUTLINE}?focus=K1&fold=C1#o-K1")


def test_its_page_lists_its_own_keys(page: Page) -> None:
    page.goto(OUTLINE)
    page.locator("#o-C1").focus()
    page.keyboard.press("?")
    dialog = page.locator("dialog#keys")
    expect(dialog).to_contain_text("searches the map")
    expect(dialog).to_contain_text("from line to line")
    for words in ("drawing", "outline:", "full screen", "details", "box"):
        expect(dialog).not_to_contain_text(words)
    page.keyboard.press("Escape")
    expect(page.locator("#o-C1")).to_be_focused()
    press(page, "f")
    assert here(page) == "C1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_search_and_its_keys_are_accessible(
    scheme: str, page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, color_scheme=scheme)
    page.goto(OUTLINE)
    search(page, "blocked", "ArrowDown")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert Axe().run(page).response["violations"] == []


@pytest.fixture
def a_chain(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    """Add thirteen claims, each of which supports the one before it."""
    text = "Ships that wait at the mouth of the harbour for a pilot lose two days in every winter."
    for number in range(2, 15):
        actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text=text)
        actions.add_inference(
            actor=analyst,
            argument_map=a_map,
            stance="support",
            premises=[f"C{number}"],
            conclusion=f"C{number - 1}",
        )
    return a_map


@pytest.mark.parametrize(
    ("address", "wide"),
    [(OUTLINE, 320), (OUTLINE, 390), (OUTLINE, 1440), (f"{MAP}?outline=1", 1440)],
)
def test_a_long_chain_can_be_read_to_its_end(
    page: Page, a_chain: ArgumentMap, address: str, wide: int
) -> None:
    page.set_viewport_size({"width": wide, "height": 800})
    page.goto(address)
    expect(page.locator("[role=treeitem]#o-C14")).to_have_count(1)
    narrowest = page.evaluate(
        """() => {
            const whole = document.querySelector("[data-outline]").clientWidth;
            const items = [...document.querySelectorAll("[data-outline] li")];
            return Math.min(...items.map((item) => item.clientWidth / whole));
        }"""
    )
    assert narrowest >= 0.6


def test_deep_lines_say_their_level_and_what_they_bear_on(page: Page, a_chain: ArgumentMap) -> None:
    page.goto(OUTLINE)
    said = levels(page)
    assert said["C13 supported by I15"] == 26
    assert max(said.values()) == 27
    expect(page.locator("#o-I15 > .line")).to_contain_text("Level 26 C13 supported by I15")
    expect(page.locator("#o-I6 > .line")).not_to_contain_text("Level")
    assert Axe().run(page).response["incomplete"] == []


def test_of_many_lines_the_top_is_open(page_as: PageAs, analyst: User) -> None:
    a_tree(analyst, 127)
    page = page_as(analyst)
    page.goto("/maps/tree/outline/")
    shown = [each.get_attribute("id") for each in page.locator("[role=treeitem]:visible").all()]
    assert shown == ["o-C1", "o-I2", "o-C2", "o-I3", "o-C3"]
    expect(page.get_by_role("treeitem", name="What C2 says. · 62 below")).to_have_count(1)
    page.locator("#o-C2").focus()
    assert press(page, "ArrowRight", "ArrowRight", "ArrowDown") == ["C2", "I4", "C4"]
    expect(page.locator("#o-C4")).to_have_attribute("aria-expanded", "false")
    search(page, "c127", "Enter")
    expect(page.locator("#o-C127")).to_be_focused()


def test_what_lies_below_is_counted_where_it_is_said_further_down(
    page: Page, long_map: ArgumentMap
) -> None:
    page.goto(f"{OUTLINE}?all=1")
    expect(page.get_by_role("heading", name="Further down")).to_be_visible()
    page.click("text=Fold all")
    expect(page.locator("#o-C1 > .line")).to_have_attribute("data-below", "43")
    for number, below in ((2, 39), (19, 22), (40, 1)):
        line = page.locator(f"#o-C{number} > .line")
        expect(line).to_have_attribute("data-below", str(below))


def test_an_argument_in_a_circle_is_counted_once(
    page: Page, long_map: ArgumentMap, analyst: User
) -> None:
    for last, first in (("C41", "C30"), ("C41", "C21")):
        actions.add_inference(
            actor=analyst,
            argument_map=long_map,
            stance="support",
            premises=[first],
            conclusion=last,
        )
    page.goto(f"{OUTLINE}?all=1")
    for number, below in ((2, 39), (22, 19), (40, 1)):
        line = page.locator(f"#o-C{number} > .line")
        expect(line).to_have_attribute("data-below", str(below))


def test_in_the_drawings_place_it_is_searched_too(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object, **options: object) -> str:
        raise DrawingFailedError("Graphviz is not installed.")

    monkeypatch.setattr("argmap.render.draw", fail)
    page.goto(f"{MAP}?select=E2")
    expect(page.locator("#o-E2")).to_be_focused()
    search(page, "century", "Enter")
    expect(page.locator("#o-K1")).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_contain_text("opens the page")


def test_without_scripts_it_is_nested_lists_of_links(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(OUTLINE)
    expect(page.locator("[role=treeitem]")).to_have_count(0)
    page.click("#o-K1 > .line > a.key")
    assert page.url.endswith(f"{MAP}elements/K1/")
