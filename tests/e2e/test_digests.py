"""Choosing digests in a browser, and ending them with the link of a mail."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from playwright.sync_api import expect

from argmap import actions
from argmap.mail import stop_token
from argmap.models import Digest
from tests.e2e.conftest import PageAs

CHOOSE = "/accounts/digest/"
NARROW = {"width": 390, "height": 844}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_choice_is_kept_and_a_link_ends_it(
    scripts: bool,  # noqa: FBT001 - with and without
    page_as: PageAs,
    reviewer: User,
) -> None:
    page = page_as(reviewer, java_script_enabled=scripts)
    page.goto("/")
    page.click("text=E-mail")
    expect(page.get_by_label("Not at all")).to_be_checked()
    page.get_by_label("At once").focus()
    page.keyboard.press("Space")
    page.click("text=Save")
    expect(page.get_by_role("status")).to_have_text("You will be told at once.")
    expect(page.get_by_label("At once")).to_be_checked()

    # In another browser, where nobody is signed in.
    elsewhere = page_as(None, java_script_enabled=scripts)
    elsewhere.goto(f"{CHOOSE}stop/{stop_token(reviewer.pk)}/")
    elsewhere.click("text=Send me no more")
    expect(elsewhere.locator("main")).to_contain_text("sends no digests to reviewer")
    assert Digest.objects.get(user=reviewer).how_often == "off"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_their_pages_shut_nobody_out(
    scheme: str, page_as: PageAs, reviewer: User, page_errors: list[str]
) -> None:
    actions.choose_digest(actor=reviewer, how_often="daily")
    page = page_as(reviewer, color_scheme=scheme, viewport=NARROW)
    for path in (CHOOSE, f"{CHOOSE}stop/{stop_token(reviewer.pk)}/", f"{CHOOSE}stop/x/"):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    # The last link is none of ours, which a browser reports as an error.
    page_errors.clear()
