from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.readable import compared, readable
from argmap.core.wording import Fate


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("likelihood", "very_likely", "Very likely"),
        ("kind", "counterargument", "Counterargument"),
        ("kind", "no word of today", "no word of today"),
        ("tags", ["ice", "port"], "ice, port"),
        ("text", None, ""),
        ("weight", 0.5, "0.5"),
        ("weight", 0.0, "0.0"),
    ],
)
def test_a_field_reads_as_people_say_it(name: str, value: object, read: str) -> None:
    assert readable(name, value) == read


def test_texts_are_compared_by_words_and_all_else_as_a_whole() -> None:
    assert [(part.fate, part.text) for part in compared("text", "Close it.", "Close it now.")] == [
        (Fate.KEPT, "Close it"),
        (Fate.INSERTED, " now"),
        (Fate.KEPT, "."),
    ]
    told = compared("likelihood", "unlikely", "likely")
    assert "".join(part.text for part in told) == "Unlikely → Likely"
    assert [part.fate for part in compared("likelihood", None, "likely")] == [Fate.INSERTED]
    assert [part.fate for part in compared("premises", ["E1"], [])] == [Fate.DELETED]
    assert compared("text", None, "") == ()


@given(st.text(min_size=1), st.text(min_size=1))
def test_what_is_shown_holds_both_wordings_to_the_character(before: str, after: str) -> None:
    parts = compared("note", before, after)
    old = "".join(part.text for part in parts if part.fate is not Fate.INSERTED)
    new = "".join(part.text for part in parts if part.fate is not Fate.DELETED)
    assert (old, new) == (("", "") if before == after else (before, after))
