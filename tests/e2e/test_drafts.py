"""What reviewers and editors type in the forms of review: kept by their browser until it is sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import Answer, ArgumentMap, Review, Scheme, Suggestion
from tests.e2e.conftest import PageAs
from tests.e2e.steps import FORM, MAP, QUESTION, REVIEW, begin

BACK = "did not send is back"
SAID = "The harbour should close in deep winter."


def again(page: Page, address: str) -> Page:
    """Close the tab, and open the address in another."""
    other = page.context.new_page()
    page.close()
    other.goto(address)
    return other


def drafts(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('draft '))"
    )
    return found


def test_the_reason_of_a_suggestion_is_written_as_a_comment_is(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=C1")
    begin(page, "Another wording")
    page.fill(f"{FORM} [name=text]", SAID)
    why = page.locator(f"{FORM} [name=body]")
    why.press_sequentially("So *it* is, @ana")
    expect(page.locator(f"{FORM} [role=option]")).to_have_text("analyst")
    why.press("Escape")
    expect(page.locator(f"{FORM} [role=listbox]")).to_be_hidden()
    expect(why).to_be_focused()
    page.locator(FORM).get_by_role("button", name="Preview").click()
    expect(page.locator(f"{FORM} [data-preview] em")).to_have_text("it")
    assert len(drafts(page)) == 1, "to look at it is not to send it"
    assert not Suggestion.objects.exists()


def test_a_suggestion_survives_a_closed_tab_and_escape_until_it_is_sent(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=C1")
    begin(page, "Another wording")
    page.fill(f"{FORM} [name=text]", SAID)
    page.locator(f"{FORM} summary").click()
    page.select_option(f"{FORM} [name=flag]", "unclear")
    # What it did not say is what the statement says by then.
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.edit_statement(**on_it, key="C1", title="Winter")

    page = again(page, f"{MAP}?select=C1&colour=status")
    begin(page, "Another wording")
    expect(page.locator(FORM)).to_contain_text(BACK)
    expect(page.locator(f"{FORM} [name=text]")).to_have_value(SAID)
    expect(page.locator(f"{FORM} [name=title]")).to_have_value("Winter")
    expect(page.locator(f"{FORM} [name=flag]")).to_be_visible()
    expect(page.locator(f"{FORM} [name=flag]")).to_have_value("unclear")
    # Escape leaves it, unasked, since nothing is lost.
    page.press(f"{FORM} [name=text]", "Escape")
    expect(page.locator(FORM)).to_have_count(0)
    begin(page, "Another wording")
    expect(page.locator(f"{FORM} [name=text]")).to_have_value(SAID)
    page.locator(FORM).get_by_role("button", name="Suggest").click()
    expect(page.locator("#panel .suggested")).to_have_count(1)
    assert Suggestion.objects.get().proposal["after"] == {"text": SAID}
    assert drafts(page) == []


def test_a_suggestion_is_left_for_good_by_its_cancel(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=I1")
    for leave in ("Discard it", "Cancel"):
        begin(page, "An undercut")
        page.fill(f"{FORM} [name=text]", "Tugs break ice.")
        page = again(page, f"{MAP}?select=I1")
        begin(page, "An undercut")
        expect(page.locator(FORM)).to_contain_text(BACK)
        page.locator(FORM).get_by_text(leave).click()
        expect(page.locator("[data-restored]")).to_have_count(0)
        assert drafts(page) == []
        page.goto(f"{MAP}?select=I1")


@pytest.mark.parametrize(
    ("way", "name", "button"),
    [("amend", "text", "Accept as amended"), ("decline", "reason", "Decline")],
)
def test_what_settles_a_suggestion_survives_on_a_page_of_its_own(
    page_as: PageAs,
    a_map: ArgumentMap,
    reviewer: User,
    analyst: User,
    page_errors: list[str],
    way: str,
    name: str,
    button: str,
) -> None:
    row = actions.suggest(
        actor=reviewer, argument_map=a_map, does="edit", on="C1", after={"text": "It may close."}
    )
    address = f"{MAP}suggestions/{row.comment_id}/{way}/"
    page = page_as(analyst)
    page.goto(address)
    page.evaluate("document.querySelectorAll('[required]').forEach((e) => (e.required = false))")
    page.fill(f"[name={name}]", "")
    page.get_by_role("button", name=button).click()
    expect(page.locator("form .error:visible")).to_have_count(1)
    page_errors.clear()  # the browser reports the 422
    page.fill(f"[name={name}]", SAID)

    page = again(page, address)
    expect(page.locator("main")).to_contain_text(BACK)
    expect(page.locator(f"[name={name}]")).to_have_value(SAID)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(f"**/elements/C1/#comment-{row.comment_id}")
    assert drafts(page) == []


def test_why_a_question_is_answered_so_survives_what_is_done_beside_it(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    for place, text in enumerate(("Is there another cause?", "Is the sign reliable?"), 1):
        Scheme.objects.get(slug="sign").questions.create(order=place, text=text)
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=I1")
    page.locator(f"{QUESTION} summary").first.click()
    first = page.locator(QUESTION).first
    first.get_by_label("Why", exact=True).fill("The thaw came")
    first.get_by_label("Not satisfied", exact=True).check()

    page = again(page, f"{MAP}elements/I1/")
    first, second = (page.locator(".questions > li").nth(place) for place in (0, 1))
    why = first.get_by_label("Why", exact=True)
    expect(why).to_have_value("The thaw came")
    expect(first.get_by_label("Not satisfied", exact=True)).to_be_checked()
    # The whole list comes anew with the other answer.
    second.locator("summary").click()
    second.get_by_label("Satisfied", exact=True).check()
    second.get_by_role("button", name="Save the answer").click()
    expect(second.locator(".told")).to_contain_text("You answered")
    expect(why).to_have_value("The thaw came")
    why.fill("The thaw came late.")
    first.get_by_role("button", name="Save the answer").click()
    expect(first.locator(".given")).to_contain_text("Not satisfied")
    assert drafts(page) == []
    assert Answer.objects.get(question__order=1).why == "The thaw came late."

    first.get_by_text("Suggest the undercut").click()
    first.get_by_label("The undercut, as a statement").fill("It thawed.")
    page = again(page, f"{MAP}?select=I1")
    field = page.get_by_label("The undercut, as a statement")
    expect(field).to_have_value("It thawed.")
    page.get_by_role("button", name="Suggest it").click()
    expect(page.locator(f"{QUESTION} .told")).to_contain_text("You suggested the undercut")
    assert drafts(page) == []


def test_the_summary_of_a_verdict_survives_until_it_is_given(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer)
    page.goto(REVIEW)
    page.locator("#verdict summary").click()
    page.fill("#verdict [name=summary]", "Mind the *ice*.")
    page = again(page, f"{REVIEW}?kind=question")
    summary = page.locator("#verdict [name=summary]")
    expect(summary).to_have_value("Mind the *ice*.")
    page.evaluate("document.querySelectorAll('[required]').forEach((e) => (e.required = false))")
    page.get_by_role("button", name="Give the verdict").click()
    expect(page.locator("#verdict")).to_contain_text("Choose a verdict.")
    expect(summary).to_have_value("Mind the *ice*.")
    page_errors.clear()  # the browser reports the 422
    page.get_by_label("Sound with changes").check()
    page.get_by_role("button", name="Give the verdict").click()
    expect(page.locator("#standing em")).to_have_text("ice")
    expect(page.get_by_role("status").first).to_contain_text("Your verdict is given")
    assert page.url.endswith(f"{REVIEW}?kind=question#standing")
    expect(summary).to_have_value("")
    assert drafts(page) == []
    assert Review.objects.get().summary == "Mind the *ice*."
