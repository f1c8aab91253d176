from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import font_source_sans_pro
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.advances import REGULAR, SEMIBOLD, Runs
from argmap.core.measure import (
    ELLIPSIS,
    SIZE,
    Weight,
    clean,
    is_exact,
    is_right_to_left,
    width,
    wrap,
)

ANY_TEXT = st.text(st.characters())
LIMIT = 100.0


@pytest.mark.parametrize(("runs", "style"), [(REGULAR, "Regular"), (SEMIBOLD, "Semibold")])
def test_the_table_says_what_the_font_says(runs: Runs, style: str) -> None:
    path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{style}.ttf"
    with TTFont(path) as font:
        glyphs, widths, units = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        table = {start + n: w for start, run in runs.items() for n, w in enumerate(run)}
        assert table == {code: round(widths[glyphs[code]][0] * 1000 / units) for code in table}
        needed = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x391, 0x3CA), 0x20AC, 0x2192]
        assert [code for code in needed if code in glyphs and code not in table] == []


@pytest.mark.parametrize("text", ["Ships call here.", "Straße, crème", "Δοκιμή", "Пакт", "1 €"])
def test_texts_of_the_font_are_measured(text: str) -> None:
    assert is_exact(text)


@pytest.mark.parametrize("text", ["بندرگاہ", "港口", "항구", "बंदरगाह", "🚢", "e\u0301\u0f71"])
def test_texts_of_other_fonts_are_estimated(text: str) -> None:
    assert not is_exact(text)
    assert width(text) > 0


def test_heavier_type_is_wider_and_size_scales() -> None:
    assert width("harbour", Weight.SEMIBOLD) > width("harbour")
    assert width("harbour", size=2 * SIZE) == pytest.approx(2 * width("harbour"))


@given(ANY_TEXT)
def test_clean_text_is_xml_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    element = ET.Element("t")
    element.text = cleaned
    # An XML parser takes it, and gives it back.
    assert (ET.fromstring(ET.tostring(element, "unicode")).text or "") == cleaned  # noqa: S314


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\r\nb\rc\u2028d\u2029e\vf\fg\x85h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("a\tb", "a    b"),
        ("\x00\x1b\x9f\ud800\ufdd0\uffff", "\ufffd" * 6),
    ],
)
def test_clean(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(ANY_TEXT, st.sampled_from(list(Weight)))
def test_no_line_is_wider_than_the_limit(text: str, weight: Weight) -> None:
    for line in wrap(text, LIMIT, lines=7, weight=weight):
        assert line.width <= LIMIT
        assert line.width == pytest.approx(width(line.text, weight))
        assert line.exact == is_exact(line.text, weight)


@given(ANY_TEXT)
def test_nothing_is_lost_where_there_is_room(text: str) -> None:
    lines = wrap(text, LIMIT, lines=10_000)
    assert "".join("".join(line.text.split()) for line in lines) == "".join(clean(text).split())


def test_lines_break_between_words_and_at_line_breaks() -> None:
    lines = [
        line.text for line in wrap("The ships call at the quay.\n\nIt is old.", LIMIT, lines=9)
    ]
    assert lines == ["The ships call at", "the quay.", "It is old."]


def test_a_word_wider_than_a_line_is_broken() -> None:
    lines = wrap("w" * 500, LIMIT, lines=1000)
    assert len(lines) > 50
    assert "".join(line.text for line in lines) == "w" * 500


def test_a_long_text_ends_in_an_ellipsis() -> None:
    lines = wrap("word " * 2000, LIMIT, lines=7)
    assert len(lines) == 7
    assert lines[-1].text.endswith(ELLIPSIS)
    assert lines[-1].width <= LIMIT


def test_an_ellipsis_stands_only_where_text_is_left_over() -> None:
    assert [line.text for line in wrap("one\ntwo", LIMIT, lines=2)] == ["one", "two"]


def test_marks_and_joined_emoji_are_not_torn_apart() -> None:
    family = "👨\u200d👩\u200d👧"
    lines = wrap(family * 40, LIMIT, lines=100)
    assert all(line.text.replace(family, "") == "" for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("بندرگاہ", True), ("1. بندرگاہ", True), ("Port بندر", False), ("12", False)],
)
def test_the_first_letter_with_a_direction_decides(text: str, expected: bool) -> None:  # noqa: FBT001
    assert is_right_to_left(text) is expected
