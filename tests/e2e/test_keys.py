"""Reading a map by its keys: walking the drawing, searching it, the list of keys, the legend."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.core.kinds import Stance
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, analyst: User, reviewer: User) -> Page:
    """E1 and E2 together support C1; K1 undercuts that; C2 attacks C1, and E3 supports C2."""
    for kind, text in (("claim", "Fog is worse."), ("evidence", "The Übersee lay still.")):
        actions.add_statement(actor=analyst, argument_map=a_map, kind=kind, text=text)
    for stance, premise, conclusion in (("attack", "C2", "C1"), ("support", "E3", "C2")):
        actions.add_inference(
            actor=analyst,
            argument_map=a_map,
            stance=Stance(stance),
            premises=[premise],
            conclusion=conclusion,
        )
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="E3", title="A ship waited", tags=["fog"]
    )
    return page_as(reviewer)


def here(page: Page) -> str | None:
    key: str | None = page.evaluate("document.activeElement.dataset.key ?? null")
    return key


def press(page: Page, *arrows: str) -> list[str | None]:
    """Return the key that is reached by each arrow."""
    reached = []
    for arrow in arrows:
        page.keyboard.press(f"Arrow{arrow}")
        reached.append(here(page))
    return reached


def test_arrows_walk_along_the_lines_and_back(page: Page) -> None:
    page.goto(f"{MAP}?dir=LR&select=C2")
    page.locator(".canvas").focus()
    assert press(page, "Right", "Right", "Right", "Right") == ["C2", "I4", "E3", "E3"]
    assert press(page, "Left", "Left", "Left", "Left", "Left") == ["I4", "C2", "I3", "C1", "C1"]
    assert press(page, "Right", "Right") == ["I3", "C2"]


def test_arrows_walk_among_what_bears_on_the_same_conclusion(page: Page) -> None:
    page.goto(f"{MAP}?dir=LR")
    page.locator("#n-C2").focus()
    seen = {"C2", *press(page, *["Up"] * 4), *press(page, *["Down"] * 6)}
    assert seen == {"E1", "E2", "I2", "C2"}
    first = here(page)
    assert press(page, "Down") == [first]


def test_the_arrows_reach_a_ring_that_hangs_from_nothing(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    for text in ("Rates fall.", "Rates rise."):
        actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text=text)
    for premise, conclusion in (("C3", "C4"), ("C4", "C3")):
        actions.add_inference(
            actor=analyst,
            argument_map=a_map,
            stance=Stance.ATTACK,
            premises=[premise],
            conclusion=conclusion,
        )
    page.goto(f"{MAP}?dir=LR")
    page.locator("#n-C1").focus()
    [first] = {*press(page, "Up"), *press(page, "Down", "Down")} - {"C1", None}
    assert first in {"C3", "C4"}
    page.locator(f"#n-{first}").focus()
    around = press(page, "Right", "Right", "Right", "Right")
    assert {*around} >= {"C3", "C4"}
    assert around[-1] == first
    assert "C1" in press(page, "Up", "Down", "Down")


def test_the_arrows_turn_with_the_drawing(page: Page) -> None:
    page.goto(f"{MAP}?dir=TB&select=C2")
    page.locator(".canvas").focus()
    assert press(page, "Down", "Down", "Down", "Up", "Up", "Up") == [
        "C2",
        "I4",
        "E3",
        "I4",
        "C2",
        "I3",
    ]


def test_what_is_walked_to_is_brought_into_view(
    page_as: PageAs, page: Page, reviewer: User
) -> None:
    small = page_as(reviewer, viewport={"width": 390, "height": 700})
    small.goto(f"{MAP}?dir=TB")
    small.locator("#n-C2").focus()
    for _ in range(3):
        press(small, "Right")
        edge = small.evaluate(
            """() => {
                const shown = document.activeElement.querySelector(".box, .head, .bar");
                const box = shown.getBoundingClientRect();
                const frame = document.querySelector(".canvas").getBoundingClientRect();
                return [box.left - frame.left, frame.right - box.right];
            }"""
        )
        assert min(edge) >= -1


def test_enter_opens_what_was_walked_to(page: Page) -> None:
    page.goto(f"{MAP}?dir=LR&select=C2")
    page.locator(".canvas").focus()
    press(page, "Right", "Right")
    page.keyboard.press("Enter")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "I4")
    assert here(page) == "I4"
    page.wait_for_url(re.compile("select=I4"))


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("ubersee", ["E3"]),
        ("fog", ["C2", "E3"]),
        ("SHIP waited", ["E3"]),
        ("k1", ["K1"]),
        ("i1", ["I1"]),
        ("nowhere", []),
    ],
)
def test_a_search_finds_texts_keys_titles_and_tags(page: Page, words: str, keys: list[str]) -> None:
    page.goto(MAP)
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".find-count")).to_have_text(f"{len(keys)} found")
    found = page.locator(".canvas .found")
    assert sorted(each.get_attribute("data-key") or "" for each in found.all()) == keys
    assert page.locator(".find [role=option]").count() == len(keys)


def test_a_search_steps_through_what_it_found(page: Page) -> None:
    page.goto(MAP)
    page.keyboard.press("/")
    page.keyboard.type("fog")
    steps = []
    for arrow in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(arrow)
        expect(page.locator(".find-count")).to_contain_text(" of 2")
        steps.append(page.locator(".canvas .found-now").get_attribute("data-key"))
    assert steps[0] == steps[2] != steps[1] == steps[3]
    expect(page.locator(".find-count")).to_have_text("2 of 2")
    assert page.locator(".find input").get_attribute("aria-activedescendant") == f"hit-{steps[3]}"
    page.keyboard.press("Enter")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", steps[3] or "")
    assert here(page) == steps[3]
    assert page.locator(".canvas .found").count() == 0


def test_escape_ends_a_search_and_a_click_takes_a_hit(page: Page) -> None:
    page.goto(MAP)
    page.keyboard.press("/")
    page.keyboard.type("fog")
    page.keyboard.press("Escape")
    expect(page.locator("#hits")).to_be_hidden()
    assert page.locator(".canvas .found").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("waited")
    page.click("#hit-E3")
    expect(page.locator("#panel article.element")).to_have_attribute("data-key", "E3")


def test_a_dialog_lists_the_keys(page: Page) -> None:
    page.goto(MAP)
    dialog = page.locator("dialog#keys")
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("searches the map")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.click("[data-keys]")
    dialog.locator("button").click()
    expect(dialog).to_be_hidden()


def test_keys_are_letters_where_one_types(page: Page) -> None:
    page.goto(f"{MAP}?select=C1")
    body = page.locator("#panel .new-comment [name=body]")
    if not body.is_visible():
        page.click("#panel .new-comment summary")
    body.press_sequentially("Why/how?")
    expect(body).to_have_value("Why/how?")
    expect(page.locator("dialog#keys")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_search_and_dialog_are_accessible(
    scheme: str, page_as: PageAs, page: Page, reviewer: User
) -> None:
    page = page_as(reviewer, color_scheme=scheme)
    page.goto(MAP)
    page.keyboard.press("/")
    page.keyboard.type("fog")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".find-count")).to_have_text("1 of 2")
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert Axe().run(page).response["violations"] == []


def test_the_legend_stays_as_it_was_left(page: Page) -> None:
    legend = page.locator(".legend ul:not(.tones)")
    for is_open in (True, False):
        page.goto(MAP)
        page.click(".legend summary")
        page.reload()
        expect(legend).to_be_visible(visible=is_open)


@pytest.mark.usefixtures("page")
def test_branches_fold_and_unfold_without_scripts(page_as: PageAs, reviewer: User) -> None:
    plain = page_as(reviewer, java_script_enabled=False)
    plain.goto(f"{MAP}?dir=TB")
    plain.click("#n-C2 text >> nth=0")
    plain.click("text=Fold what bears on it")
    assert plain.url.endswith(f"{MAP}?fold=C2&dir=TB&select=C2")
    expect(plain.locator("#n-E3")).to_have_count(0)
    expect(plain.locator("#s-C2 .stub")).to_contain_text("1 evidence")
    plain.click("text=Unfold what bears on it")
    expect(plain.locator("#n-E3")).to_have_count(1)
