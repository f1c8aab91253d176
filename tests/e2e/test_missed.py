"""What the map page asks for and does not get: nothing that is typed goes with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, Route, expect

from argmap import actions
from argmap.models import ArgumentMap
from tests.cast import PASSWORD
from tests.e2e.conftest import PageAs
from tests.e2e.steps import FORM, MAP

TOAST = "#toast"
SOON = 10_000
DRAFT = "#draft textarea >> nth=0"
FIELD = f"{FORM} [name=text]"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, editor: User, page_errors: list[str]) -> Page:
    """The map with C1 chosen, in front of an editor who has something to take back."""
    actions.edit_statement(actor=editor, argument_map=a_map, key="E2", note="So it was.")
    opened = page_as(editor, reduced_motion="reduce")
    opened.goto(f"{MAP}?select=C1")
    return opened


def type_in_the_drawing(page: Page) -> str:
    page.locator("#n-C1").focus()
    page.keyboard.press("s")
    page.locator("#draft form").wait_for()
    page.keyboard.type("Half a sent")
    return DRAFT


def type_in_the_panel(page: Page) -> str:
    page.locator("#n-C1").focus()
    page.keyboard.press("F2")
    page.fill(FIELD, "Half a sent")
    page.on("dialog", lambda dialog: dialog.accept())
    return FIELD


def refused(errors: list[str], *numbers: int) -> None:
    """Take note of what the browser says of each refusal, and of nothing else."""
    assert [error for error in errors if not any(str(n) in error for n in numbers)] == []
    errors.clear()


def undo(page: Page) -> None:
    page.click("[data-history=undo]")


def choose_another(page: Page) -> None:
    page.click("#n-K1")


def colour(page: Page) -> None:
    page.select_option("[data-colour] select", "status")


@pytest.mark.parametrize("begin", [type_in_the_drawing, type_in_the_panel])
@pytest.mark.parametrize("then", [undo, choose_another, colour])
def test_a_lost_session_takes_nothing_away_whatever_is_asked_for(
    page: Page, page_errors: list[str], begin: Callable[..., str], then: Callable[..., None]
) -> None:
    field = begin(page)
    page.context.clear_cookies(name="sessionid")
    then(page)
    expect(page.locator(TOAST)).to_contain_text("You are signed out.")
    page.wait_for_load_state("networkidle")
    expect(page.locator(field)).to_have_value("Half a sent")
    expect(page.locator(TOAST).get_by_role("link", name="Sign in again")).to_be_visible()
    refused(page_errors, 401)


def test_an_undo_without_a_session_says_so_beside_what_is_chosen(
    page: Page, page_errors: list[str]
) -> None:
    page.context.clear_cookies(name="sessionid")
    undo(page)
    expect(page.locator(TOAST)).to_contain_text("You are signed out. Nothing was done.")
    page.wait_for_load_state("networkidle")
    expect(page.locator(TOAST)).to_contain_text("Nothing was done.")
    refused(page_errors, 401)


def test_what_was_missed_for_want_of_a_session_comes_once_one_is_back(
    page: Page, page_errors: list[str]
) -> None:
    [session] = [each for each in page.context.cookies() if each["name"] == "sessionid"]
    field = type_in_the_panel(page)
    expect(page.locator("#n-C1[class*=tone]")).to_have_count(0)
    page.context.clear_cookies(name="sessionid")
    colour(page)
    expect(page.locator(TOAST)).to_contain_text("What you typed is still here.")
    page.context.add_cookies([{"name": "sessionid", "value": session["value"], "url": page.url}])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("#n-C1[class*=tone]")).to_have_count(1, timeout=SOON)
    expect(page.locator(TOAST)).to_be_empty()
    expect(page.locator(field)).to_have_value("Half a sent")
    refused(page_errors, 401)


def test_a_choice_that_was_not_had_is_none(page: Page, page_errors: list[str]) -> None:
    page.route("**/elements/K1/**", lambda route: route.fulfill(status=502))
    choose_another(page)
    expect(page.locator(TOAST)).to_contain_text("This did not come (502): try again.")
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "C1")
    expect(page.locator("#n-C1.selected")).to_have_count(1)
    assert "select=C1" in page.url
    page.unroute("**/elements/K1/**")
    choose_another(page)
    expect(page.locator("#panel .element")).to_have_attribute("data-key", "K1")
    expect(page.locator(TOAST)).to_be_empty()
    refused(page_errors, 502)


@pytest.mark.parametrize("status", [502, 503])
@pytest.mark.parametrize("begin", [type_in_the_panel, None])
def test_a_drawing_that_did_not_come_is_asked_for_again(
    page: Page,
    a_map: ArgumentMap,
    analyst: User,
    page_errors: list[str],
    status: int,
    begin: Callable[[Page], str] | None,
) -> None:
    field = begin(page) if begin else ""
    page.evaluate("document.known = true")
    times: list[str] = []

    def refuse_once(route: Route) -> None:
        times.append(route.request.url)
        if len(times) == 1:
            route.fulfill(status=status)
        else:
            route.continue_()

    page.route(f"**{MAP}?*", refuse_once)
    actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text="Meanwhile.")
    expect(page.locator("#n-C2")).to_have_count(1, timeout=SOON)
    expect(page.locator(TOAST)).to_have_text("analyst added C2")
    assert page.evaluate("document.known") is True
    if field:
        expect(page.locator(field)).to_have_value("Half a sent")
    refused(page_errors, status)


def typed_early(page: Page) -> Route:
    """Type a statement before its form has come; return what asks for that, unanswered."""
    held: list[Route] = []
    page.route("**/add/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright takes no built-in
    page.locator("#n-C1").focus()
    with page.expect_request("**/add/**"):
        page.keyboard.press("e")
    page.keyboard.type("Tugs are dear.")
    return held[0]


def test_what_is_typed_before_a_form_that_does_not_come_waits_for_it(
    page: Page, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    asked = typed_early(page)
    page.context.clear_cookies(name="sessionid")
    asked.continue_()
    page.unroute("**/add/**")
    expect(page.locator(TOAST)).to_contain_text("You are signed out. What you typed is still here.")
    with page.context.expect_page() as opened:
        page.locator(TOAST).get_by_role("link", name="Sign in again").click()
    other = opened.value
    other.fill("[name=username]", "editor")
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/")
    page.press(DRAFT, "Enter")
    page.locator("#draft form").wait_for()
    expect(page.locator(DRAFT)).to_have_value("Tugs are dear.")
    page.press(DRAFT, "Enter")
    expect(page.locator("#n-E3")).to_contain_text("Tugs are dear.")
    refused(page_errors, 401)


def test_what_waits_for_a_form_goes_only_when_one_means_it(
    page: Page, page_errors: list[str]
) -> None:
    asked = typed_early(page)
    asked.abort()
    page.unroute("**/add/**")
    expect(page.locator(TOAST)).to_contain_text("The server cannot be reached.")
    page.press(DRAFT, "Escape")
    expect(page.locator("#draft [data-cancel]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#draft")).to_be_hidden()
    page_errors.clear()  # the browser reports the request that it could not make
