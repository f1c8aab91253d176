"""The outline as a tree, alone and beside the drawing."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
OUTLINE = f"{MAP}outline/"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def here(page: Page) -> str | None:
    key: str | None = page.evaluate(
        "document.activeElement.querySelector(':scope > .line > a.key')?.dataset.key ?? null"
    )
    return key


def press(page: Page, *keys: str) -> list[str | None]:
    reached = []
    for key in keys:
        page.keyboard.press(key)
        reached.append(here(page))
    return reached


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


def search(page: Page, words: str, *keys: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".find-count")).to_contain_text("found")
    for key in keys:
        page.keyboard.press(key)


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
    expect(page.locator("#hit-K1")).to_contain_text("not in this view", use_inner_text=True)
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
    for words in ("drawing", "outline:", "full screen", "details"):
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


def test_without_scripts_it_is_nested_lists_of_links(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(OUTLINE)
    expect(page.locator("[role=treeitem]")).to_have_count(0)
    page.click("#o-K1 > .line > a.key")
    assert page.url.endswith(f"{MAP}elements/K1/")
