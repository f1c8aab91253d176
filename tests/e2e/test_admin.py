"""The admin in a browser: its scripts run under the strict policy, and nothing runs that should not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page, expect

from argmap import actions
from argmap.models import ArgumentMap, Inference, Scheme, Statement

PageAs = Callable[..., Page]


@pytest.fixture
def analyst(analyst: User) -> User:
    analyst.groups.add(Group.objects.get(name="Analysts"))
    return analyst


@pytest.mark.parametrize(
    "page", ["index", "argumentmap", "evidence", "inference", "source", "snapshot"]
)
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_and_break_no_policy(
    page_as: PageAs, analyst: User, a_map: ArgumentMap, page: str, width: int
) -> None:
    rows = {
        "argumentmap": a_map,
        "evidence": a_map.statements.get(key="E1"),
        "inference": a_map.inferences.get(key="I1"),
        "source": a_map.sources.get(),
    }
    browser = page_as(analyst, viewport={"width": width, "height": 800})
    if page == "index":
        browser.goto(reverse("admin:index"))
    elif page == "snapshot":
        browser.goto(reverse("admin:argmap_argumentmap_snapshot", args=[a_map.pk]))
    else:
        browser.goto(reverse(f"admin:argmap_{page}_changelist"))
        browser.goto(reverse(f"admin:argmap_{page}_change", args=[rows[page].pk]))
    browser.wait_for_load_state("networkidle")
    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_the_drawing_stands_beside_the_form_where_there_is_room(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    address = reverse("admin:argmap_argumentmap_change", args=[a_map.pk])
    places = {}
    for width in (1440, 800):
        page = page_as(analyst, viewport={"width": width, "height": 900})
        page.goto(address)
        title = page.locator("#id_title").bounding_box()
        picture = page.locator(".picture").bounding_box()
        assert title is not None
        assert picture is not None
        places[width] = picture["x"] > title["x"] + title["width"], picture["y"] > title["y"] + 400
    assert places == {1440: (True, False), 800: (False, True)}
    page.locator("#n-C1").click()
    claim = a_map.statements.get(key="C1")
    expect(page).to_have_url(re.compile(reverse("admin:argmap_claim_change", args=[claim.pk])))


def test_what_others_changed_is_seen_and_gone(
    page_as: PageAs, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    actions.edit_statement(actor=editor, argument_map=a_map, key="C1", note="Hm.")
    page = page_as(analyst)
    page.goto(reverse("admin:index"))
    expect(page.locator(".news")).to_contain_text("editor edited C1")
    page.get_by_role("button", name="I have seen these of The harbour should close").click()
    expect(page.locator("body")).to_contain_text("you have seen all that others changed")


def test_premises_are_found_and_keep_the_order_of_choosing(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst)
    page.goto(reverse("admin:argmap_inference_add") + f"?map={a_map.pk}&conclusion=C1")
    for term in ("forty", "coldest", "costs"):
        page.locator(".field-premises .select2-search__field").fill(term)
        page.locator(".select2-results__option", has_text=term).click()
    page.locator("input[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    found = Inference.objects.get(map=a_map, key="I3")
    keys = found.premises.order_by("order").values_list("statement__key", flat=True)
    assert list(keys) == ["E1", "K1", "E2"]


def test_without_scripts_an_inference_is_typed(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst, java_script_enabled=False)
    page.goto(reverse("admin:argmap_inference_add") + f"?map={a_map.pk}")
    page.locator("input[name=premises-typed]").fill("E2")
    page.locator("input[name=conclusion-typed]").fill("C1")
    page.locator("input[name=_save]").first.click()
    assert Inference.objects.filter(map=a_map, key="I3").exists()


def test_hostile_texts_do_not_run(page_as: PageAs, analyst: User, a_map: ArgumentMap) -> None:
    claim = Statement.objects.get(map=a_map, key="C1")
    page = page_as(analyst)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(reverse("admin:argmap_claim_change", args=[claim.pk]))
    hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
    page.locator("#id_text").fill(hostile)
    page.locator("input[name=_continue]").first.click()
    for address in (
        reverse("admin:argmap_argumentmap_change", args=[a_map.pk]),
        reverse("admin:argmap_inference_change", args=[a_map.inferences.get(key="I1").pk]),
        reverse("admin:argmap_claim_history", args=[claim.pk]),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    claim.refresh_from_db()
    assert claim.text == hostile


def test_the_list_of_inferences_shows_all_its_columns_and_most_of_the_words(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    Scheme.objects.update(name="argument from a position to know and from expert opinion")
    ArgumentMap.objects.update(title="Should the harbour close in the next winter, as in the last?")
    page = page_as(analyst, viewport={"width": 1400, "height": 800})
    page.goto(reverse("admin:argmap_inference_changelist"))
    room = "document.querySelector('.results')"
    assert page.evaluate(f"{room}.scrollWidth <= {room}.clientWidth")
    width = "document.querySelector('td.field-{}').offsetWidth"
    words, scheme = (page.evaluate(width.format(name)) for name in ("sentence", "scheme"))
    assert words > 2 * scheme


def focused(page: Page) -> str:
    """Return the class of the visible field that has the focus."""
    page.wait_for_load_state("networkidle")
    name = (
        "document.querySelector(':focus:not([aria-hidden])').closest('[class*=field-]').className"
    )
    return str(page.evaluate(name))


def test_forms_open_with_the_focus_on_their_first_field(
    page_as: PageAs, analyst: User, a_map: ArgumentMap
) -> None:
    page = page_as(analyst)
    for name, field in (
        ("argumentmap", "field-title"),
        ("claim", "field-text"),
        ("inference", "field-stance"),
        ("source", "field-title"),
        ("excerpt", "field-statement_key"),
        ("comment", "field-about_key"),
    ):
        page.goto(reverse(f"admin:argmap_{name}_add") + f"?map={a_map.pk}")
        assert field in focused(page)
    claim = a_map.statements.get(key="C1")
    page.goto(reverse("admin:argmap_claim_change", args=[claim.pk]))
    assert "field-kind" in focused(page)
    page.locator("#id_text").fill("")
    page.locator("input[name=_save]").first.click()
    expect(page.locator(".errornote")).to_be_in_viewport()
    expect(page.locator("[autofocus]")).to_have_count(0)
