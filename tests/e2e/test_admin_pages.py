"""The pages of statements and inferences in a browser: drawn as one types, and put in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from argmap import actions
from argmap.models import ArgumentMap, Change, Inference, Scheme, Statement

PageAs = Callable[..., Page]


@pytest.fixture
def analyst(analyst: User) -> User:
    analyst.groups.add(Group.objects.get(name="Analysts"))
    return analyst


def claim(a_map: ArgumentMap) -> str:
    number = Statement.objects.get(map=a_map, key="C1").pk
    return reverse("admin:argmap_claim_change", args=[number])


def step(a_map: ArgumentMap) -> str:
    return reverse("admin:argmap_inference_change", args=[a_map.inferences.get(key="I1").pk])


def test_the_drawing_follows_the_form_and_nothing_is_written(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    before = Change.objects.count()
    page = page_as(analyst)
    page.goto(claim(a_map))
    box = page.locator("#n-C1")
    expect(box).to_contain_text("The harbour should close")
    page.locator("#id_title").press_sequentially("Shut it", delay=20)
    expect(box).to_contain_text("Shut it")
    page.locator("#id_kind").select_option("counterargument")
    expect(box).to_have_class("node counterargument draft focus")
    page.locator("#id_text").fill("")
    expect(page.locator("[data-note]")).to_contain_text("Text: This field is required.")
    expect(box).to_contain_text("Shut it")
    page.locator("#id_text").fill("Anything.")
    expect(page.locator("[data-note]")).to_be_empty()
    assert Change.objects.count() == before
    page.locator("#n-E1").click()
    evidence = Statement.objects.get(map=a_map, key="E1")
    expect(page).to_have_url(
        re.compile(reverse("admin:argmap_evidence_change", args=[evidence.pk]) + "$")
    )


def test_a_server_that_fails_leaves_the_drawing_and_says_so(
    page_as: PageAs, analyst: User, a_map: ArgumentMap, page_errors: list[str]
) -> None:
    page = page_as(analyst)
    page.goto(claim(a_map))

    def fail(route: Route) -> None:
        route.fulfill(status=500, body="No.")

    page.route("**/neighbourhood/", fail)
    page.locator("#id_title").fill("Shut it")
    expect(page.locator("[data-note]")).to_contain_text("not up to date")
    expect(page.locator("#n-C1")).to_contain_text("The harbour should close")
    page.unroute("**/neighbourhood/")
    page.locator("#id_title").fill("Shut it now")
    expect(page.locator("#n-C1")).to_contain_text("Shut it now")
    assert len(page_errors) == 1
    page_errors.clear()


def test_an_inference_is_said_as_it_is_typed_and_its_premises_are_moved_by_keys(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst)
    page.goto(step(a_map))
    said = page.locator("[data-said]")
    expect(said).to_contain_text("E1 and E2 together support C1")
    page.get_by_role("button", name="Move E2 up").focus()
    page.keyboard.press("Enter")
    expect(said).to_contain_text("E2 and E1 together support C1")
    expect(page.get_by_role("button", name="Move E2 down")).to_be_focused()
    page.locator("#id_stance").select_option("attack")
    expect(said).to_contain_text("E2 and E1 together attack C1")
    page.locator("input[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    found = Inference.objects.get(map=a_map, key="I1").premises.order_by("order")
    assert list(found.values_list("statement__key", flat=True)) == ["E2", "E1"]


def test_a_reason_and_a_counterargument_are_added_without_leaving(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst)
    page.goto(claim(a_map))
    add = page.locator("#borne_on_by-group .add-row a")
    add.click()
    page.locator("#id_borne_on_by-1-text").fill("Ships wait for weeks.")
    add.click()
    page.locator("#id_borne_on_by-2-stance").select_option("attack")
    row = page.locator("#borne_on_by-2")
    row.locator(".select2-selection").click()
    page.locator(".select2-search__field").last.fill("coldest")
    page.locator(".select2-results__option", has_text="coldest").click()
    page.locator("input[name=_continue]").first.click()
    group = page.locator("#borne_on_by-group")
    expect(group).to_contain_text("Ships wait for weeks.")
    expect(group).to_contain_text("Last winter was the coldest")
    assert a_map.inferences.count() == 4


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_full_pages_fit_and_break_no_policy(
    page_as: PageAs, analyst: User, a_map: ArgumentMap, width: int, scheme: str
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong? " * 20)
    actions.answer_question(**on_it, inference="I1", question=question.pk, says="satisfied")
    actions.edit_inference(**on_it, key="I1", warrant="W" * 300)
    actions.edit_statement(**on_it, key="C1", text="W" * 500, note="So.")
    page = page_as(analyst, viewport={"width": width, "height": 800}, color_scheme=scheme)
    for address in (claim(a_map), step(a_map)):
        for shown in (address, address.replace("/change/", "/history/")):
            page.goto(shown)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, shown


def test_without_scripts_the_pages_are_drawn_and_saved(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst, java_script_enabled=False)
    page.goto(claim(a_map))
    expect(page.locator("#n-C1")).to_be_visible()
    page.locator("#borne_on_by-group summary").first.click()
    page.locator("#id_borne_on_by-0-text").fill("Typed without scripts.")
    page.locator("input[name=_save]").first.click()
    assert Statement.objects.filter(map=a_map, text="Typed without scripts.").exists()


def test_what_a_change_did_stands_beside_the_name_of_its_field(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst)
    page.goto(claim(a_map))
    field = page.locator(".timeline dl > div", has=page.locator("dt", has_text="Kind")).first
    # As rendered: what white space a template has around the words must not show.
    assert field.locator("dd").inner_text() == "Claim"
