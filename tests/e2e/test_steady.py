"""What one does in the panel is not disturbed by what comes anew, of one's own or of others."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap, Scheme
from tests.e2e import steps
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP, QUESTION

SOON = 10_000


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    for order, text in enumerate(("Is there another cause?", "Does it hold always?"), start=1):
        Scheme.objects.get(slug="sign").questions.create(order=order, text=text)
    return page_as(reviewer, reduced_motion="reduce")


def other_edits(a_map: ArgumentMap, analyst: User, page: Page) -> None:
    """Let someone else edit what is not shown, and wait until that is on the page."""
    actions.edit_statement(actor=analyst, argument_map=a_map, key="K1", text="It was cold.")
    expect(page.locator("#n-K1")).to_contain_text("It was cold.", timeout=SOON)


def test_a_checklist_is_gone_through_without_a_stop(page: Page) -> None:
    steps.choose(page, "I1")
    steps.answer(page, "Satisfied", "")
    expect(page.locator(f"{QUESTION} .told")).to_contain_text("You answered")
    # The drawing comes anew, since the count of questions beside it has changed.
    page.locator(f"{QUESTION} summary").nth(1).press("Enter")
    expect(page.locator("a.left")).to_contain_text("1 critical question", timeout=SOON)
    expect(page.locator(QUESTION).nth(1).locator("details")).to_have_attribute("open", "")
    expect(page.locator(f"{QUESTION} summary").nth(1)).to_be_focused()
    expect(page.locator(f"{QUESTION} .told")).to_contain_text("You answered")


def test_what_others_do_moves_no_focus_and_shuts_no_fold(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    actions.add_comment(actor=analyst, argument_map=a_map, about="C1", body="Which winter?")
    steps.choose(page, "C1")
    fold = page.locator("#panel .thread details", has_text="Answer").first
    fold.locator("summary").press("Enter")
    other_edits(a_map, analyst, page)
    expect(fold).to_have_attribute("open", "")
    expect(fold.locator("summary")).to_be_focused()


def test_ones_own_comment_keeps_the_focus_that_it_got(page: Page) -> None:
    steps.choose(page, "C1")
    page.locator("#panel .new-comment [name=body]").fill("Which winter?")
    page.locator("#panel .new-comment").get_by_role("button", name="Comment").press("Enter")
    expect(page.locator("#panel article.comment")).to_be_focused()
    expect(page.locator("#n-C1 .chip.comments")).to_have_count(1, timeout=SOON)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#panel article.comment")).to_be_focused()


def test_a_field_that_someone_is_in_stays_and_the_panel_follows_once_they_leave_it(
    page: Page, a_map: ArgumentMap, analyst: User
) -> None:
    steps.choose(page, "C1")
    field = page.locator("#panel .new-comment [name=body]")
    field.focus()
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="It is dear.")
    other_edits(a_map, analyst, page)
    expect(field).to_be_focused()
    expect(page.locator("#panel")).not_to_contain_text("It is dear.")
    page.locator("#canvas").focus()
    expect(page.locator("#panel")).to_contain_text("It is dear.")


def test_where_a_comment_on_what_was_deleted_went_stays_to_be_read(
    page: Page, a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    steps.choose(page, "K1")
    form = page.locator("#panel .new-comment")
    form.locator("[name=body]").fill("Which century?")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    expect(page.locator("#n-K1")).to_have_count(0, timeout=SOON)
    form.get_by_role("button", name="Comment").click()
    expect(page.locator("#panel")).to_contain_text("Your comment is kept, with the map")
    expect(page.locator(".map-talk .thread")).to_contain_text("Which century?", timeout=SOON)
    expect(page.locator("#panel")).to_contain_text("K1 is not on the map any more.")
    expect(page.locator("#panel")).to_contain_text("Your comment is kept, with the map")
    # That the details are not there any more is an error to the browser.
    assert all("404" in error for error in page_errors)
    page_errors.clear()


def test_what_is_accepted_on_a_page_of_its_own_is_seen_there(
    page_as: PageAs, a_map: ArgumentMap, analyst: User, reviewer: User
) -> None:
    after = {"text": "Close it from December."}
    actions.suggest(actor=reviewer, argument_map=a_map, does="edit", on="C1", after=after)
    page = page_as(analyst)
    page.goto(f"{MAP}elements/C1/")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("status").first).to_contain_text("credited to you and reviewer")
    expect(page.locator("main .element h2")).to_contain_text("from December")
