"""Files in and out of the admin, in a browser: a look, a yes, how far it is, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from argmap.core.formats import native
from argmap.models import ArgumentMap, Change
from tests.core.maps import graph_of, support

PageAs = Callable[..., Page]

NOTED = """
    window.bars = [];
    new MutationObserver(() => {
      const last = [...document.querySelectorAll("progress")].at(-1);
      if (last && window.bars.at(-1) !== last.value) window.bars.push(last.value);
    }).observe(document, {childList: true, subtree: true});
"""


@pytest.fixture
def analyst(analyst: User) -> User:
    analyst.groups.add(Group.objects.get(name="Analysts"))
    return analyst


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of a map with 2,000 statements."""
    steps = (support(f"I{number}", f"C{number}", f"C{number // 2}") for number in range(2, 2_001))
    file = tmp_path / "large.json"
    graph = replace(graph_of(*steps), slug="large", title="A large tree")
    file.write_text(native.dump(graph), encoding="utf-8")
    return file


def test_evidence_comes_in_from_a_spreadsheet_and_goes_again(
    page_as: PageAs, analyst: User, a_map: ArgumentMap, tmp_path: Path
) -> None:
    page = page_as(analyst)
    page.goto(reverse("admin:argmap_argumentmap_change", args=[a_map.pk]))
    page.get_by_role("link", name="Export…").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    file = tmp_path / "harbour.xlsx"
    download.value.save_as(file)
    book = load_workbook(file)
    sheet = book["Statements"]
    column = {str(cell.value).split(" ")[0]: place for place, cell in enumerate(sheet[1], start=1)}
    sheet.cell(2, column["text"]).value = "The harbour closes."
    for name, value in (
        ("kind", "evidence"),
        ("text", "Tugs are dear."),
        ("bears_on", "C1"),
        ("stance", "supports"),
    ):
        sheet.cell(6, column[name]).value = value
    book.save(file)

    page.goto(reverse("admin:argmap_argumentmap_change", args=[a_map.pk]))
    page.get_by_role("link", name="Import table…").click()
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#changed")).to_contain_text("The harbour closes.")
    expect(page.locator("#new")).to_contain_text("supports C1")
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".messagelist")).to_contain_text("1 statement added, 1 statement changed.")
    assert a_map.statements.get(key="E3").text == "Tugs are dear."

    page.goto(a_map.get_absolute_url())
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back")).to_be_visible()
    assert not a_map.statements.filter(key="E3").exists()
    assert a_map.statements.get(key="C1").text == "The harbour should close in winter."
    verbs = Change.objects.filter(map=a_map).order_by("-activity").values_list("verb", flat=True)
    assert list(verbs[:2]) == ["undo", "import"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_large_map_shows_how_far_it_is(
    page_as: PageAs, analyst: User, large: Path, *, scripts: bool
) -> None:
    page = page_as(analyst, java_script_enabled=scripts)
    page.goto(reverse("admin:argmap_argumentmap_changelist"))
    page.get_by_role("link", name="Import…").click()
    page.get_by_label("File").set_input_files(large)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#made")).to_contain_text("Claims: 2000")
    page.add_init_script(NOTED)
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".outcome")).to_have_text(
        "The map “A large tree” was made.", timeout=30_000
    )
    expect(page.locator("progress:visible")).to_have_count(1)
    expect(page.locator(".steps p:visible").first).to_have_text("8,000 of 8,000 rows")
    if scripts:
        # What was on the screen at one time or another: not the end alone.
        bars = json.loads(page.evaluate("JSON.stringify(window.bars)"))
        assert bars == sorted(bars)
        assert len([bar for bar in bars if 0 < bar < 8_000]) >= 2
    page.get_by_role("link", name="Open the map").click()
    expect(page.locator("#id_title")).to_have_value("A large tree")
    assert ArgumentMap.objects.get(slug="large").statements.count() == 2_000


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_previews_fit(
    page_as: PageAs, analyst: User, a_map: ArgumentMap, tmp_path: Path, width: int, scheme: str
) -> None:
    file = tmp_path / "table.csv"
    long = "W" * 300
    file.write_text(f"key,kind,text,{long}\nC1,claim,{long},x\n,,{long},\n", encoding="utf-8")
    page = page_as(analyst, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(reverse("admin:argmap_argumentmap_table", args=[a_map.pk]))
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#refused")).to_contain_text("row 3, column kind: must not be empty")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
