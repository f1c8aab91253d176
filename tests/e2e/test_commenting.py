"""Commenting in a browser, beside the drawing."""

from __future__ import annotations

from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap, Comment
from tests.cast import PASSWORD
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
FORM = "#panel .new-comment"


def open_panel(page: Page) -> None:
    page.goto(f"{MAP}?select=C1")
    page.fill(f"{FORM} [name=body]", "Which *winter*?")


def test_a_comment_an_answer_and_their_end(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer)
    open_panel(page)
    page.select_option(f"{FORM} [name=kind]", "question")
    page.click(f"{FORM} button")
    thread = page.locator("#panel .thread")
    expect(thread.locator("em")).to_have_text("winter")
    thread.get_by_text("Answer").first.click()
    thread.locator("[name=body]").fill("The last one.")
    thread.get_by_role("button", name="Answer").click()
    expect(thread.locator(".replies")).to_contain_text("The last one.")
    thread.get_by_role("button", name="Resolve").click()
    expect(thread).to_contain_text("Resolved: question by reviewer, 1 answer")
    assert page.url.endswith(f"{MAP}?select=C1")


def test_what_is_refused_stays_in_the_form(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer)
    open_panel(page)
    page.evaluate("document.querySelector('#panel .new-comment [name=version_seen]').value = 99")
    page.click(f"{FORM} button")
    expect(page.locator(FORM)).to_contain_text("The map never had this version.")
    expect(page.locator(f"{FORM} [name=body]")).to_have_value("Which *winter*?")
    # The browser reports the 422, and nothing else: no policy was broken when the form came back.
    assert [error for error in page_errors if "422" not in error] == []
    # The next failure says why by itself.
    page.context.clear_cookies(name="sessionid")
    page.click(f"{FORM} button")
    expect(page.locator(f"{FORM} [role=alert]:visible")).to_have_count(1)
    expect(page.locator(FORM)).to_contain_text("You are signed out")
    page_errors.clear()


def test_a_session_lost_half_way_loses_no_text(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer)
    open_panel(page)
    page.context.clear_cookies(name="sessionid")
    page.click(f"{FORM} button")
    expect(page.locator(f"{FORM} [data-failure]")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.click(f"{FORM} [data-failure] a")
    other = opened.value
    other.fill("[name=username]", "reviewer")
    other.fill("[name=password]", PASSWORD)
    other.click("main button")
    other.wait_for_url("**/")
    page.click(f"{FORM} button")
    expect(page.locator("#panel .thread em")).to_have_text("winter")
    assert Comment.objects.get().body == "Which *winter*?"
    page_errors.clear()  # the browser reports the 401
