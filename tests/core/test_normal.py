from __future__ import annotations

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.normal import align, digest, normalise

# Letters with accents apart, Hangul in parts, ligatures, hyphens, breaks: all that may change.
awkward = st.text(
    st.one_of(
        st.sampled_from(
            "ab -\u2010\u2011\u00ad\n\r\f\t\u2028é\u0301\u0323ﬁ\u00b4ﾞ각\u1100\u1161\u11a8ㄳ"
        ),
        st.characters(exclude_categories=["Cs"]),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  one\n two\t three\f\n", "one two three"),
        ("co\u00adop", "coop"),
        ("counter\u00ad\nattack", "counterattack"),
        ("counter\u00ad\r\nattack", "counterattack"),
        ("ultra-\nlight", "ultra-light"),
        ("ultra\u2010\r\nlight", "ultra\u2010light"),
        ("a - b", "a - b"),
        ("ﬁne ½", "fine 1⁄2"),  # noqa: RUF001
        ("a\u00a0b", "a b"),
        ("e\u0301", "é"),
        ("e\u00ad\u0301", "é"),
        ("", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_an_accent_kept_apart_by_a_line_break_stays_apart() -> None:
    assert normalise("e\n\u0301") == "e \u0301"


@given(awkward)
def test_normalising_twice_is_as_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(awkward)
def test_normalised_text_is_nfkc_with_single_spaces(text: str) -> None:
    normal = normalise(text)
    assert unicodedata.is_normalized("NFKC", normal)
    assert " ".join(normal.split()) == normal


def test_digest_is_of_the_normalised_words() -> None:
    assert digest(" dé-\njà\nvu ") == hashlib.sha256("dé-jà vu".encode()).hexdigest()


@given(awkward)
def test_aligning_gives_the_normalised_text_and_a_place_for_each_code_point(text: str) -> None:
    aligned = align(text)
    assert aligned.normal == normalise(text)
    assert len(aligned.starts) == len(aligned.ends) == len(aligned.normal)
    assert list(aligned.starts) == sorted(aligned.starts)
    assert list(aligned.ends) == sorted(aligned.ends)


@given(awkward, st.data())
def test_what_a_window_spans_in_the_stored_text_normalises_to_the_window(
    text: str, data: st.DataObject
) -> None:
    aligned = align(text)
    start = data.draw(st.integers(0, len(text)))
    first, last = aligned.window(start, data.draw(st.integers(start, len(text))))
    if first < last:
        begin, end = aligned.span(first, last)
        assert normalise(text[begin:end]) == aligned.normal[first:last]


def test_a_ligature_is_taken_whole() -> None:
    aligned = align("of ﬁne art")
    assert aligned.window(3, 4) == (3, 5)
    assert aligned.span(4, 5) == (3, 4)
