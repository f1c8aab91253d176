"""Suggestions in two browsers: made by a reviewer, and settled by the analyst on the drawing."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import expect

from argmap import actions
from argmap.models import ArgumentMap, Inference, Statement, Suggestion
from tests.e2e.conftest import PageAs
from tests.e2e.steps import FORM, MAP, open_thread, suggest

SAID = "The harbour should close from December to March."
NARROW = {"width": 390, "height": 844}


def test_suggestions_are_made_and_settled(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    by_reviewer = page_as(reviewer)
    suggest(by_reviewer, "C1", "Another wording", text=SAID, body="Ice *goes* in April.")
    expect(by_reviewer.locator("#toast")).to_contain_text("Suggested, for whoever edits C1")
    suggest(by_reviewer, "C1", "Likelihood and confidence", likelihood="likely", confidence="low")
    suggest(by_reviewer, "C1", "Another grade", credibility="3")
    suggest(by_reviewer, "I1", "An undercut", text="Tugs break ice at no cost.")
    assert Suggestion.objects.count() == 4

    page = page_as(analyst)
    thread = open_thread(page, "I1", "undercuts I1")
    thread.get_by_role("button", name="Accept").click()
    expect(page.locator("#n-K2")).to_be_visible()
    accepted = page.locator("#panel .thread", has_text="Accepted: suggestion by reviewer")
    expect(accepted).to_have_count(1)
    assert Inference.objects.get(key="I3").conclusion == Inference.objects.get(key="I1")

    thread = open_thread(page, "C1", "Ice goes in April.")
    expect(thread.locator("del")).to_have_text([" in winter"])
    expect(thread.locator("ins")).to_have_text([" from December to March"])
    thread.get_by_role("link", name="Amend").click()
    expect(page.locator(f"{FORM} [name=text]")).to_be_focused()
    page.fill(f"{FORM} [name=text]", "The harbour should close from December.")
    page.locator(FORM).get_by_role("button", name="Accept as amended").click()
    expect(page.locator("#n-C1")).to_contain_text("December")

    page.locator("#panel .thread", has_text="likelihood and confidence").get_by_role(
        "link", name="Decline"
    ).click()
    page.locator(FORM).get_by_role("button", name="Decline").click()
    page.fill(f"{FORM} [name=reason]", "It is *not* known.")
    page.locator(FORM).get_by_role("button", name="Decline").click()
    settled = page.locator("#panel .thread", has_text="Declined: suggestion")
    expect(settled).to_have_count(1)
    settled.locator("summary").first.click()
    expect(settled.locator(".replies em")).to_have_text("not")
    assert Statement.objects.get(key="C1").likelihood == ""

    page.click("[data-history=undo]")
    expect(page.locator("#n-C1")).to_contain_text("winter")
    expect(page.locator("#panel .suggested.open")).to_have_count(2)


def test_a_conflict_says_what_changed_and_offers_to_amend(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, analyst: User, page_errors: list[str]
) -> None:
    on_it: dict[str, Any] = {"argument_map": a_map}
    actions.suggest(actor=reviewer, **on_it, does="edit", on="C1", after={"text": SAID})
    page = page_as(analyst)
    page.goto(f"{MAP}elements/C1/")
    accept = page.get_by_role("button", name="Accept")
    expect(accept).to_be_visible()
    actions.edit_statement(actor=analyst, **on_it, key="C1", text="Close it in winter.")

    accept.click()

    expect(page.locator(".overtaken")).to_contain_text("analyst changed C1 after this was")
    page.get_by_role("link", name="Amend it").click()
    page.get_by_role("button", name="Accept as amended").click()
    expect(page.locator(".suggestion-outcome, .thread summary").first).to_contain_text("Accepted")
    assert Statement.objects.get(key="C1").text == SAID
    # The browser reports the 409, and nothing else.
    assert [error for error in page_errors if "409" not in error] == []
    page_errors.clear()


def test_a_reviewer_leaves_a_form_by_escape_and_loses_no_text(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=I1")
    page.locator("#panel .suggest-menu summary").press("Enter")
    page.get_by_role("link", name="An undercut").press("Enter")
    field = page.locator(f"{FORM} [name=text]")
    expect(field).to_be_focused()
    field.fill("Tugs break ice.")
    page.context.clear_cookies(name="sessionid")
    page.locator(FORM).get_by_role("button", name="Suggest").click()
    expect(page.locator(f"{FORM} [data-failure]")).to_contain_text("You are signed out")
    expect(field).to_have_value("Tugs break ice.")
    page_errors.clear()  # the browser reports the 401


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, NARROW])
def test_suggestions_are_accessible(
    page_as: PageAs,
    a_map: ArgumentMap,
    reviewer: User,
    analyst: User,
    scheme: str,
    viewport: dict[str, int],
) -> None:
    by_reviewer: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    by_analyst: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    wanted: tuple[tuple[dict[str, str], str], ...] = (
        ({"text": SAID, "likelihood": "likely"}, "Ice goes in *April*."),
        ({"credibility": "2"}, ""),
        ({"title": "Close it"}, ""),
    )
    first, second, third = (
        actions.suggest(**by_reviewer, does="edit", on="C1", after=after, body=body)
        for after, body in wanted
    )
    after = {"kind": "counterargument", "text": "Tugs break ice.", "warrant": "They are cheap."}
    undercut = actions.suggest(**by_reviewer, does="attack", on="I1", after=after)
    actions.accept_suggestion(**by_analyst, comment=second.comment_id)
    actions.decline_suggestion(**by_analyst, comment=third.comment_id, reason="It has none.")
    actions.edit_statement(**by_analyst, key="C1", text="The harbour should close in deep winter.")
    options: dict[str, Any] = {"color_scheme": scheme, "viewport": viewport}
    pages = {
        reviewer: (f"{MAP}elements/I1/", f"{MAP}elements/C1/suggest/wording/"),
        analyst: (
            f"{MAP}?select=C1",
            f"{MAP}elements/C1/",
            f"{MAP}elements/I1/",
            f"{MAP}suggestions/{first.comment_id}/accept/",
            f"{MAP}suggestions/{undercut.comment_id}/amend/",
            f"{MAP}suggestions/{first.comment_id}/decline/",
        ),
    }
    for person, addresses in pages.items():
        page = page_as(person, **options)
        for address in addresses:
            page.goto(address)
            page.evaluate(
                "document.querySelectorAll('details').forEach((each) => each.open = true)"
            )
            found = Axe().run(page).response["violations"]
            assert [(address, wrong["id"]) for wrong in found] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
