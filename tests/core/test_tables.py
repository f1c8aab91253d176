"""Statements as CSV and as a workbook, out and in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from argmap.core.formats import FormatError, csv_table, load_table, xlsx_table
from argmap.core.formats.cells import guarded, listed, plain, read_list, same_figure, unguarded
from argmap.core.formats.table import FIELDS, Table
from argmap.core.graph import Graph, Statement
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Stance, Status
from argmap.core.limits import COLUMNS_LIMIT, STATEMENTS_LIMIT, UNPACKED_LIMIT
from argmap.core.revising import revise
from tests.core.maps import attack, graph_of, support
from tests.strategies import graphs, texts

Dump = Callable[[Graph], bytes]


def in_csv(graph: Graph) -> bytes:
    return csv_table.dump(graph).encode()


DUMPS = pytest.mark.parametrize("dump", [in_csv, xlsx_table.dump])
FEW = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)


def rows_of(*lines: str) -> Table:
    return load_table("\n".join(lines).encode())


def workbook(*lines: list[object], title: str = "Statements") -> bytes:
    """Return a workbook as someone else's program writes it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for line in lines:
        sheet.append(line)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_a_table_has_it(statement: Statement) -> dict[str, Any]:
    found = {name: getattr(statement, name) for name in FIELDS}
    found |= {name: plain(found[name]) for name in ("title", "text", "note")}
    found["tags"] = tuple(sorted({plain(tag) for tag in statement.tags} - {""}))
    return found


# --- Laws ---------------------------------------------------------------------------------------


@DUMPS
@FEW
@given(graph=graphs())
def test_what_goes_out_comes_in_the_same(dump: Dump, graph: Graph) -> None:
    table = load_table(dump(graph))
    assert not table.refused
    assert not table.losses
    for row in table.rows:
        wanted = as_a_table_has_it(graph.statement[row.key])
        assert same_figure(row.fields["base_score"], wanted["base_score"])
        assert {**row.fields, "base_score": None} == {**wanted, "base_score": None}
    assert {row.key for row in table.rows} == graph.statement.keys()


@DUMPS
@FEW
@given(graph=graphs())
def test_a_table_without_edits_changes_nothing(dump: Dump, graph: Graph) -> None:
    found = revise(graph, load_table(dump(graph)))
    assert (found.size, found.refused, found.losses, found.absent) == (0, (), (), ())
    assert found.unchanged == len(graph.statements)


@DUMPS
def test_the_same_map_gives_the_same_bytes(dump: Dump) -> None:
    graph = graph_of(support("I1", "E1", "C1"))
    assert dump(graph) == dump(replace(graph))


@given(text=texts() | st.text("'=+-@\t\n ab"))
def test_no_cell_runs_and_each_comes_back(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in {*"=+-@\t\r\n"}
    assert unguarded(cell) == text


@given(parts=st.lists(texts(20).map(plain).filter(bool)))
def test_lists_come_back(parts: list[str]) -> None:
    assert read_list(listed(parts)) == tuple(parts)


@given(figure=st.floats(0, 1))
def test_what_a_spreadsheet_cuts_off_a_figure_is_no_change(figure: float) -> None:
    assert same_figure(figure, float(f"{figure:.15g}"))


# --- Out ----------------------------------------------------------------------------------------

SMALL = graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "I1"), E1="=1+1", E2="Ice; snow")


def test_csv_is_what_excel_opens() -> None:
    lines = csv_table.dump(SMALL).split("\r\n")
    assert lines[0].startswith("\ufeffkey,kind,title,text,")
    assert lines[2] == "E1,evidence,,'=1+1,,,,,,draft,,C1,support,"
    assert lines[4].endswith(",draft,,I1,attack,")


def test_inferences_as_csv() -> None:
    assert csv_table.dump_inferences(SMALL).split("\r\n")[1:3] == [
        "I1,support,E1; E2,C1,,,1.0",
        "I2,attack,K1,I1,,,1.0",
    ]


def test_a_workbook_holds_texts_and_a_choice_of_words() -> None:
    graph = replace(
        SMALL,
        statements=(replace(SMALL.statement["E1"], text="#N/A _x000D_", base_score=0.25),),
    )
    book = load_workbook(BytesIO(xlsx_table.dump(graph)))
    assert book.sheetnames == ["Statements", "Inferences"]
    sheet = book["Statements"]
    cell, score = sheet["D2"], sheet["I2"]
    assert (cell.data_type, cell.number_format, score.value) == ("s", "@", 0.25)
    assert sheet.freeze_panes == "B2"
    offered = {str(each.sqref)[:2]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert offered["B2"] == '"claim,evidence,counterargument"'
    assert [cell.value for cell in book["Inferences"][3]] == [
        "I2",
        "attack",
        "K1",
        "I1",
        None,
        None,
        1,
    ]


# --- In -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_reads_what_spreadsheets_write(sign: str, encoding: str) -> None:
    lines = [["text", "Kind ", "KEY"], ['"Eis, und; Schnee"', "Claim", "c7"]]
    data = "\r\n".join(sign.join(line) for line in lines).encode(encoding)
    (row,) = load_table(data).rows
    assert (row.number, row.key) == (2, "C7")
    assert row.fields == {"text": "Eis, und; Schnee", "kind": Kind.CLAIM}


def test_reads_what_people_type() -> None:
    (row,) = rows_of(
        "kind;text;likelihood;confidence;credibility;base_score;status;tags;bears_on;stance",
        'Counterargument;It thawed.;very likely;HIGH;2.0;0,5;;"b; a\nb";c1;Supports',
    ).rows
    assert row.fields == {
        "kind": Kind.COUNTERARGUMENT,
        "text": "It thawed.",
        "likelihood": Likelihood.VERY_LIKELY,
        "confidence": Confidence.HIGH,
        "credibility": Credibility.PROBABLY_TRUE,
        "base_score": 0.5,
        "status": None,
        "tags": ("a", "b"),
    }
    assert (row.bears_on, row.stance) == (("C1",), (Stance.SUPPORT,))


def test_reads_what_a_workbook_made_of_it() -> None:
    data = workbook(
        ["key", "text", "title", "credibility", "base_score", "status", "note"],
        [None, 2017, 3.0, 2, 1, "reviewed", "one_x000D_\ntwo"],
        [],
        ["E1", "Ice.", True, None, 0.1],
        title="Tabelle1",
    )
    first, second = load_table(data).rows
    assert first.fields == {
        "text": "2017",
        "title": "3",
        "credibility": Credibility.PROBABLY_TRUE,
        "base_score": 1.0,
        "status": Status.REVIEWED,
        "note": "one\ntwo",
    }
    assert (second.number, second.fields["title"]) == (4, "TRUE")


def test_says_what_it_leaves_out() -> None:
    table = rows_of("text,colour,kind", "Ice.,red,claim,more", ",,", "Snow.,,claim")
    assert [str(loss) for loss in table.losses] == [
        'column "colour": is not known: 1 filled cell left out',
        "columns without a heading: cannot be told: 1 filled cell left out",
    ]
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("kind,hunch", 'row 2, column kind: "hunch" is not one of claim, evidence'),
        ("likelihood,55%", 'row 2, column likelihood: "55%" is not one of almost_no_chance'),
        ("credibility,7", 'row 2, column credibility: "7" is not one of 1, 2'),
        ("base_score,1.5", 'row 2, column base_score: "1.5" is not a number between 0 and 1'),
        ("base_score,nan", 'row 2, column base_score: "nan" is not a number'),
        ("stance,maybe", 'row 2, column stance: "maybe" is not one of support, attack'),
        ('tags,"""a"', "row 2, column tags: a quotation mark opens and does not close"),
        ("note,\0", "row 2, column note: the character U+0000 at position 1 cannot be kept"),
    ],
)
def test_names_the_cell_that_it_cannot_read(cell: str, told: str) -> None:
    name, _, value = cell.partition(",")
    (refused,) = rows_of(f"text,{name}", f"Ice.,{value}").refused
    assert str(refused).startswith(told)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the table is empty"),
        (b"a,b\n1,2", "row 1: names no column key or text"),
        (b"\n\nColour\n1", "row 3: names no column key or text"),
        (b"text,Text\n1,2", "row 1: two columns are called text"),
        (b"text\nEis\nSchn\xe9e", "line 3: byte 14 of the file is not UTF-8: save it as"),
        (b"\xff\xfet\x00e", "line 1: byte 5 of the file is not UTF-16"),
        (b'text\nIce.\n"open', "row 3: this is not CSV"),
        (b'text\n"a"b', "row 2: this is not CSV"),
        (b"text\n" + b"x" * 200_000, "row 2: this is not CSV: has a cell of more than 131,072"),
        (b"text" + b"," * COLUMNS_LIMIT + b"\n", "row 1: has more than 100 columns"),
        (b"text\n" + b"x\n" * 100_000, "row 20002: a map holds 20,000 statements at the most"),
        (b"\x89PNG\r\n\x1a\n", "line 1: byte 1 of the file is not UTF-8"),
        (b"\xd0\xcf\x11\xe0 old", "this is an old or an encrypted workbook: save it as .xlsx"),
        (b"PK\x03\x04 broken", "this is not an XLSX workbook"),
    ],
)
def test_refuses_what_is_no_table(data: bytes, told: str) -> None:
    with pytest.raises(FormatError) as refused:
        load_table(data)
    assert str(refused.value).startswith(told)


def edited(part: str, change: Callable[[str], str]) -> bytes:
    """Return a good workbook with one of its parts changed."""
    file = BytesIO()
    with ZipFile(BytesIO(xlsx_table.dump(SMALL))) as good, ZipFile(file, "w", ZIP_DEFLATED) as bad:
        for name in good.namelist():
            text = good.read(name).decode()
            bad.writestr(name, change(text) if name == part else text)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bomb"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_refuses_entities_in_a_workbook(part: str) -> None:
    assert load_table(edited(part, lambda text: f"<!-- no entities -->{text}")).rows
    with pytest.raises(FormatError, match="this is not an XLSX workbook that can be read"):
        load_table(edited(part, lambda text: ENTITIES + text))


def test_refuses_an_archive_that_would_fill_the_memory() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, archive.open("a.xml", "w") as part:
        for _ in range(100):
            part.write(bytes(UNPACKED_LIMIT // 100))
        part.write(b"0")
    assert len(file.getvalue()) < 200_000
    with pytest.raises(FormatError, match="unpacks to 100,000,001 bytes in 1 parts"):
        load_table(file.getvalue())


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-200],
        lambda text: text.replace('r="A1"', 'r="1A"'),
        lambda text: text.replace("<row", "<row><row", 1),
    ],
)
def test_refuses_a_broken_sheet(change: Callable[[str], str]) -> None:
    with pytest.raises(FormatError, match="this is not an XLSX workbook that can be read"):
        load_table(edited(SHEET, change))


def test_refuses_any_other_archive() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(FormatError, match="this is not an XLSX workbook"):
        load_table(file.getvalue())


def test_names_a_formula_and_a_date_of_a_workbook() -> None:
    with pytest.raises(FormatError) as formula:
        load_table(workbook(["text"], ["=1+1"]))
    assert str(formula.value) == "row 2, column A: holds a formula: put its value in its place"
    data = edited(
        SHEET,
        lambda text: text.replace(
            't="inlineStr"><is><t>What C1 says.</t></is>', 't="d"><v>2017-02-16</v>'
        ),
    )
    with pytest.raises(FormatError, match=r"row 2, column D: was made a date"):
        load_table(data)


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    data = edited(
        SHEET, lambda text: text.replace("<sheetViews>", '<dimension ref="A1:B2"/><sheetViews>')
    )
    assert len(load_table(data).rows) == len(SMALL.statements)


def test_a_full_map_fits() -> None:
    lines = ["text,kind", *["Ice.,claim"] * STATEMENTS_LIMIT]
    assert len(rows_of(*lines).rows) == STATEMENTS_LIMIT
