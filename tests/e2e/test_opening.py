"""Large maps, which open with their top levels: what a box hides is opened in place, and folded."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from argmap import actions
from argmap.core.kinds import Stance
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
SHIPS, ENTRIES = 12, 12


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, analyst: User) -> Page:
    """Twelve claims bear on C1 beside what does already, and on each of those twelve others."""
    for ship in range(SHIPS):
        lines = [f"+ Ship {ship} waited.", *(f"  + So says entry {n}." for n in range(ENTRIES))]
        actions.paste_branch(actor=analyst, argument_map=a_map, about="C1", text="\n".join(lines))
    page = page_as(analyst, reduced_motion="reduce")
    page.goto(MAP)
    return page


def a_stub(page: Page) -> tuple[Locator, str]:
    """Return a stub that is in sight, and the key of its box."""
    stub = page.locator(".opens").nth(3)
    stub.scroll_into_view_if_needed()
    key = stub.get_attribute("data-key")
    assert key
    return page.locator(f"#s-{key}"), key


def place(page: Page, selector: str) -> tuple[int, int]:
    box = page.locator(selector).bounding_box()
    assert box
    return round(box["x"]), round(box["y"])


def test_a_large_map_opens_with_its_top_levels(page: Page) -> None:
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS)
    expect(page.locator(".opens")).to_have_count(SHIPS)
    expect(page.locator(".counted")).to_have_text("16 of 160 statements: the top levels")


def test_a_stub_opens_in_place(page: Page) -> None:
    stub, key = a_stub(page)
    before = place(page, f"#n-{key} .box")
    stub.click()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + ENTRIES)
    expect(stub).to_have_count(0)
    assert f"open={key}" in page.url
    # A drawing that is narrower than its canvas stands in the middle.
    assert abs(place(page, f"#n-{key} .box")[1] - before[1]) <= 3
    expect(page.locator(f"#n-{key}")).to_be_focused()
    expect(page.locator("#panel article")).to_have_count(0)
    page.go_back()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS)


def test_what_is_chosen_and_where_one_is_stay(page: Page) -> None:
    page.goto(f"{MAP}?select=C1&colour=status")
    page.locator("[data-zoom=out]").click()
    stub, _ = a_stub(page)
    stub.click()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + ENTRIES)
    expect(page.locator("#n-C1.selected")).to_have_count(1)
    assert "select=C1&" in page.url
    assert "colour=status" in page.url
    expect(page.locator(".zoom-level")).to_have_text("68 %")
    page.get_by_role("link", name="Fold again").click()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS)
    assert "select=C1" in page.url


def test_space_opens_and_folds(page: Page) -> None:
    _, key = a_stub(page)
    page.locator(f"#n-{key}").focus()
    for count in (ENTRIES, 0, ENTRIES):
        page.keyboard.press("Space")
        expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + count)
        expect(page.locator(f"#n-{key}")).to_be_focused()
    entry = page.locator(".canvas .node").last
    before = page.url
    entry.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    assert page.url == before


def test_the_keyboard_comes_to_a_stub_and_walks_on_from_it(page: Page) -> None:
    _, key = a_stub(page)
    page.locator(f"#n-{key}").focus()
    page.keyboard.press("Tab")
    expect(page.locator(f"#s-{key}")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.matches('.edge')")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#n-{key}")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + ENTRIES)


def test_what_is_added_below_a_stub_is_seen(page: Page, a_map: ArgumentMap) -> None:
    _, key = a_stub(page)
    page.locator(f"#n-{key}").focus()
    page.keyboard.press("e")
    page.locator("#draft form textarea").first.fill("The pilot's book says so too.")
    page.keyboard.press("Control+Enter")
    added = page.locator(".canvas .node.evidence", has_text="pilot's book")
    expect(added).to_be_focused()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + 1)
    expect(page.locator(f"#s-{key}")).to_contain_text(f"{ENTRIES} claims")
    inference = a_map.inferences.get(premises__statement__key=added.get_attribute("data-key"))
    assert f"open={inference.key}" in page.url
    page.reload()
    expect(added).to_have_count(1)


def test_a_box_is_dropped_on_the_foot_of_another(page: Page) -> None:
    stub, key = a_stub(page)
    other = page.locator(f".opens:not(#s-{key})").nth(3).get_attribute("data-key")
    start, end = page.locator(f"#n-{other} .box").bounding_box(), stub.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 30, start["y"] + 30, steps=2)
    page.mouse.move(end["x"] + 20, end["y"] + 8, steps=5)
    expect(page.locator(f"#n-{key}.target")).to_have_count(1)
    page.mouse.up()
    expect(page.locator("#drop")).to_contain_text(key)
    assert "open=" not in page.url


def test_what_an_address_selects_is_opened_and_stays_so(page: Page, a_map: ArgumentMap) -> None:
    drawn = [each.get_attribute("data-key") for each in page.locator(".canvas .node").all()]
    hidden = a_map.statements.exclude(key__in=drawn).order_by("pk")[70].key
    page.goto(f"{MAP}?select={hidden}")
    expect(page.locator(f"#n-{hidden}.selected")).to_be_in_viewport()
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + 1)
    assert "open=I" in page.url
    page.get_by_role("link", name="From the top").click()
    expect(page.locator(".canvas[data-way=TB]")).to_have_count(1)
    expect(page.locator(".canvas .node")).to_have_count(4 + SHIPS + 1)


def test_stubs_open_without_scripts(page_as: PageAs, page: Page, analyst: User) -> None:
    plain = page_as(analyst, java_script_enabled=False)
    plain.goto(MAP)
    plain.locator(".opens").nth(3).click()
    assert "?open=" in plain.url
    expect(plain.locator(".canvas .node")).to_have_count(4 + SHIPS + ENTRIES)


def test_what_another_adds_takes_nothing_out_of_sight(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    # With 45 more the second level has 60 boxes, and there is room for no other.
    lines = "\n".join(f"+ Tug {n} waited." for n in range(60 - 4 - SHIPS))
    actions.paste_branch(actor=analyst, argument_map=a_map, about="C1", text=lines)
    page.goto(MAP)
    nodes = page.locator(".canvas .node")
    expect(nodes).to_have_count(60)
    actions.add_reason(
        actor=None, argument_map=a_map, about="C1", stance="support", kind="claim", text="So."
    )
    expect(nodes).to_have_count(61)
    assert "levels=2" in page.url
    page.reload()
    expect(nodes).to_have_count(61)


def test_what_is_chosen_in_the_panel_and_hidden_is_opened(page: Page) -> None:
    _, key = a_stub(page)
    page.locator(f"#n-{key}").click()
    entry = page.locator("#panel .steps a.key:not(.step)").first
    hidden = entry.get_attribute("data-key")
    entry.click()
    expect(page.locator(f"#n-{hidden}.selected")).to_be_in_viewport()
    expect(page.locator(f'#panel .element[data-key="{hidden}"]')).to_have_count(1)
    assert f"select={hidden}" in page.url
    assert "open=I" in page.url


def test_where_there_is_nothing_to_hide_space_says_so(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    actions.add_inference(
        actor=analyst, argument_map=a_map, stance=Stance.SUPPORT, premises=["E1"], conclusion="K1"
    )
    page.goto(f"{MAP}?focus=K1&depth=1")
    page.locator("#n-K1").focus()
    page.keyboard.press("Space")
    expect(page.locator("#toast")).to_contain_text("there is nothing to hide")
    assert "fold=" not in page.url


def test_another_who_deletes_what_is_opened_closes_nothing_else(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    keys = [str(stub.get_attribute("data-key")) for stub in page.locator(".opens").all()[:2]]
    page.goto(f"{MAP}?open={','.join(keys)}&colour=status")
    nodes = page.locator(".canvas .node")
    expect(nodes).to_have_count(4 + SHIPS + 2 * ENTRIES)
    actions.delete_statement(actor=None, argument_map=a_map, key=keys[0])
    expect(page.locator(f"#n-{keys[0]}")).to_have_count(0)
    expect(page.locator(f"#s-{keys[1]}")).to_have_count(0)
    assert f"open={keys[1]}" in page.url
    assert "colour=status" in page.url
