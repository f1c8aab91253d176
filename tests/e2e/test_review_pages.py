"""The pages of review: the queue by keyboard and without scripts, for everyone and on any screen."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.core.kinds import CommentKind
from argmap.models import ArgumentMap, Comment
from tests.e2e.conftest import PageAs
from tests.e2e.steps import REVIEW

NARROW = {"width": 390, "height": 844}


@pytest.fixture
def threads(a_map: ArgumentMap, reviewer: User) -> list[Comment]:
    """Three threads, the heaviest first."""
    return [
        actions.add_comment(
            actor=reviewer, argument_map=a_map, about=about, body="How so?", kind=kind
        )
        for about, kind in (
            ("C1", CommentKind.CHALLENGE),
            ("E1", CommentKind.QUESTION),
            ("", CommentKind.COMMENT),
        )
    ]


def test_the_queue_is_worked_by_keyboard(
    page_as: PageAs, threads: list[Comment], analyst: User
) -> None:
    page = page_as(analyst)
    page.goto(REVIEW)
    links = page.locator("[data-queue] [data-open]")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    page.keyboard.type("Because it is.")
    page.keyboard.press("Escape")
    expect(links.nth(0)).to_be_focused()
    first = page.locator(f"#thread-{threads[0].pk}")
    first.get_by_role("button", name="Answer", exact=True).click()
    expect(first).to_contain_text("Answered.")
    expect(first).to_contain_text("1 answer, the last by analyst")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("r")
    expect(first).to_contain_text("Resolved.")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    links.nth(1).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"elements/E1/#comment-{threads[1].pk}"))


def test_an_answer_in_the_queue_is_written_as_one_in_a_thread(
    page_as: PageAs, threads: list[Comment], analyst: User
) -> None:
    page = page_as(analyst)
    page.goto(REVIEW)
    row = page.locator(f"#thread-{threads[0].pk}")
    row.locator("[data-answer]").click()
    body = row.locator("[name=body]")
    body.press_sequentially("As it *is*, @rev")
    expect(row.locator("[role=option]")).to_have_text("reviewer")
    # Escape leaves the list of names, and a second one the text.
    body.press("Escape")
    expect(body).to_be_focused()
    body.press_sequentially("iewer")
    row.get_by_role("button", name="Preview").click()
    expect(row.locator("[data-preview] em")).to_have_text("is")

    again = page.context.new_page()
    page.close()
    again.goto(f"{REVIEW}?kind=challenge")
    row = again.locator(f"#thread-{threads[0].pk}")
    body = row.locator("[name=body]")
    expect(body).to_have_value("As it *is*, @reviewer")
    expect(row).to_contain_text("did not send is back")
    # To resolve the thread is not to send it.
    row.get_by_role("button", name="Resolve", exact=True).click()
    row.get_by_role("button", name="Reopen").click()
    expect(body).to_have_value("As it *is*, @reviewer")
    row.get_by_role("button", name="Answer and resolve").click()
    expect(row).to_contain_text("Answered and resolved.")
    assert [each.user.username for each in threads[0].replies.get().mentions.all()] == ["reviewer"]
    row.get_by_role("button", name="Reopen").click()
    expect(body).to_have_value("")


def test_a_thread_is_answered_without_scripts(
    page_as: PageAs, threads: list[Comment], analyst: User
) -> None:
    page = page_as(analyst, java_script_enabled=False)
    page.goto(f"{REVIEW}?kind=challenge")
    row = page.locator(f"#thread-{threads[0].pk}")
    row.locator("summary").click()
    row.locator("textarea").fill("Because it is.")
    row.get_by_role("button", name="Answer and resolve").click()
    expect(page).to_have_url(re.compile(r"review/\?kind=challenge#thread-"))
    assert threads[0].replies.get().body == "Because it is."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_the_pages_of_review_are_accessible_and_fit(
    scheme: str,
    narrow: object,
    page_as: PageAs,
    a_map: ArgumentMap,
    threads: list[Comment],
    analyst: User,
    reviewer: User,
    editor: User,
) -> None:
    by_reviewer = {"actor": reviewer, "argument_map": a_map}
    for rater, likelihood in ((reviewer, "likely"), (editor, "unlikely")):
        actions.rate(actor=rater, argument_map=a_map, statement="C1", likelihood=likelihood)
    actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": "It may close."})  # type: ignore[arg-type]
    actions.add_comment(**by_reviewer, body="Look, @analyst.")  # type: ignore[arg-type]
    for verdict in ("sound", "not_sound"):
        actions.give_verdict(**by_reviewer, verdict=verdict, summary="Ice.")  # type: ignore[arg-type]
    actions.ask_for_review(actor=analyst, argument_map=a_map, reviewers=[reviewer])
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It should close.")
    options = {"viewport": NARROW} if narrow else {}
    for who in (analyst, reviewer):
        page = page_as(who, color_scheme=scheme, **options)
        for address in (REVIEW, f"{REVIEW}?about=C9", "/inbox/", "/inbox/?section=rounds", "/"):
            look(page, address)
    page.goto(REVIEW)
    desk = page_as(analyst, color_scheme=scheme, **options)
    look(desk, f"{REVIEW}suggestions/")
    desk.goto(REVIEW)
    desk.get_by_text("Ask for a review").click()
    desk.get_by_text("verdicts of earlier versions").or_(
        desk.get_by_text("verdict of earlier versions")
    ).first.click()
    look(desk)


def look(page: Page, address: str = "") -> None:
    """Hold a page to the rules, as it stands where no address is given."""
    if address:
        page.goto(address)
    found = Axe().run(page).response["violations"]
    assert [(address, wrong["id"], wrong["nodes"][0]["html"]) for wrong in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
