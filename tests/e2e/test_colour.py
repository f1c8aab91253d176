"""Colouring the drawing by something other than kind."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from argmap.models import ArgumentMap
from tests.e2e.conftest import PageAs

MAP = "/maps/harbour/"


@pytest.fixture
def page(page_as: PageAs, a_map: ArgumentMap, reviewer: User) -> Page:
    return page_as(reviewer)


def test_another_colouring_needs_no_page_load(page: Page) -> None:
    page.goto(f"{MAP}?select=E1")
    page.evaluate("window.stays = true")
    page.click(".legend summary")
    page.select_option("[data-colour] select", "source")
    expect(page.locator("#n-E1")).to_have_class(re.compile(r"tone-blue.* selected"))
    expect(page.locator("#n-E1 .chip.tone")).to_have_text("S1")
    expect(page.locator("#tones")).to_contain_text("S1 The harbour master")
    assert page.url.endswith("?select=E1&colour=source")
    page.go_back()
    expect(page.locator("#n-E1 .chip.tone")).to_have_count(0)
    expect(page.locator("[data-colour] select")).to_have_value("kind")
    expect(page.locator("#tones")).to_be_hidden()
    assert page.evaluate("window.stays")


def test_without_scripts_a_button_does_it(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, java_script_enabled=False)
    page.goto(f"{MAP}?dir=TB")
    page.select_option("[data-colour] select", "stance")
    page.click("[data-colour] button")
    assert page.url.endswith(f"{MAP}?dir=TB&colour=stance")
    expect(page.locator("#n-K1 .chip.tone")).to_have_text("attacks")


def test_with_scripts_there_is_no_button(page: Page) -> None:
    page.goto(MAP)
    expect(page.locator("[data-colour] button")).to_have_count(0)


def test_forced_colours_win_over_every_tone(
    page_as: PageAs, a_map: ArgumentMap, reviewer: User
) -> None:
    page = page_as(reviewer, forced_colors="active", color_scheme="light")
    seen = set()
    for query in ("", "?colour=status"):
        page.goto(f"{MAP}{query}")
        for key in ("C1", "E1"):
            style = f"getComputedStyle(document.querySelector('#n-{key} .box'))"
            seen.add(page.evaluate(f"[{style}.fill, {style}.stroke].join()"))
    assert len(seen) == 1
