"""Two reviewers judge: a claim, blind, and an inference, whose failed question becomes an undercut."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import expect

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Rating, Scheme
from tests.e2e.conftest import PageAs
from tests.e2e.steps import MAP, QUESTION, RATINGS, answer, rate

ASKED = "Is there another cause?"


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer."""
    user = User.objects.create_user("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return user


@pytest.fixture(autouse=True)
def questions(a_map: ArgumentMap) -> None:
    """Give the scheme of I1 a question."""
    Scheme.objects.get(slug="sign").questions.create(order=1, text=ASKED)


def test_two_reviewers_rate_a_claim_blind(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, second: User
) -> None:
    first, other = page_as(reviewer), page_as(second)
    first.goto(f"{MAP}?select=C1")
    rate(first, "very_likely", "high")
    expect(first.locator(RATINGS)).to_contain_text("Nobody else has rated it yet.")
    expect(first.locator(f"{RATINGS} .told")).to_be_focused()

    other.goto(f"{MAP}?select=C1")
    expect(other.locator(RATINGS)).to_contain_text("1 other has rated; give yours to see it.")
    expect(other.locator(f"{RATINGS} .spread")).to_have_count(0)
    shown = other.locator(f"{RATINGS} > :not(.answer-ways)").all_inner_texts()
    assert "Very likely" not in " ".join(shown)
    rate(other, "unlikely", "low")
    expect(other.locator(f"{RATINGS} table")).to_contain_text("Very likely")
    expect(other.locator(RATINGS)).to_contain_text("They differ much.")
    chart = other.get_by_role("img", name="Likelihood by 2 raters: unlikely 1, very likely 1")
    expect(chart).to_be_visible()

    # Without a reload, the first sees what the other gave.
    expect(first.locator(f"{RATINGS} table")).to_contain_text("second")
    other.get_by_role("button", name="Take it back").click()
    expect(other.locator(f"{RATINGS} .spread")).to_have_count(0)
    assert Rating.objects.get().author == reviewer


def test_a_question_that_is_not_satisfied_becomes_an_undercut_on_the_drawing(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, editor: User
) -> None:
    theirs, page = page_as(reviewer), page_as(editor, reduced_motion="reduce")
    theirs.goto(MAP)
    theirs.click("a.left")
    answer(theirs, "Not satisfied", "The thaw came late.")
    expect(theirs.locator("#panel .checklist")).to_contain_text("all answered")
    expect(theirs.locator("a.left")).to_have_count(0)

    page.goto(f"{MAP}?select=I1")
    page.get_by_role("link", name="Write the undercut").click()
    text = page.locator("#draft form [name=text]")
    said = f"“{ASKED}” is not satisfied: The thaw came late."
    expect(text).to_have_value(said)
    text.press("Enter")
    expect(page.locator("#toast")).to_contain_text("Added K2, by I3.")
    expect(page.locator("#n-K2 title")).to_contain_text(said)
    expect(page.locator("#i-I3")).to_have_class(re.compile("attack undercut"))
    page.goto(f"{MAP}?select=I1")
    expect(page.get_by_role("link", name="Write the undercut")).to_have_count(0)
    page.locator(".undercuts").get_by_role("link", name="K2").click()
    expect(page.locator("#panel article[data-key=K2]")).to_be_visible()


def test_a_reviewer_suggests_the_undercut_and_answers_anew(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, analyst: User
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=I1")
    answer(page, "Not satisfied", "")
    page.get_by_text("Suggest the undercut").click()
    page.get_by_label("The undercut, as a statement").fill("The thaw came late.")
    page.get_by_role("button", name="Suggest it").click()
    expect(page.locator(f"{QUESTION} .told")).to_contain_text("You suggested the undercut")
    expect(page.locator("#panel .conversation")).to_contain_text("The thaw came late.")
    expect(page.get_by_text("Suggest the undercut")).to_have_count(0)
    expect(page.locator(".undercuts")).to_contain_text("reviewer suggests the undercut")

    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Ice is dear.")
    expect(page.locator(f"{QUESTION} .stale ins").first).to_contain_text("Ice is")
    page.get_by_role("button", name="It still holds").click()
    expect(page.locator(f"{QUESTION} .told")).to_contain_text("holds on this version")
    expect(page.locator(".stale")).to_have_count(0)


def test_what_is_refused_keeps_what_was_typed(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User, page_errors: list[str]
) -> None:
    page = page_as(reviewer)
    page.goto(f"{MAP}?select=I1")
    page.locator(f"{QUESTION} summary").first.click()
    page.get_by_label("Why", exact=True).fill("The thaw.")
    page.evaluate("document.querySelectorAll('#panel [required]').forEach(e => e.required = false)")
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator(f"{QUESTION} [role=alert]:visible")).to_have_text("Say which it is.")
    expect(page.get_by_label("Why", exact=True)).to_have_value("The thaw.")
    page_errors.clear()  # the browser reports the 422


def test_without_scripts_the_forms_do_the_same(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(f"{MAP}elements/I1/")
    page.locator(".questions summary").first.click()
    page.get_by_label("Satisfied", exact=True).check()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.locator(".notice")).to_contain_text("You answered: satisfied.")
    expect(page.locator(".questions .given")).to_contain_text("you")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("key", ["C1", "I1"])
def test_judgements_have_no_violations(
    page_as: PageAs,
    a_map: ArgumentMap,
    reviewer: User,
    second: User,
    analyst: User,
    scheme: str,
    key: str,
) -> None:
    asked = Scheme.objects.get(slug="sign").questions.get().pk
    for user, likelihood, says in (
        (reviewer, "likely", "not_satisfied"),
        (second, "unlikely", "satisfied"),
    ):
        on: dict[str, Any] = {"actor": user, "argument_map": a_map}
        actions.rate(**on, statement="C1", likelihood=likelihood)
        actions.answer_question(**on, inference="I1", question=asked, says=says, why="So.")
    on = {"actor": analyst, "argument_map": a_map}
    actions.edit_statement(**on, key="C1", text="The harbour should close in May.")
    actions.edit_inference(**on, key="I1", warrant="Ice is dear.")
    page = page_as(reviewer, color_scheme=scheme, viewport={"width": 390, "height": 844})
    for address in (f"{MAP}elements/{key}/", f"{MAP}?select={key}"):
        page.goto(address)
        for summary in page.locator("[data-judged] summary").all():
            summary.click()
        expect(page.locator(".stale")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
