"""An analyst's hour in the admin: a map from nothing to an export, with its log at each step."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from playwright.sync_api import Page, expect

from argmap.models import Answer, ArgumentMap, Change, Scheme, Snapshot, Statement

PageAs = Callable[..., Page]

REASONS = (
    ("Ice blocks the channel for ten weeks.", "evidence", "support"),
    ("Pilots refuse to sail in the dark.", "evidence", "support"),
    ("The town lives on the winter trade.", "counterargument", "attack"),
)
TABLE = (
    ("kind", "text", "bears_on", "stance", "tags"),
    ("evidence", "Repairs cost most in January.", "C1", "supports", "costs"),
    ("evidence", "Two of three winter cargoes are late.", "C1", "supports", "delays"),
    ("evidence", "Insurers ask double from December on.", "C1", "supports", "costs"),
    ("evidence", "Half of the traders have their own ships.", "K1", "supports", ""),
    ("evidence", "two of three winter cargoes are late", "C1", "supports", "late"),
)


@pytest.fixture
def analyst(analyst: User) -> User:
    analyst.groups.add(Group.objects.get(name="Analysts"))
    return analyst


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    file = tmp_path / "evidence.csv"
    with file.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(TABLE)
    return file


@pytest.fixture
def scheme(db: None) -> Scheme:
    made = Scheme.objects.create(slug="cause", name="Argument from cause to effect")
    made.questions.create(order=1, text="How strong is the cause?")
    made.questions.create(order=2, text="Could something else interfere?")
    return made


class Hour:
    """The analyst at the admin, and the log of their one map."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.read = 0

    @property
    def map(self) -> ArgumentMap:
        return ArgumentMap.objects.get(slug="the-harbour")

    def at(self, name: str, *args: object, query: str = "") -> None:
        self.page.goto(reverse(f"admin:argmap_{name}", args=args) + query)

    def at_statement(self, key: str) -> None:
        found = self.map.statements.get(key=key)
        self.at(f"{found.kind}_change", found.pk)

    def at_inference(self, key: str) -> None:
        self.at("inference_change", self.map.inferences.get(key=key).pk)

    def save(self) -> None:
        self.page.locator("input[name=_continue]").first.click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def logged(self) -> list[str]:
        """Return what the log says that happened since it was read last: the verbs, in order."""
        later = Change.objects.filter(map=self.map, activity__gt=self.read).order_by("activity")
        verbs = [change.verb for change in later]
        self.read += len(verbs)
        assert all(change.actor_name == "analyst" for change in later)
        return verbs

    def reason(self, text: str, kind: str, stance: str) -> None:
        """Type a reason into a new row of the statement's page."""
        add = self.page.locator("#borne_on_by-group .add-row a")
        number = self.page.locator("#borne_on_by-group .dynamic-borne_on_by").count()
        add.click()
        name = f"#id_borne_on_by-{number}"
        self.page.locator(f"{name}-text").fill(text)
        self.page.locator(f"{name}-kind").select_option(kind)
        self.page.locator(f"{name}-stance").select_option(stance)

    def choose(self, field: str, words: str) -> None:
        """Choose an element by its words in a field that searches the map."""
        self.page.locator(f".field-{field} .select2-selection").click()
        self.page.locator(".select2-search__field").last.press_sequentially(words)
        self.page.locator(".select2-results__option", has_text=words).first.click()


def test_an_analysts_hour(
    page_as: PageAs, analyst: User, sheet: Path, scheme: Scheme, tmp_path: Path
) -> None:
    hour = Hour(page_as(analyst))
    build(hour)
    bring_in(hour, sheet)
    judge(hour)
    answer_questions(hour, scheme)
    merge_duplicates(hour)
    take_away(hour, tmp_path)


def build(hour: Hour) -> None:
    """Make a map with a claim, reasons on its own page, linked premises and an undercut."""
    page = hour.page
    hour.at("argumentmap_add")
    page.locator("#id_title").fill("The harbour")
    page.locator("#id_issue").fill("Should the harbour close in winter?")
    hour.save()
    assert hour.logged() == ["create"]
    hour.at("claim_add", query=f"?map={hour.map.pk}")
    page.locator("#id_text").fill("The harbour should close in winter.")
    hour.save()
    assert hour.logged() == ["create"]

    for reason in REASONS:
        hour.reason(*reason)
    hour.save()
    assert hour.logged() == ["create"] * 3
    page.locator("#borne_on_by-0 summary").click()
    page.locator("#id_borne_on_by-0-text").fill("No ship here breaks ice.")
    hour.save()
    assert hour.logged() == ["create"]
    linked = hour.map.inferences.get(key="I1").premises.order_by("order")
    assert [premise.statement.key for premise in linked] == ["E1", "E3"]

    hour.at("counterargument_add", query=f"?map={hour.map.pk}")
    page.locator("#id_text").fill("A breaker could be hired.")
    hour.save()
    hour.at("inference_add", query=f"?map={hour.map.pk}&conclusion=I1&stance=attack")
    hour.choose("premises", "A breaker")
    hour.save()
    assert hour.logged() == ["create", "create"]
    undercut = hour.map.inferences.get(key="I4").conclusion_inference
    assert undercut is not None
    assert undercut.key == "I1"


def bring_in(hour: Hour, sheet: Path) -> None:
    """Import evidence from a spreadsheet, after a look at what it would do."""
    page = hour.page
    hour.at("argumentmap_change", hour.map.pk)
    page.get_by_role("link", name="Import table…").click()
    page.get_by_label("File").set_input_files(sheet)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("#new")).to_contain_text("Repairs cost most in January.")
    assert hour.logged() == []
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".messagelist")).to_contain_text("5 statements added")
    assert hour.logged() == ["import"]


def judge(hour: Hour) -> None:
    """Say how likely the claim is and how sure that is, and add a last reason: twelve statements."""
    hour.at_statement("C1")
    hour.page.locator("#id_likelihood").select_option("likely")
    hour.page.locator("#id_confidence").select_option("moderate")
    hour.reason("The railway carries what cannot wait.", "claim", "support")
    hour.save()
    assert hour.logged() == ["edit", "create"]
    assert hour.map.statements.count() == 12


def answer_questions(hour: Hour, scheme: Scheme) -> None:
    """Name an inference's scheme, and answer what it asks."""
    page = hour.page
    hour.at_inference("I2")
    page.locator("#id_scheme").select_option(label=scheme.name)
    hour.save()
    page.get_by_label("Your answer").nth(0).select_option("satisfied")
    page.get_by_label("Your answer").nth(1).select_option("not_satisfied")
    page.get_by_label("Why").nth(1).fill("Lamps would do.")
    hour.save()
    assert hour.logged() == ["edit", "answer", "answer"]
    told = Answer.objects.filter(map=hour.map).order_by("question__order")
    assert [(each.says, each.why) for each in told] == [
        ("satisfied", ""),
        ("not_satisfied", "Lamps would do."),
    ]


def merge_duplicates(hour: Hour) -> None:
    """Let two that say the same become one, apart again by one undo, and one again."""
    page = hour.page
    twice = hour.map.statements.filter(text__icontains="winter cargoes").order_by("pk")
    kept, other = (each.key for each in twice)
    merge(hour, kept, other)
    assert hour.logged() == ["merge"]
    assert not hour.map.statements.filter(key=other).exists()
    assert set(hour.map.statements.get(key=kept).tags) == {"delays", "late"}
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".messagelist")).to_contain_text("Taken back")
    assert hour.logged() == ["undo"]
    assert hour.map.statements.count() == 12
    merge(hour, kept, other)
    assert hour.logged() == ["merge"]


def take_away(hour: Hour, folder: Path) -> None:
    """Take a snapshot that can be cited, and the statements as a table."""
    page = hour.page
    hour.at("argumentmap_snapshot", hour.map.pk)
    page.locator("#id_name").fill("As sent to the council")
    page.locator("#content-main [type=submit]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert hour.logged() == ["snapshot"]
    assert Snapshot.objects.get(map=hour.map).version == hour.map.version
    hour.at("argumentmap_export", hour.map.pk)
    with page.expect_download() as download:
        page.locator("a[href$='/csv/']").first.click()
    taken = folder / "out.csv"
    download.value.save_as(taken)
    with taken.open(encoding="utf-8-sig", newline="") as written:
        assert len(list(csv.DictReader(written))) == 11
    assert hour.logged() == []


def merge(hour: Hour, kept: str, other: str) -> None:
    """Merge two pieces of evidence in their list, after a look at what that does."""
    page = hour.page
    hour.at("evidence_changelist", query=f"?map={hour.map.pk}")
    for key in (kept, other):
        number = Statement.objects.get(map=hour.map, key=key).pk
        page.locator(f"input[name=_selected_action][value='{number}']").check()
    page.locator("select[name=action]").select_option(label="Merge duplicates…")
    page.locator("button[name=index]").first.click()
    expect(page.locator("#content-main")).to_contain_text(other)
    page.get_by_role("button", name=f"Merge 2 statements into {kept}").click()
    expect(page.locator(".messagelist")).to_contain_text(kept)
