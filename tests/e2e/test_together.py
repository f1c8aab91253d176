"""Two people on one map at once."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Request, Route, expect

from argmap import actions
from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
TOAST = "#toast"
SOON = 10_000
"""Milliseconds within which each sees what the other does: three where nothing else runs beside."""


@pytest.fixture
def pages(page_as: PageAs, a_map: ArgumentMap, analyst: User, editor: User) -> tuple[Page, Page]:
    """The map, open in front of the analyst and of the editor."""
    both = page_as(analyst, reduced_motion="reduce"), page_as(editor, reduced_motion="reduce")
    for page in both:
        page.goto(MAP)
    return both


def add(page: Page, about: str, text: str) -> None:
    page.locator(f"[data-key={about}]").first.focus()
    page.keyboard.press("e")
    expect(page.locator("#draft form textarea").first).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator(TOAST)).to_contain_text("Added")


def test_each_sees_the_others_edits_and_who_is_here(pages: tuple[Page, Page]) -> None:
    one, other = pages
    expect(other.locator("[data-here]")).to_have_text("Also here: analyst", timeout=2 * SOON)
    add(one, "C1", "Tugs are dear.")
    expect(other.locator("#n-E3")).to_have_count(1, timeout=SOON)
    expect(other.locator(TOAST)).to_have_text("analyst added E3 and I3")
    expect(other.locator("#n-E3.fresh")).to_have_count(1)
    add(other, "E3", "The bills are public.")
    expect(one.locator("#n-E4")).to_have_count(1, timeout=SOON)


def test_comments_come_without_reloading_too(
    pages: tuple[Page, Page], a_map: ArgumentMap, reviewer: User
) -> None:
    one, _ = pages
    one.goto(f"{MAP}?select=C1")
    actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Which winter?")
    expect(one.locator("#panel .thread")).to_contain_text("Which winter?", timeout=SOON)
    expect(one.locator("#n-C1 .chip.comments")).to_have_count(1)


def test_what_is_said_about_the_map_itself_comes_too_but_not_over_what_one_types(
    pages: tuple[Page, Page], a_map: ArgumentMap, reviewer: User
) -> None:
    one, other = pages
    other.locator(".map-talk [name=body]").fill("Half a thou")
    actions.add_comment(actor=reviewer, argument_map=a_map, body="What of the port's own report?")
    expect(one.locator(".map-talk .thread")).to_contain_text("own report", timeout=SOON)
    expect(other.locator(TOAST)).to_contain_text("reviewer commented on the map", timeout=SOON)
    expect(other.locator(".map-talk [name=body]")).to_have_value("Half a thou")


def test_what_one_types_is_not_taken_away_by_what_another_does(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User
) -> None:
    _, other = pages
    other.locator("[data-key=C1]").first.focus()
    other.keyboard.press("s")
    other.keyboard.type("Half a sent")
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Meanwhile.")
    expect(other.locator(TOAST)).to_have_text("analyst added C2", timeout=SOON)
    expect(other.locator("#draft form textarea").first).to_have_value("Half a sent")
    other.keyboard.type("ence.")
    other.keyboard.press("Enter")
    expect(other.locator("#n-C3")).to_have_count(1)
    expect(other.locator("#n-C2")).to_have_count(1)


def test_what_an_edit_brought_along_is_told_all_the_same(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    _, other = pages
    other.route("**/live/*", lambda route: route.abort())
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Meanwhile.")
    add(other, "C1", "Tugs are dear.")
    expect(other.locator("#n-C2")).to_have_count(1)
    other.unroute("**/live/*")
    expect(other.locator(TOAST)).to_have_text("analyst added C2", timeout=SOON)
    assert all("live" in error for error in page_errors)
    page_errors.clear()


def test_a_drawing_that_comes_late_takes_no_draft_away(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User
) -> None:
    _, other = pages
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    other.route(f"**{MAP}?extent=whole", hold)
    with other.expect_request(f"**{MAP}?extent=whole", timeout=SOON):
        actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Meanwhile.")
    field = other.locator("#draft form textarea").first
    other.locator("[data-key=C1]").first.focus()
    other.keyboard.press("e")
    expect(field).to_be_focused()
    other.keyboard.type("Tugs are dear.")
    expect(other.locator("#canvas .node.typed")).to_have_count(1)
    held[0].continue_()
    expect(other.locator("#canvas .node.typed")).to_have_count(0)
    expect(field).to_have_value("Tugs are dear.")
    other.unroute(f"**{MAP}?extent=whole")
    other.keyboard.press("Enter")
    expect(other.locator(TOAST)).to_contain_text("Added")
    expect(field).to_have_count(0)


def test_a_view_of_what_another_deletes_becomes_that_of_the_whole_map(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    _, other = pages
    other.goto(f"{MAP}?focus=E1&depth=1&select=C1")
    other.fill("#panel .comment-form [name=body]", "Half a sent")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="E1")
    expect(other.locator(TOAST)).to_contain_text("analyst deleted E1", timeout=SOON)
    expect(other.locator("#n-K1")).to_have_count(1)
    expect(other.locator("#panel .comment-form [name=body]")).to_have_value("Half a sent")
    assert "focus" not in other.url
    assert all("404" in error for error in page_errors)
    page_errors.clear()


def test_a_page_whose_session_ended_says_that_it_no_longer_follows(
    pages: tuple[Page, Page],
) -> None:
    one, _ = pages
    one.context.clear_cookies(name="sessionid")
    expect(one.locator(f"{TOAST} .warning")).to_contain_text("sign in again", timeout=SOON)


def test_whoever_is_back_from_signing_in_follows_again(
    pages: tuple[Page, Page], a_map: ArgumentMap, editor: User
) -> None:
    one, other = pages
    [session] = [each for each in one.context.cookies() if each["name"] == "sessionid"]
    one.context.clear_cookies(name="sessionid")
    expect(one.locator(f"{TOAST} .warning")).to_contain_text("sign in again", timeout=SOON)
    # As another tab does in which one signs in.
    one.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": one.url}])
    one.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(one.locator(f"{TOAST} .warning")).to_have_count(0, timeout=SOON)
    add(other, "C1", "Tugs are dear.")
    expect(one.locator("#n-E3")).to_have_count(1, timeout=SOON)


def test_a_stale_save_says_who_changed_what_and_offers_both_texts(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    _, other = pages
    other.locator("#n-C1").focus()
    other.keyboard.press("F2")
    other.locator("#panel [name=text]").fill("Close it next winter.")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it at once.")
    expect(other.locator(TOAST)).to_have_text("analyst edited C1", timeout=SOON)
    expect(other.locator("#panel [name=text]")).to_have_value("Close it next winter.")
    other.locator("#panel button[type=submit]").click()
    expect(other.locator("#panel .error").first).to_contain_text("analyst changed C1 (text)")
    expect(other.locator(".clashes")).to_contain_text("Close it at once.")
    expect(other.locator(".clashes")).to_contain_text("Close it next winter.")
    assert all("409" in error for error in page_errors)
    page_errors.clear()
    other.locator("#panel button[type=submit]").click()
    expect(other.locator("#n-C1")).to_contain_text("Close it next winter.")


def test_an_undo_does_not_overwrite_what_another_did_later(
    pages: tuple[Page, Page], a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    _, other = pages
    other.locator("#n-C1").focus()
    other.keyboard.press("F2")
    other.locator("#panel [name=text]").fill("Close it next winter.")
    other.locator("#panel button[type=submit]").click()
    expect(other.locator(TOAST)).to_contain_text("Saved C1.")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it at once.")
    other.locator("#canvas").focus()
    other.keyboard.press("Control+z")
    expect(other.locator(TOAST)).to_contain_text("analyst")
    a_map.refresh_from_db()
    assert a_map.statements.get(key="C1").text == "Close it at once."
    assert all("409" in error for error in page_errors)
    page_errors.clear()


def test_a_map_on_which_nothing_happens_is_asked_cheaply(
    page_as: PageAs, a_map: ArgumentMap, editor: User
) -> None:
    page = page_as(editor)
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright takes no built-in
    page.goto(MAP)
    for _ in range(2):
        with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 304):
            pass
    assert not [each for each in asked if "hx-request" in each.headers]
