"""Editing in place, by mouse and keys."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Dialog, Page, Route, expect

from argmap import actions
from argmap.core.kinds import Kind, Stance
from argmap.models import ArgumentMap, Inference, Statement
from tests.cast import PASSWORD
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
TOAST = "#toast"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, editor: User) -> Page:
    """The map, open in front of someone who may edit it."""
    opened = page_as(editor, reduced_motion="reduce")
    opened.goto(MAP)
    return opened


def focus(page: Page, key: str) -> None:
    page.locator(f"[data-key={key}]").first.focus()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.dataset.key ?? ''"))


@pytest.mark.parametrize(
    ("about", "key", "kind", "stance", "made"),
    [
        ("C1", "s", "claim", "support", "C2"),
        ("C1", "e", "evidence", "support", "E3"),
        ("C1", "c", "counterargument", "attack", "K2"),
        ("I1", "u", "counterargument", "attack", "K2"),
        ("I1", "b", "claim", "support", "C2"),
    ],
)
def test_a_key_and_a_sentence_make_a_reason_where_it_stands(
    page: Page, a_map: ArgumentMap, about: str, key: str, kind: str, stance: str, made: str
) -> None:
    focus(page, about)
    page.keyboard.press(key)
    room = page.locator(".node.typed .box")
    expect(page.locator("#draft form textarea").first).to_be_focused()
    there, form = room.bounding_box(), page.locator("#draft").bounding_box()
    assert there
    assert form
    assert abs(there["x"] - form["x"]) < 2
    assert abs(there["y"] - form["y"]) < 2
    page.keyboard.type("Tugs are dear.")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text(f"Added {made}, by I3.")
    expect(page.locator("#draft")).to_be_hidden()
    expect(page.locator("#panel .element")).to_have_attribute("data-key", made)
    assert focused(page) == made
    assert f"select={made}" in page.url
    step = Inference.objects.get(map=a_map, key="I3")
    assert (step.stance, step.conclusion and step.conclusion.key) == (stance, about)
    assert Statement.objects.get(map=a_map, key=made).kind == kind


def test_what_is_typed_is_not_lost_by_one_key(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "C1")
    page.keyboard.press("s")
    page.keyboard.type("Tugs")
    expect(page.locator("#draft form textarea").first).to_have_value("Tugs")
    page.keyboard.press("Escape")
    expect(page.locator("#draft [data-cancel]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#draft")).to_be_hidden()
    expect(page.locator(".typed")).to_have_count(0)
    assert focused(page) == "C1"
    assert a_map.statements.count() == 4


def test_another_tool_keeps_what_was_typed_for_the_first(page: Page, a_map: ArgumentMap) -> None:
    page.goto(f"{MAP}?select=C1")
    focus(page, "C1")
    page.keyboard.press("s")
    page.locator("#draft form").wait_for()
    page.keyboard.type("Tugs are dear.")
    page.locator("#panel [data-tool=evidence]").click()
    expect(page.locator("#draft form [name=kind]")).to_have_value("evidence")
    expect(page.locator("#draft form textarea").first).to_have_value("Tugs are dear.")


def test_what_is_typed_in_the_panel_goes_only_when_one_says_so(
    page: Page, a_map: ArgumentMap
) -> None:
    answers = [False, True]
    page.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    focus(page, "E1")
    page.keyboard.press("F2")
    page.locator("#panel [name=title]").fill("Forty days")
    page.locator("#n-E2").click()
    expect(page.locator("#panel [name=title]")).to_have_value("Forty days")
    page.locator("#n-E2").click()
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E2")
    assert not answers


def test_what_an_edit_elsewhere_made_takes_nothing_from_the_panel(
    page: Page, a_map: ArgumentMap
) -> None:
    focus(page, "E1")
    page.keyboard.press("F2")
    title = page.locator("#panel [name=title]")
    title.fill("Forty days")
    focus(page, "C1")
    page.keyboard.press("e")
    page.keyboard.type("Tugs are dear.")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Added E3, by I3.")
    expect(page.locator("#n-E3")).to_have_count(1)
    expect(title).to_have_value("Forty days")
    focus(page, "K1")
    page.keyboard.press("l")
    focus(page, "E2")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Linked K1 to E2, by I4.")
    expect(title).to_have_value("Forty days")
    title.press("Enter")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E1")
    assert Statement.objects.get(map=a_map, key="E1").title == "Forty days"


def test_a_link_that_is_refused_takes_what_is_typed_in_the_panel_only_where_one_says_so(
    page: Page, a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    answers = [False]
    page.on("dialog", lambda dialog: dialog.accept() if answers.pop(0) else dialog.dismiss())
    page.route("**/live/*", lambda route: route.abort())
    focus(page, "E1")
    page.keyboard.press("F2")
    page.locator("#panel [name=title]").fill("Forty days")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    focus(page, "K1")
    page.keyboard.press("l")
    focus(page, "E2")
    page.keyboard.press("Enter")
    with page.expect_response(lambda answer: "/link/" in answer.url):
        page.keyboard.press("Enter")
    expect(page.locator("#panel [name=title]")).to_have_value("Forty days")
    assert not answers
    page_errors.clear()


def test_a_tool_that_is_taken_while_a_sentence_is_sent_waits_for_the_answer(
    page: Page, a_map: ArgumentMap
) -> None:
    held: list[Route] = []
    page.route("**/elements/C1/add/*", lambda route: keep_posts(route, held))
    focus(page, "C1")
    page.keyboard.press("s")
    expect(page.locator("#draft form textarea").first).to_be_focused()
    page.keyboard.type("Tugs are dear.")
    with page.expect_request(lambda asked: asked.method == "POST"):
        page.keyboard.press("Enter")
    focus(page, "E1")
    page.keyboard.press("e")
    page.keyboard.press("s")  # meant for the form that is on its way
    held[0].continue_()
    expect(page.locator("#n-C2")).to_have_count(1)
    expect(page.locator("#draft form [name=kind]")).to_have_value("evidence")
    expect(page.locator("#draft form textarea").first).to_have_value("")
    page.keyboard.type("It was cold.")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Added E3, by I4.")
    said = list(a_map.statements.order_by("-pk").values_list("text", flat=True)[:2])
    assert said == ["It was cold.", "Tugs are dear."]


def keep_posts(route: Route, held: list[Route]) -> None:
    """Let a form come, and hold back what it sends."""
    if route.request.method == "POST":
        held.append(route)
    else:
        route.continue_()


def test_a_draft_that_is_left_before_it_came_leaves_no_room_behind(
    page: Page, a_map: ArgumentMap
) -> None:
    focus(page, "C1")
    with page.expect_response(lambda answer: "/add/" in answer.url):
        page.keyboard.press("s")
        page.keyboard.press("Escape")
    expect(page.locator(".typed")).to_have_count(0)
    expect(page.locator("#draft")).to_be_hidden()
    assert focused(page) == "C1"


def test_what_is_refused_stays_where_it_was_typed(
    page: Page, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    focus(page, "C1")
    page.keyboard.press("s")
    field = page.locator("#draft form textarea").first
    field.fill("x" * 10_001)
    page.keyboard.press("Enter")
    expect(page.locator("#draft .error").first).to_contain_text("at most 10000 characters")
    expect(page.locator("#draft form textarea").first).to_have_value("x" * 10_001)
    expect(page.locator(".node.typed")).to_have_count(1)
    assert all("422" in error for error in page_errors)
    page_errors.clear()


def test_a_statement_is_edited_in_the_panel(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "E1")
    page.keyboard.press("Enter")
    page.locator("#panel [data-tool=edit]").click()
    page.locator("#panel [name=title]").fill("Forty days of ice")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("#n-E1 text.title")).to_contain_text("Forty days of ice")
    expect(page.locator(TOAST)).to_contain_text("Saved E1.")


def test_escape_leaves_a_form_as_it_was(page: Page) -> None:
    focus(page, "E1")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E1")
    focus(page, "E1")
    page.keyboard.press("F2")
    expect(page.locator("#panel [name=text]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E1")
    assert focused(page) == "E1"


def test_a_deletion_is_said_before_and_undone_after(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "E1")
    page.keyboard.press("Delete")
    expect(page.locator("#panel .falling li")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Deleted E1, and with it I1 and I2.")
    expect(page.locator("#n-E1")).to_have_count(0)
    page.reload()
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    expect(page.locator(TOAST)).to_contain_text("Taken back: you deleted E1, I1 and I2.")
    expect(page.locator("#n-E1")).to_have_count(1)
    expect(page.locator("#i-I2")).to_have_count(1)
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(TOAST)).to_contain_text("Made again")
    expect(page.locator("#n-E1")).to_have_count(0)


def test_what_is_typed_in_the_panel_is_left_only_where_one_means_it(page: Page) -> None:
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"{MAP}?select=C1")
    focus(page, "C1")
    page.keyboard.press("F2")
    page.fill("#panel [name=text]", "Close it next winter.")
    page.keyboard.press("Escape")
    page.click("#n-E1")
    focus(page, "E1")
    page.keyboard.press("k")
    expect(page.locator("#panel [name=text]")).to_have_value("Close it next winter.")
    assert len(asked) == 3
    page.click("#panel [data-cancel]")
    expect(page.locator("#panel h2")).to_have_text("The harbour should close in winter.")
    assert len(asked) == 3


def test_an_undo_takes_what_it_removes_from_the_panel_and_the_address(
    page: Page, page_errors: list[str]
) -> None:
    focus(page, "C1")
    page.keyboard.press("e")
    expect(page.locator("#draft form textarea").first).to_be_focused()
    page.keyboard.type("Tugs are dear.")
    page.keyboard.press("Enter")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E3")
    page.click("#panel >> text=Draw what lies around it")
    expect(page.locator(".trail")).to_contain_text("E3")
    focus(page, "E3")
    page.keyboard.press("Control+z")
    expect(page.locator("#panel")).to_contain_text("E3 is not on the map any more.")
    assert "select=E3" not in page.url
    expect(page.locator("#canvas")).to_be_focused()
    assert all("404" in error for error in page_errors)
    page_errors.clear()
    page.reload()
    expect(page.locator("#n-C1")).to_be_visible()


def test_an_undo_says_in_the_panel_what_stands_again(page: Page) -> None:
    page.goto(f"{MAP}?select=C1")
    focus(page, "C1")
    page.keyboard.press("F2")
    page.fill("#panel [name=text]", "Close it next winter.")
    page.click("#panel button[type=submit]")
    expect(page.locator("#panel h2")).to_have_text("Close it next winter.")
    page.keyboard.press("Control+z")
    expect(page.locator("#panel h2")).to_have_text("The harbour should close in winter.")


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 9, start[1] + 9, steps=2)
    page.mouse.move(*end, steps=6)
    page.mouse.up()


def test_a_box_dragged_to_a_box_asks_for_the_stance_alone(page: Page, a_map: ArgumentMap) -> None:
    drag(page, middle(page, "#n-K1 .box"), middle(page, "#n-E2 .box"))
    expect(page.locator("#drop [data-support]")).to_be_focused()
    page.locator("#drop [data-attack]").click()
    expect(page.locator(TOAST)).to_contain_text("Linked K1 to E2, by I3.")
    expect(page.locator("#i-I3.attack")).to_have_count(1)
    step = Inference.objects.get(map=a_map, key="I3")
    assert step.stance == Stance.ATTACK


def test_a_box_dragged_to_a_line_undercuts_it(page: Page, a_map: ArgumentMap) -> None:
    drag(page, middle(page, "#n-E2 .box"), middle(page, "#i-I2 .bar"))
    expect(page.locator("#drop [data-attack]")).to_have_text("undercuts")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Linked E2 to I2, by I3.")
    step = Inference.objects.get(map=a_map, key="I3")
    assert (step.stance, step.conclusion and step.conclusion.key) == (Stance.ATTACK, "I2")


def test_a_drag_that_ends_nowhere_does_nothing(page: Page, a_map: ArgumentMap) -> None:
    start = middle(page, "#n-K1 .box")
    corner = page.locator("#canvas").bounding_box()
    assert corner
    drag(page, start, (corner["x"] + 5, corner["y"] + corner["height"] - 5))
    expect(page.locator("#drop")).to_be_hidden()
    expect(page.locator(".band, .source, .target")).to_have_count(0)
    assert a_map.inferences.count() == 2
    expect(page.locator(".selected")).to_have_count(0)


def test_all_that_dragging_does_keys_do_too(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "K1")
    page.keyboard.press("l")
    expect(page.locator(TOAST)).to_contain_text("What does K1 bear on?")
    focus(page, "E2")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Linked K1 to E2, by I3.")
    assert Inference.objects.get(map=a_map, key="I3").stance == Stance.ATTACK


def test_a_link_to_itself_is_refused_and_a_ring_too(
    page: Page, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    focus(page, "K1")
    page.keyboard.press("l")
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("K1 cannot bear on itself.")
    page.keyboard.press("Escape")
    expect(page.locator(".linking")).to_have_count(0)
    assert a_map.inferences.count() == 2


def test_inferences_are_split_apart_and_made_linked(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "I1")
    page.keyboard.press("x")
    expect(page.locator("#panel button[type=submit]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Split I1 apart: I1 and I3.")
    expect(page.locator("#i-I3")).to_have_count(1)
    focus(page, "I1")
    page.keyboard.press("m")
    page.locator("#panel [name=others]").check()
    page.locator("#panel button[type=submit]").click()
    expect(page.locator(TOAST)).to_contain_text("I1 and I3 are one inference now: I1.")
    expect(page.locator("#i-I1.linked")).to_have_count(1)


def test_a_kind_changes_by_keys(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "E2")
    page.keyboard.press("k")
    page.locator("#panel [value=claim]").check()
    page.keyboard.press("Enter")
    expect(page.locator("#n-E2.claim")).to_have_count(1)


def test_a_pasted_list_becomes_a_branch(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "C1")
    page.keyboard.press("v")
    page.locator("#panel [name=text]").fill("+ Tugs are dear.\n  - They are paid for.")
    page.locator("#panel button[type=submit]").click()
    expect(page.locator("#n-K2")).to_have_count(1)
    expect(page.locator(TOAST)).to_contain_text("Added C2 and K2.")
    page.locator("[data-history=undo]").click()
    expect(page.locator("#n-K2")).to_have_count(0)
    assert a_map.statements.count() == 4


def test_an_edit_leaves_the_view_where_it_was(page: Page, a_map: ArgumentMap) -> None:
    page.goto(f"{MAP}?focus=C1&depth=1&dir=TB")
    before = middle(page, "#n-C1 .box")
    focus(page, "C1")
    page.keyboard.press("e")
    page.keyboard.type("Tugs are dear.")
    page.keyboard.press("Enter")
    expect(page.locator("#n-E3")).to_have_count(1)
    for word in ("focus=C1", "depth=1", "dir=TB", "select=E3"):
        assert word in page.url
    after = middle(page, "#n-C1 .box")
    assert abs(before[0] - after[0]) + abs(before[1] - after[1]) < 250


def test_what_moved_slides_and_what_stayed_is_the_same_element(
    page_as: PageAs, a_map: ArgumentMap, editor: User
) -> None:
    page = page_as(editor)
    page.goto(MAP)
    page.locator("#n-K1").evaluate("node => { node.known = true; }")
    focus(page, "C1")
    page.keyboard.press("e")
    expect(page.locator("#draft form textarea").first).to_be_focused()
    moved = "document.getAnimations().filter((each) => each.effect.target.closest?.('svg')).length"
    page.locator(".node.typed").wait_for()
    assert page.evaluate(moved) > 0
    assert page.locator("#n-K1").evaluate("node => node.known") is True


def test_a_lost_session_loses_no_sentence(
    page: Page, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    focus(page, "C1")
    page.keyboard.press("s")
    page.locator("#draft form").wait_for()
    page.keyboard.type("Tugs are dear.")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Enter")
    expect(page.locator("#draft [data-failure]")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.click("#draft [data-failure] a")
    other = opened.value
    other.fill("[name=username]", "editor")
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/")
    page.locator("#draft form textarea").first.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Added C2")
    page_errors.clear()


def test_what_a_lost_session_did_not_do_is_said(
    page: Page, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    page.context.clear_cookies(name="sessionid")
    drag(page, middle(page, "#n-K1 .box"), middle(page, "#n-E2 .box"))
    page.locator("#drop [data-attack]").click()
    expect(page.locator(TOAST)).to_contain_text("You are signed out. Nothing was done.")
    with page.context.expect_page():
        page.locator(TOAST).get_by_role("link", name="Sign in again").click()
    assert Inference.objects.filter(map=a_map).count() == 2
    page_errors.clear()


def test_what_the_server_did_not_hear_of_is_said(page: Page, page_errors: list[str]) -> None:
    page.route("**/link/**", lambda route: route.abort())
    drag(page, middle(page, "#n-K1 .box"), middle(page, "#n-E2 .box"))
    page.locator("#drop [data-attack]").click()
    expect(page.locator(TOAST)).to_contain_text("The server cannot be reached. Try again.")
    page_errors.clear()


def test_a_link_that_is_there_is_chosen(page: Page, a_map: ArgumentMap) -> None:
    for said in ("Linked K1 to E2, by I3.", "K1 already attacks E2 (I3)."):
        drag(page, middle(page, "#n-K1 .box"), middle(page, "#n-E2 .box"))
        page.locator("#drop [data-attack]").click()
        expect(page.locator(TOAST)).to_contain_text(said)
    expect(page.locator("#panel h2")).to_contain_text("K1 attacks E2")
    assert Inference.objects.filter(map=a_map).count() == 3


def test_an_empty_map_is_begun_from_its_page(page_as: PageAs, editor: User) -> None:
    actions.create_map(actor=editor, title="Nothing yet", slug="nothing")
    page = page_as(editor)
    page.goto("/maps/nothing/")
    page.get_by_role("link", name="Make the first statement").click()
    page.fill("[name=text]", "It begins.")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("#n-C1")).to_have_count(1)


def test_without_scripts_all_of_it_works(page_as: PageAs, a_map: ArgumentMap, editor: User) -> None:
    page = page_as(editor, java_script_enabled=False)
    page.goto(f"{MAP}?select=C1")
    page.locator("#panel [data-tool=evidence]").click()
    page.fill("[name=text]", "Tugs are dear.")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".notice")).to_contain_text("Added E3, by I3.")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "E3")
    page.locator("#panel [data-tool=delete]").click()
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#n-E3")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#n-E3")).to_have_count(1)


def test_those_who_may_not_edit_see_no_tools_and_their_keys_do_nothing(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=C1")
    # What they may do is suggest.
    expect(page.locator("[data-tool]:not([data-tool^=suggest-])")).to_have_count(0)
    focus(page, "C1")
    page.keyboard.press("s")
    page.keyboard.press("Delete")
    expect(page.locator(".edit-form")).to_have_count(0)


def test_what_is_typed_before_the_form_has_come_is_in_it(page: Page, a_map: ArgumentMap) -> None:
    focus(page, "C1")
    page.keyboard.press("e")
    page.keyboard.type("secu/?l")
    page.locator("#draft form").wait_for()
    page.keyboard.type("x")
    expect(page.locator("#draft form textarea").first).to_have_value("secu/?lx")
    assert a_map.statements.filter(kind=Kind.EVIDENCE).count() == 2
