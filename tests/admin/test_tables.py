"""Maps as files in the admin, and tables of statements: out, and in again."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from argmap import actions, exports, graphs
from argmap.core.formats import csv_table, load_table, native, xlsx_table
from argmap.models import ArgumentMap, Change, Statement, Upload
from argmap.render import DrawingFailedError

Desks = Callable[[User], Any]

EDITED = """key;kind;text;status;bears_on;stance
C1;claim;The harbour closes.;reviewed;;
E1;evidence;Ice blocked the harbour on forty days last winter.;draft;K1;supports
;evidence;Tugs are dear.;;C1;supports
"""


def address(page: str, *args: Any) -> str:
    return reverse(f"admin:argmap_argumentmap_{page}", args=args)


def upload(desk: Any, a_map: ArgumentMap, content: bytes, name: str = "table.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return desk.client.post(address("table", a_map.pk), {"file": file}, follow=True)


def confirm(desk: Any, page: Any) -> str:
    return str(desk.send(page).content.decode())


def claim(a_map: ArgumentMap) -> str:
    return a_map.statements.get(key="C1").text


def test_a_table_shows_each_difference_and_is_then_written_as_one_change(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    before = Change.objects.count()

    page = upload(at, a_map, EDITED.encode())
    html = page.content.decode()
    for told in (
        "New: 1",
        "Changed: 1",
        "Unchanged: 1",
        "Not in the table, left as they are: 2",
        "The harbour should close in winter.",
        "The harbour closes.",
        "Reviewed",
        "supports C1",
        "row 3, column bears_on: is left as it is",
    ):
        assert told in html
    assert (Change.objects.count(), claim(a_map)) == (before, "The harbour should close in winter.")

    assert "1 statement added, 1 statement changed." in confirm(at, page)
    assert Change.objects.count() == before + 1
    assert claim(a_map) == "The harbour closes."
    assert not Upload.objects.exists()

    actions.undo(actor=editor, argument_map=a_map)
    assert (claim(a_map), a_map.statements.count()) == ("The harbour should close in winter.", 4)


def test_what_was_exported_comes_back_without_a_difference(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    for name in ("csv", "xlsx"):
        file = at.client.get(address("export_file", a_map.pk, name))
        html = upload(at, a_map, file.content).content.decode()
        assert "There is nothing to write" in html
        assert "Unchanged: 4" in html
        assert 'value="Import"' not in html


def test_a_refused_row_names_its_place_and_keeps_all_out(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    page = upload(at, a_map, b"key,text\nC1,Changed.\nE9,Ice.\n")
    html = page.content.decode()
    assert "row 3, column key: this map has no statement &quot;E9&quot;" in html
    assert 'value="Import"' not in html
    confirm(at, page)
    assert claim(a_map) == "The harbour should close in winter."


def test_a_statement_that_changed_after_the_preview_is_named(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    page = upload(at, a_map, EDITED.encode())
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="Mine.")
    html = confirm(at, page)
    assert "Analyst changed C1 (note) after you opened it. Nothing was saved." in html
    assert claim(a_map) == "The harbour should close in winter."
    # The preview stands there anew, of what is now: so one may say yes to that.
    again = at.client.get(address("table_preview", a_map.pk, Upload.objects.get().pk))
    assert "1 statement changed" in confirm(at, again)


def test_a_file_is_written_once(desk: Desks, editor: User, a_map: ArgumentMap) -> None:
    at = desk(editor)
    page = upload(at, a_map, EDITED.encode())
    confirm(at, page)
    assert "imported already" in confirm(at, page)
    assert a_map.statements.count() == 5


def test_a_large_table_tells_how_far_it_is(desk: Desks, editor: User, a_map: ArgumentMap) -> None:
    at = desk(editor)
    rows = "".join(f"evidence,Ice on day {day}.,C1,support\n" for day in range(1_200))
    page = upload(at, a_map, f"kind,text,bears_on,stance\n{rows}".encode())
    html = page.content.decode()
    assert "The first 200 of 1200." in html
    seen = page.context["revision"] and a_map.version
    answer = at.client.post(page.request["PATH_INFO"], {"seen": seen})
    parts = [part.decode() for part in answer.streaming_content]
    bars = [part for part in parts if "<progress" in part]
    assert ["500 of 1,200 rows" in bar for bar in bars] == [False, True, False, False]
    assert "1,200 of 1,200 rows" in bars[-1]
    assert "1,200 statements added, 0 statements changed." in parts[-2]
    assert parts[-1].rstrip().endswith("</html>")
    assert a_map.statements.count() == 1_204


def test_a_large_table_that_is_refused_says_so_in_the_page(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    rows = "".join(f",evidence,Ice on day {day}.\n" for day in range(600))
    page = upload(at, a_map, f"key,kind,text\nC1,claim,Changed.\n{rows}".encode())
    seen = a_map.version
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="Mine.")
    answer = at.client.post(page.request["PATH_INFO"], {"seen": seen})
    html = b"".join(answer.streaming_content).decode()
    assert "Nothing was written. analyst changed C1 (note)" in html
    assert (a_map.statements.count(), Upload.objects.count()) == (4, 1)


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_left_half_way_leaves_nothing(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    rows = "".join(f"evidence,Ice on day {day}.\n" for day in range(1_200))
    page = upload(at, a_map, f"kind,text\n{rows}".encode())
    answer = at.client.post(page.request["PATH_INFO"], {"seen": a_map.version})
    parts = iter(answer.streaming_content)
    assert any("500 of 1,200" in next(parts).decode() for _ in range(5))
    answer.close()
    a_map.refresh_from_db()
    assert (a_map.statements.count(), Upload.objects.count()) == (4, 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The submitted file is empty."),
        (b"\x00\x01\x02\xff", "line 1: byte 4 of the file is not UTF-8"),
        (b"colour,size\nred,1\n", "row 1: names no column key or text"),
        (b"text\n" + b"x\n" * 100_000, "row 20002: a map holds 20,000 statements at the most"),
        (b"PK\x03\x04nothing", "this is not an XLSX workbook"),
    ],
)
def test_a_hostile_file_is_told_in_one_line(
    desk: Desks, editor: User, a_map: ArgumentMap, content: bytes, told: str
) -> None:
    page = upload(desk(editor), a_map, content)
    assert page.status_code == 200
    assert page.context["form"].errors["file"] == [page.context["form"].errors["file"][0]]
    assert told in page.context["form"].errors["file"][0]
    assert not Upload.objects.exists()


def test_a_file_larger_than_the_site_takes_is_not_read(
    desk: Desks, editor: User, a_map: ArgumentMap, settings: LazySettings
) -> None:
    settings.ARGMAP_MAX_UPLOAD_BYTES = 1024
    page = upload(desk(editor), a_map, b"x" * 50 * 1024)
    told = page.context["form"].errors["file"][0]
    assert told == "The file has 50.0\xa0KB: 1.0\xa0KB is the most."


def test_hostile_texts_are_texts(desk: Desks, editor: User, a_map: ArgumentMap) -> None:
    at = desk(editor)
    texts = (
        "<script>alert(1)</script>",
        "\u202eright to left",
        "👩🏽‍🔬 '=1+1",
        "=cmd|' /C calc'!A0",
    )
    graph = graphs.load_graph(a_map)
    lines = [["kind", "text"], *(["claim", text] for text in texts)]
    page = upload(at, a_map, csv_table.write(lines).encode())
    assert "<script>alert(1)" not in page.content.decode()
    confirm(at, page)
    made = graphs.load_graph(a_map).statements
    assert {each.text for each in made} - {each.text for each in graph.statements} == {*texts}
    file = at.client.get(address("export_file", a_map.pk, "csv")).content.decode()
    assert ",'=cmd|" in file


def test_uploads_of_one_person_make_room_for_each_other(
    desk: Desks, editor: User, analyst: User, a_map: ArgumentMap
) -> None:
    theirs = upload(desk(analyst), a_map, EDITED.encode()).context["upload"]
    mine = [upload(desk(editor), a_map, EDITED.encode()).context["upload"] for _ in range(7)]
    assert {*Upload.objects.all()} == {theirs, *mine[2:]}


def test_nobody_sees_what_another_sent(
    desk: Desks, editor: User, analyst: User, a_map: ArgumentMap
) -> None:
    sent = upload(desk(editor), a_map, EDITED.encode()).context["upload"]
    there = address("table_preview", a_map.pk, sent.pk)
    answer = desk(analyst).client.get(there, follow=True)
    assert "is kept no longer" in answer.content.decode()
    assert "Tugs are dear." not in answer.content.decode()


@pytest.mark.parametrize("who", ["viewer", "outsider"])
def test_who_may_not_edit_may_not_import(
    desk: Desks, request: pytest.FixtureRequest, a_map: ArgumentMap, who: str
) -> None:
    at = desk(request.getfixturevalue(who))
    wanted = 403 if who == "viewer" else 404
    assert at.client.get(address("table", a_map.pk)).status_code == wanted
    assert upload(at, a_map, EDITED.encode()).status_code == wanted
    if who == "viewer":
        html = at.open("argumentmap_change", a_map.pk).content.decode()
        assert address("export", a_map.pk) in html
        assert address("table", a_map.pk) not in html


def test_a_table_takes_the_right_to_write_each_kind(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    group = Group.objects.get(name="Analysts")
    group.permissions.remove(Permission.objects.get(codename="add_counterargument"))
    assert desk(editor).client.get(address("table", a_map.pk)).status_code == 403


# --- Out ----------------------------------------------------------------------------------------


def test_every_format_is_offered_and_given(desk: Desks, viewer: User, a_map: ArgumentMap) -> None:
    at = desk(viewer)
    html = at.client.get(address("export", a_map.pk)).content.decode()
    for name, known in exports.EXPORTS.items():
        assert address("export_file", a_map.pk, name) in html
        if not known.draws:
            answer = at.client.get(address("export_file", a_map.pk, name))
            assert answer.headers["Content-Type"] == known.media_type
            told = f'attachment; filename="harbour{known.suffix}"'
            assert answer.headers["Content-Disposition"] == told
            assert answer.content == exports.write(graphs.load_graph(a_map), name)
    assert at.client.get(address("export_file", a_map.pk, "zip")).status_code == 404


def test_a_drawing_that_cannot_be_is_told(
    desk: Desks, viewer: User, a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DrawingFailedError("Graphviz is away.")

    monkeypatch.setattr(exports, "image", fail)
    answer = desk(viewer).client.get(address("export_file", a_map.pk, "png"), follow=True)
    assert "Graphviz is away." in answer.content.decode()


def download(desk: Any, kind: str, name: str, rows: list[Statement], **more: str) -> bytes:
    there = reverse(f"admin:argmap_{kind}_changelist")
    chosen = {"action": f"download_{name}", "_selected_action": [row.pk for row in rows], **more}
    content: bytes = desk.client.post(there, chosen).content
    return content


def test_chosen_statements_are_had_as_a_table_and_come_in_again(
    desk: Desks, editor: User, a_map: ArgumentMap
) -> None:
    at = desk(editor)
    chosen = [*a_map.statements.filter(key="E1")]
    for name in ("csv", "xlsx"):
        (row,) = load_table(download(at, "evidence", name, chosen)).rows
        assert (row.key, row.bears_on, row.beside["excerpts"]) == ("E1", ("C1",), "X1 of S1")
    html = upload(at, a_map, download(at, "evidence", "csv", chosen)).content.decode()
    assert "There is nothing to write" in html
    assert "To note" not in html


def test_all_that_the_filters_leave_are_had_of_readable_maps_alone(
    desk: Desks, outsider: User, editor: User, a_map: ArgumentMap, hidden_map: ArgumentMap
) -> None:
    other = actions.import_graph(actor=None, graph=graphs.load_graph(a_map), owner=editor).map
    everything = [*Statement.objects.all()]
    file = download(desk(editor), "evidence", "csv", everything, select_across="1")
    assert b"Covert" not in file
    rows = load_table(file).rows
    assert [(row.beside["map"], row.key) for row in rows] == [
        ("harbour", "E1"),
        ("harbour", "E2"),
        (other.slug, "E1"),
        (other.slug, "E2"),
    ]
    html = upload(desk(editor), a_map, file).content.decode()
    assert "row 4, column map: the row is of the map &quot;harbour-2&quot;" in html


@pytest.mark.parametrize("maps", [1, 4])
def test_a_download_costs_the_same_of_however_many_maps(
    admin: User,
    a_map: ArgumentMap,
    maps: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(maps - 1):
        actions.import_graph(actor=None, graph=graphs.load_graph(a_map))
    # statements with their maps, excerpts with their sources, premises with their inferences
    with django_assert_num_queries(3):
        found = graphs.load_chosen(Statement.objects.all())
    assert len(found) == maps


def test_exports_are_the_cores_own(a_map: ArgumentMap) -> None:
    graph = graphs.load_graph(a_map)
    assert exports.write(graph, "csv") == csv_table.dump(graph).encode()
    assert exports.write(graph, "json") == native.dump(graph).encode()
    assert BytesIO(exports.write(graph, "xlsx")).getvalue() == xlsx_table.dump(graph)
