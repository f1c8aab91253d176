"""Two people at one thread: what they type is kept, sent once, found again, and asked about later."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect
from rest_framework.throttling import SimpleRateThrottle

from argmap import actions
from argmap.core.kinds import CommentState
from argmap.models import ArgumentMap, Comment
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"
PANEL = f"{MAP}?select=C1"
FORM = "#panel .new-comment"
BODY = f"{FORM} [name=body]"
SEND = f"{FORM} button[type=submit]:not(.quiet)"
OFFERED = f"{FORM} [role=option]"
NARROW = {"width": 390, "height": 844}


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def say(a_map: ArgumentMap, actor: User, body: str, about: str = "C1") -> Comment:
    return actions.add_comment(actor=actor, argument_map=a_map, body=body, about=about)


def test_two_people_at_one_thread(
    page_as: PageAs, page: Page, a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    other = page_as(editor)
    page.goto(PANEL)
    page.fill(BODY, "Which *winter*?")
    page.get_by_role("button", name="Preview").first.click()
    expect(page.locator(f"{FORM} [data-preview] em")).to_have_text("winter")
    page.click(SEND)
    thread = page.locator("#panel .thread")
    expect(thread.locator("article.comment").first).to_be_focused()

    other.goto(PANEL)
    answered = other.locator("#panel .thread")
    answered.get_by_text("Answer").first.click()
    answered.locator("[name=body]").fill("The last one.")
    answered.get_by_role("button", name="Answer").click()
    expect(answered.locator(".replies")).to_contain_text("The last one.")
    expect(thread.locator(".replies")).to_contain_text("The last one.")

    thread.get_by_role("link", name="Edit your comment").click()
    form = thread.locator("form[data-draft^=reword]")
    expect(form.locator("[name=body]")).to_be_focused()
    form.locator("[name=body]").fill("Which *past* winter?")
    form.get_by_role("button", name="Save").click()
    expect(thread.locator(".prose").first).to_have_text("Which past winter?")
    thread.get_by_role("link", name="edited").click()
    expect(thread.locator(".earlier ins").first).to_contain_text("past")

    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it in spring.")
    page.goto(PANEL)
    expect(thread.locator(".since ins").last).to_contain_text("spring")
    other.goto(PANEL)
    expect(answered).to_contain_text("changed since")
    expect(answered.get_by_role("button", name="Still holds")).to_have_count(0)
    thread.get_by_role("button", name="Still holds").click()
    expect(thread.locator(".since")).to_have_count(0)

    thread.locator(".own-ways summary").first.click()
    thread.get_by_role("button", name="Delete it").click()
    expect(thread).to_contain_text("Resolved")
    expect(thread.get_by_text("Deleted by reviewer")).to_be_visible()
    thread.get_by_role("button", name="Reopen").click()
    expect(thread.get_by_role("button", name="Resolve")).to_be_visible()
    assert page.url.endswith(PANEL)


def test_a_form_that_is_pressed_twice_makes_one_comment(page: Page) -> None:
    page.goto(PANEL)
    page.fill(BODY, "Which winter?")
    page.dblclick(SEND)
    expect(page.locator("#panel .thread")).to_have_count(1)
    page.reload()
    expect(page.locator("#panel .thread")).to_have_count(1)
    assert Comment.objects.count() == 1


def test_what_one_types_survives_a_closed_tab_until_it_is_sent(page: Page) -> None:
    page.goto(PANEL)
    page.fill(BODY, "Half a thou")
    page.select_option(f"{FORM} [name=kind]", "challenge")
    again = page.context.new_page()
    page.close()
    again.goto(PANEL)
    expect(again.locator(BODY)).to_have_value("Half a thou")
    expect(again.locator(f"{FORM} [name=kind]")).to_have_value("challenge")
    expect(again.locator(FORM)).to_contain_text("did not send is back")
    # It is of this element alone, and one may look at others without being asked.
    again.click("#n-E1")
    expect(again.locator("#panel article.element[data-key=E1]")).to_be_visible()
    expect(again.locator(BODY)).to_have_value("")
    again.click("#n-C1")
    expect(again.locator(BODY)).to_have_value("Half a thou")
    again.click(SEND)
    expect(again.locator("#panel .thread")).to_contain_text("Half a thou")
    again.reload()
    expect(again.locator("#panel .thread")).to_have_count(1)
    expect(again.locator(BODY)).to_have_value("")


def test_what_is_discarded_does_not_come_back(page: Page) -> None:
    page.goto(f"{MAP}elements/C1/")
    body = page.locator(".new-comment [name=body]")
    body.fill("Half a thou")
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    expect(body).to_have_value("")
    expect(body).to_be_focused()
    page.reload()
    expect(body).to_have_value("")


def test_names_are_offered_to_the_keyboard_and_taken_once(page: Page) -> None:
    page.goto(PANEL)
    page.focus(BODY)
    page.keyboard.type("Ask @")
    expect(page.locator(OFFERED)).to_have_text(["analyst", "editor", "reviewer", "viewer"])
    body = page.locator(BODY)
    expect(body).to_have_attribute("aria-activedescendant", re.compile("-people-0$"))
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"{OFFERED}[aria-selected=true]")).to_have_text("editor")
    page.keyboard.press("Enter")
    expect(body).to_have_value("Ask @editor ")
    expect(page.locator(OFFERED)).to_have_count(0)
    page.keyboard.type("and @out")
    page.wait_for_load_state("networkidle")
    expect(page.locator(OFFERED)).to_have_count(0)
    page.keyboard.press("Control+a")
    page.keyboard.type("@v")
    expect(page.locator(OFFERED)).to_have_count(1)
    # Escape leaves the list, and neither the text nor the panel.
    page.keyboard.press("Escape")
    expect(page.locator(OFFERED)).to_have_count(0)
    expect(body).to_be_focused()
    page.keyboard.type("iewer")
    page.click(SEND)
    expect(page.locator("#panel .thread")).to_contain_text("@viewer")
    assert [each.user.username for each in Comment.objects.get().mentions.all()] == ["viewer"]


def test_what_vanishes_while_one_types_leaves_the_text_on_the_map(
    page: Page, a_map: ArgumentMap, analyst: User, page_errors: list[str]
) -> None:
    page.goto(f"{MAP}?select=K1")
    page.fill(BODY, "My long thoughts.")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    expect(page.locator("#toast")).to_contain_text("analyst deleted K1")
    page.click(SEND)
    notice = page.locator("#panel .notice")
    expect(notice).to_contain_text("K1 was deleted while you typed. Your comment is kept")
    notice.get_by_role("link").click()
    comment = Comment.objects.get()
    page.wait_for_url(f"**{MAP}?comment={comment.pk}#comment-{comment.pk}")
    expect(page.locator(".map-talk")).to_contain_text("My long thoughts.")
    assert all("404" in error for error in page_errors)
    page_errors.clear()


def test_a_flood_is_told_of_and_its_text_kept(
    page: Page,
    page_errors: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rates = {**SimpleRateThrottle.THROTTLE_RATES, "comment": "1/min"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)
    page.goto(PANEL)
    page.fill(BODY, "One.")
    page.click(SEND)
    expect(page.locator("#panel .thread")).to_have_count(1)
    page.click(f"{FORM} summary")
    page.fill(BODY, "My long thoughts.")
    page.click(SEND)
    expect(page.locator(f"{FORM} .error").first).to_contain_text("Too many comments")
    expect(page.locator(BODY)).to_have_value("My long thoughts.")
    assert all("429" in error for error in page_errors)
    page_errors.clear()


def test_an_address_opens_a_resolved_thread_where_the_comment_stands(
    page: Page, a_map: ArgumentMap, reviewer: User
) -> None:
    comment = say(a_map, reviewer, "Which winter?")
    actions.settle_thread(
        actor=reviewer,
        argument_map=a_map,
        comment=comment.pk,
        state=CommentState.RESOLVED,
    )
    page.goto(f"{MAP}comments/{comment.pk}/")
    shown = page.locator(f"#comment-{comment.pk}")
    expect(shown).to_be_visible()
    expect(shown).to_be_in_viewport()


def test_without_scripts_all_of_it_works_as_plain_forms(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(f"{MAP}elements/C1/")
    form = page.locator(".new-comment")
    form.locator("[name=body]").fill("Which *winter*? @editor")
    form.get_by_role("button", name="Preview").click()
    expect(form.locator("[data-preview] em")).to_have_text("winter")
    form.get_by_role("button", name="Comment").click()
    thread = page.locator(".thread")
    thread.get_by_role("link", name="Edit your comment").click()
    page.locator("form[data-draft^=reword] [name=body]").fill("Which one?")
    page.get_by_role("button", name="Save").click()
    expect(thread.locator(".prose")).to_have_text("Which one?")
    thread.get_by_role("link", name="edited").click()
    expect(page.locator(".wordings")).to_contain_text("winter")
    page.get_by_role("link", name="Back to the comment").click()
    thread.locator(".own-ways summary").click()
    thread.get_by_role("button", name="Delete it").click()
    expect(page.locator(".conversation")).to_contain_text("Deleted by reviewer")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, NARROW])
def test_threads_are_accessible(
    color_scheme: str,
    viewport: dict[str, int],
    page_as: PageAs,
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
) -> None:
    comment = say(a_map, reviewer, "Which *winter*?")
    actions.edit_comment(
        actor=reviewer, argument_map=a_map, comment=comment.pk, body="Which `past` winter?"
    )
    say(a_map, analyst, "And who pays?")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it in spring.")
    page = page_as(reviewer, color_scheme=color_scheme, viewport=viewport)
    page.goto(f"{MAP}elements/C1/")
    page.get_by_role("link", name="edited").click()
    expect(page.locator(".earlier")).to_be_visible()
    page.locator(".own-ways summary").first.click()
    page.locator(".new-comment > summary").click()
    form = page.locator(".new-comment")
    form.locator("[name=body]").fill("So *it* goes.")
    form.get_by_role("button", name="Preview").click()
    expect(form.locator("[data-preview] em")).to_be_visible()
    form.locator("[name=body]").press_sequentially(" @")
    expect(form.locator("[role=option]")).to_have_count(4)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{MAP}comments/{comment.pk}/edit/")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.goto(f"{MAP}comments/{comment.pk}/earlier/")
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
