"""Sources and excerpts in the admin."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import Settings

from argmap import actions
from argmap.models import ArgumentMap, Change, Excerpt, Source

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]

TEXT = "Winter\n\nIt was cold.\n\nOn forty days no ship came in. So it went.\n"


def source(a_map: ArgumentMap, key: str = "S1") -> Source:
    return Source.objects.get(map=a_map, key=key)


def excerpt(a_map: ArgumentMap, key: str = "X1") -> Excerpt:
    return Excerpt.objects.get(map=a_map, key=key)


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("log.txt", data, content_type="text/plain")


def test_a_new_source_with_its_authors_a_line_each(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("source_add", query=f"?map={a_map.pk}")
    desk(analyst).send(page, title="Tides", authors="Moon, A.\n\n Sun, B. ", published="2017-02")
    assert source(a_map, "S2").authors == ["Moon, A.", "Sun, B."]
    assert last_change()[0][:3] == ("analyst", "create", "S2")


def test_a_text_finds_the_excerpts_of_its_source(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("source_change", source(a_map).pk)
    answer = desk(analyst).send(page, note="Read.", file=upload(TEXT.encode()))
    html = answer.content.decode()
    assert "1 found, 0 moved, 0 orphaned." in html
    assert excerpt(a_map).exact == "On forty days no ship came in."
    stored = source(a_map)
    assert (stored.note, stored.sha256) == ("Read.", sha256(TEXT.encode()).hexdigest())


def test_a_text_on_which_no_excerpt_rests_is_attached_without_figures(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    actions.add_source(actor=analyst, argument_map=a_map, title="Tides")
    page = desk(analyst).open("source_change", source(a_map, "S2").pk)
    html = desk(analyst).send(page, file=upload(TEXT.encode())).content.decode()
    assert "The text is attached." in html
    assert "orphaned" not in html
    assert source(a_map, "S2").text == TEXT


def test_an_orphan_is_named_with_its_statement(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("source_change", source(a_map).pk)
    html = desk(analyst).send(page, sha256="0" * 64, file=upload(b"Nothing.")).content.decode()
    assert "0 found, 0 moved, 1 orphaned." in html
    assert "Orphaned: X1, on which E1 " in html
    assert "not the file whose SHA-256" in html


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"\xff\xfe\x00", "no plain text in UTF-8"), (b"nul \x00", "U+0000"), (b"", "empty")],
)
def test_what_is_no_text_is_refused_at_its_field_and_nothing_is_saved(
    desk: Desks, analyst: User, a_map: ArgumentMap, data: bytes, told: str
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("source_change", source(a_map).pk)
    refused = desk(analyst).send(page, note="Typed.", file=upload(data))
    assert told in refused.context["adminform"].form.errors["file"][0]
    assert (Change.objects.count(), source(a_map).note) == (before, "")


def test_a_file_that_is_too_large_is_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap, settings: Settings
) -> None:
    page = desk(analyst).open("source_change", source(a_map).pk)
    settings.ARGMAP_MAX_UPLOAD_BYTES = 10
    refused = desk(analyst).send(page, file=upload(TEXT.encode()))
    assert "larger than" in refused.context["adminform"].form.errors["file"][0]


def test_a_source_with_excerpts_is_not_deleted(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("source_delete", source(a_map).pk)
    assert "excerpt X1 of E1" in page.content.decode()
    desk(analyst).client.post(page.request["PATH_INFO"], {"post": "yes"})
    assert source(a_map).key == "S1"


def test_a_source_without_excerpts_is(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    actions.delete_excerpt(actor=analyst, argument_map=a_map, key="X1")
    page = desk(analyst).open("source_delete", source(a_map).pk)
    desk(analyst).client.post(page.request["PATH_INFO"], {"post": "yes"})
    assert last_change()[0][:3] == ("analyst", "delete", "S1")


def test_two_authors_of_a_source(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("source_change", source(a_map).pk)
    actions.edit_source(actor=analyst, argument_map=a_map, key="S1", reliability="B")
    refused = desk(editor).send(page, publisher="The port")
    assert "analyst changed S1 (reliability)" in refused.content.decode()
    desk(editor).send(refused)
    assert (source(a_map).reliability, source(a_map).publisher) == ("B", "The port")


def test_a_new_excerpt_names_its_statement_and_source(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("excerpt_add", query=f"?map={a_map.pk}")
    typed = {"statement_key": "E2", "source_key": "S1", "quotation": "So it went."}
    desk(analyst).send(page, **typed, section="Winter", paragraph="2", sentence="2")
    assert excerpt(a_map, "X2").statement.key == "E2"
    assert last_change()[0][:3] == ("analyst", "create", "X2")


def test_a_place_is_corrected_and_the_hash_stays(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    hashed, length = excerpt(a_map).sha256, (excerpt(a_map).locator or {})["length"]
    page = desk(analyst).open("excerpt_change", excerpt(a_map).pk)
    desk(analyst).send(page, paragraph="5")
    found = excerpt(a_map)
    assert found.locator == {
        "section": "Winter",
        "paragraph": 5,
        "sentence": 1,
        "last_sentence": None,
        "length": length,
    }
    assert found.sha256 == hashed
    assert last_change() == [("analyst", "edit", "X1", ["locator"])]


@pytest.mark.parametrize("words", ["Words that are not there.", ""])
def test_words_that_the_text_does_not_hold_are_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap, words: str
) -> None:
    actions.attach_text(
        actor=analyst, argument_map=a_map, key="S1", data=TEXT.encode(), media_type="text/plain"
    )
    page = desk(analyst).open("excerpt_change", excerpt(a_map).pk)
    refused = desk(analyst).send(page, quotation=words)
    assert refused.context["adminform"].form.errors["quotation"]
    assert excerpt(a_map).exact == "On forty days no ship came in."


def test_an_excerpt_without_words_and_hash_is_refused(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    page = desk(analyst).open("excerpt_change", excerpt(a_map).pk)
    refused = desk(analyst).send(page, sha256="")
    assert refused.context["adminform"].form.errors["quotation"]


def test_deleting_an_excerpt_keeps_its_statement(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    address = reverse("admin:argmap_excerpt_delete", args=[excerpt(a_map).pk])
    desk(analyst).client.post(address, {"post": "yes", "seen": "99"})
    assert last_change()[0][:3] == ("analyst", "delete", "X1")


# --- Sources that may be one document -----------------------------------------------------------


@pytest.fixture
def twice(analyst: User, a_map: ArgumentMap) -> dict[str, Any]:
    """A second source S2 of the same title, of which X2 for E2 is taken; and one on another map."""
    on: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_source(**on, title="The Harbour Master’s Log", url="https://x.example/")
    place = {"section": "Winter", "paragraph": 1, "sentence": 1}
    actions.add_excerpt(**on, statement="E2", source="S2", quotation="Cold.", locator=place)
    other = actions.create_map(actor=analyst, title="Elsewhere", slug="elsewhere")
    actions.add_source(actor=analyst, argument_map=other, title="Log", url="http://x.example")
    return on


def merge_page(desk: Desks, person: User, *sources: Source) -> Any:
    ids = ",".join(str(each.pk) for each in sources)
    return desk(person).open("source_merge", query=f"?ids={ids}")


def test_a_sources_page_names_those_that_may_be_the_same_and_says_why(
    desk: Desks, analyst: User, a_map: ArgumentMap, twice: dict[str, Any], hidden_map: ArgumentMap
) -> None:
    theirs: dict[str, Any] = {"actor": None, "argument_map": hidden_map, "key": "S1"}
    actions.edit_source(**theirs, title="Covert: the harbour master's log", url="http://x.example")
    html = desk(analyst).open("source_change", source(a_map, "S2").pk).content.decode()
    assert 'S1 The harbour master&#x27;s log</a> <span class="quiet">the same title</span>' in html
    assert (
        'S1 Log</a> <span class="quiet">the same address</span> · on <bdi>Elsewhere</bdi>' in html
    )
    assert "overt" not in html
    assert f"merge/?ids={source(a_map, 'S2').pk},{source(a_map).pk}" in html


def test_whoever_only_reads_is_offered_no_merge(
    desk: Desks, viewer: User, a_map: ArgumentMap, twice: dict[str, Any]
) -> None:
    html = desk(viewer).open("source_change", source(a_map).pk).content.decode()
    assert "the same title" in html
    assert "merge/" not in html
    both = source(a_map), source(a_map, "S2")
    assert merge_page(desk, viewer, *both).status_code == 403


def test_a_merge_is_shown_before_and_done_after(
    desk: Desks,
    analyst: User,
    a_map: ArgumentMap,
    twice: dict[str, Any],
    last_change: LastChange,
) -> None:
    data = {"action": "merge", "_selected_action": [each.pk for each in a_map.sources.all()]}
    address = reverse("admin:argmap_source_changelist")
    page = desk(analyst).client.post(address, data, follow=True)
    html = page.content.decode()
    for told in ("which one stays?", "X1 for E1", "X2 for E2", "https://x.example/", "A. Pilot"):
        assert told in html
    typed = {"keep": "S1", "seen": page.context["seen"]}
    where = page.redirect_chain[-1][0]
    answer = desk(analyst).client.post(where, typed, follow=True)
    assert "This now stands for another source as well." in answer.content.decode()
    assert {each.key for each in source(a_map).excerpts.all()} == {"X1", "X2"}
    assert source(a_map).url == "https://x.example/"
    assert {item[1:3] for item in last_change()} == {
        ("merge", "S1"),
        ("merge", "X2"),
        ("merge", "S2"),
    }
    actions.undo(actor=analyst, argument_map=a_map)
    assert source(a_map, "S2").excerpts.get().key == "X2"


def test_a_merge_of_what_changed_since_is_refused(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap, twice: dict[str, Any]
) -> None:
    both = source(a_map), source(a_map, "S2")
    page = merge_page(desk, analyst, *both)
    actions.edit_source(actor=editor, argument_map=a_map, key="S2", note="Mine.")
    where = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    typed = {"keep": "S1", "seen": page.context["seen"]}
    answer = desk(analyst).client.post(where, typed, follow=True)
    told = [str(each) for each in answer.context["messages"]]
    assert told == ["editor changed S2 (note) after you opened it. Nothing was saved."]
    assert source(a_map, "S2").note == "Mine."


def test_what_would_lose_a_text_is_not_offered(
    desk: Desks, analyst: User, a_map: ArgumentMap, twice: dict[str, Any]
) -> None:
    actions.attach_text(**twice, key="S2", data=TEXT.encode(), media_type="text/plain")
    both = source(a_map), source(a_map, "S2")
    page = merge_page(desk, analyst, *both)
    assert page.context["chosen"] == "S2"
    assert "let S2 stay" in page.content.decode()
    where = f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    answer = desk(analyst).client.post(where, {"keep": "S1"}, follow=True)
    assert "let S2 stay" in answer.content.decode()
    assert source(a_map, "S2").text == TEXT


def test_sources_of_two_maps_are_not_merged(
    desk: Desks, analyst: User, a_map: ArgumentMap, twice: dict[str, Any], hidden_map: ArgumentMap
) -> None:
    elsewhere = Source.objects.get(map__slug="elsewhere")
    for others, told in (
        ((elsewhere,), "Only sources of one map"),
        ((Source.objects.get(map=hidden_map),), "two sources or more"),
        ((), "two sources or more"),
    ):
        ids = ",".join(str(each.pk) for each in (source(a_map), *others))
        address = reverse("admin:argmap_source_merge") + f"?ids={ids}"
        answer = desk(analyst).client.get(address, follow=True)
        assert told in answer.content.decode()


def test_the_list_shows_what_rests_on_a_source_and_whether_its_text_is_here(
    desk: Desks, analyst: User, a_map: ArgumentMap, twice: dict[str, Any]
) -> None:
    place = {"section": "Winter", "paragraph": 1, "sentence": 2}
    actions.add_excerpt(**twice, statement="E1", source="S1", quotation="Ice.", locator=place)
    page = desk(analyst).open("source_changelist", query=f"?map={a_map.pk}")
    row = page.context["cl"].result_list[0]
    assert (row.key, row.statements_count, row.excerpts_count, row.length) == ("S1", 1, 2, 0)
    assert "A. Pilot" in page.content.decode()
