from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.limits import TEXT_LIMIT
from argmap.core.wording import Fate, Part, reworded

KEPT, DELETED, INSERTED = Fate.KEPT, Fate.DELETED, Fate.INSERTED

WORDS = st.lists(st.sampled_from(["ice", "Ice", ",", " ", "  ", "\n", "harbour", "é", "冰", "."]))
TEXTS = st.text(max_size=200) | WORDS.map("".join)


def made_of(parts: tuple[Part, ...], *fates: Fate) -> str:
    return "".join(part.text for part in parts if part.fate in fates)


@given(before=TEXTS, after=TEXTS)
def test_the_parts_make_up_both_wordings_to_the_character(before: str, after: str) -> None:
    parts = reworded(before, after)
    assert made_of(parts, KEPT, DELETED) == before
    assert made_of(parts, KEPT, INSERTED) == after
    assert all(part.text for part in parts)
    assert all(one.fate is not other.fate for one, other in pairwise(parts))


@given(text=TEXTS)
def test_what_nobody_changed_is_kept(text: str) -> None:
    assert reworded(text, text) == ((Part(KEPT, text),) if text else ())


def test_words_are_marked_and_not_their_letters() -> None:
    assert reworded("The harbour froze early.", "The harbour froze late, again.") == (
        (KEPT, "The harbour froze"),
        (DELETED, " early"),
        (INSERTED, " late, again"),
        (KEPT, "."),
    )


def test_a_gap_between_two_changes_goes_with_them() -> None:
    assert reworded("one two three", "four five three") == (
        (DELETED, "one two"),
        (INSERTED, "four five"),
        (KEPT, " three"),
    )


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        ("a " + "ice " * 2_400 + "z", "b " + "ice " * 2_300 + "y", ""),
        ("a. Ice." + " ice" * 900 + ". So.", "b. Ice." + " ice" * 901 + ". No.", " Ice.."),
        ("ice " * 2_500, "ice " * 2_400, "ice " * 2_400),
    ],
)
def test_a_text_that_repeats_itself_is_compared_by_sentences_or_not_at_all(
    before: str, after: str, kept: str
) -> None:
    assert len(before) <= TEXT_LIMIT
    parts = reworded(before, after)
    assert made_of(parts, KEPT) == kept
    assert made_of(parts, KEPT, DELETED) == before
    assert made_of(parts, KEPT, INSERTED) == after
