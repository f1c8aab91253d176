"""A full round of review in three browsers: two reviewers, and the analyst who asked them."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Scheme
from tests.cast import person
from tests.e2e import steps
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP, RATINGS, REVIEW

ASKED = "Is there another cause?"
FROM_DECEMBER = "The harbour should close from December to March."


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer; and a critical question for both of them."""
    Scheme.objects.get(slug="sign").questions.create(order=1, text=ASKED)
    user = person("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return user


def test_a_full_round(page_as: PageAs, analyst: User, reviewer: User, second: User) -> None:
    desk, one, other = (
        page_as(each, reduced_motion="reduce") for each in (analyst, reviewer, second)
    )
    steps.ask_for_review(desk, "reviewer", "second", message="Mind the *ice*.")
    expect(desk.locator(".round em")).to_have_text("ice")

    _the_first_reviews(one)
    _the_second_reviews(other)
    _the_analyst_answers(desk)
    _the_verdicts_went_stale(one, other, desk)

    desk.goto(REVIEW)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Report (md)").click()
    report = download.value.path().read_text(encoding="utf-8")
    for told in (
        "Version 11 of the map. 2 points; none still open.",
        "**reviewer**, on version 11: sound with changes.",
        "**second**, on version 9: not sound; the map has changed since.",
        "Which winter?",
        "The coldest one.",
        f"Text, as suggested: {FROM_DECEMBER}",
        "accepted by analyst, as it was suggested.",
    ):
        assert told in report


def _the_first_reviews(page: Page) -> None:
    page.goto(MAP)
    expect(page.locator(".badge")).to_contain_text("1")
    page.get_by_role("link", name="Inbox").click()
    page.get_by_role("link", name="The harbour should close").click()
    expect(page).to_have_url(re.compile("review/#verdict"))

    steps.choose(page, "C1")
    steps.rate(page, "very_likely", "high")
    expect(page.locator(RATINGS)).to_contain_text("Nobody else has rated it yet.")
    form = page.locator("#panel .new-comment")
    form.locator("[name=kind]").select_option("challenge")
    form.locator("[name=body]").fill("Which winter? Ask @analyst.")
    form.get_by_role("button", name="Comment").click()
    expect(page.locator("#panel .thread")).to_contain_text("Which winter?")
    page.goto(MAP)
    page.click("a.left")
    steps.answer(page, "Not satisfied", "The thaw came late.")
    steps.give_verdict(page, "Sound with changes", "Say *which* winter.")


def _the_second_reviews(page: Page) -> None:
    steps.choose(page, "C1")
    expect(page.locator(RATINGS)).to_contain_text("1 other has rated; give yours to see it.")
    expect(page.locator(f"{RATINGS} .spread")).to_have_count(0)
    assert "reviewer" not in page.locator(RATINGS).inner_text()
    steps.rate(page, "unlikely", "low")
    expect(page.locator(RATINGS)).to_contain_text("They differ much.")
    steps.suggest(page, "C1", "Another wording", text=FROM_DECEMBER)
    steps.give_verdict(page, "Not sound", "Too broad.")


def _the_analyst_answers(page: Page) -> None:
    page.goto(MAP)
    expect(page.locator(".standing-badge")).to_contain_text("Not sound")
    page.get_by_role("link", name="Inbox").click()
    expect(page.locator("main")).to_contain_text("Which winter? Ask @analyst.")
    steps.choose(page, "I1")
    page.get_by_role("link", name="Write the undercut").click()
    page.locator("#draft form [name=text]").press("Enter")
    expect(page.locator("#n-K2 title")).to_contain_text("The thaw came late.")
    expect(page.locator("#i-I3")).to_have_class(re.compile("attack undercut"))
    thread = steps.open_thread(page, "C1", "another text")
    thread.get_by_role("button", name="Accept").click()
    expect(page.locator("#n-C1")).to_contain_text("from December")

    page.goto(REVIEW)
    row = page.locator("[data-queue] > *", has_text="Which winter?")
    row.locator("summary").first.click()
    row.locator("textarea").fill("The coldest one.")
    row.get_by_role("button", name="Answer and resolve").click()
    expect(row).to_contain_text("Resolved")


def _the_verdicts_went_stale(one: Page, other: Page, desk: Page) -> None:
    """One says anew what the other lets stand."""
    desk.goto(MAP)
    expect(desk.locator(".standing-badge")).to_contain_text("Review is stale")
    for page in (one, other):
        page.goto("/inbox/")
        expect(page.locator("#stale")).to_contain_text("Your verdict")
        page.get_by_role("link", name="What has changed since").first.click()
        expect(page.locator(".holds ins").first).to_contain_text("from December")
    one.locator(".holds").get_by_role("button", name="It still holds").click()
    expect(one.locator(".holds")).to_have_count(0)
