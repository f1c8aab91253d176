"""What tells that two sources are one document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.likeness import Likeness, Marks, alike, marks, plain_address, plain_title, shared
from tests.strategies import filled, maybe, texts

SAME_TITLES = [
    ("The Harbour Master's Log", "the harbour master’s log."),
    ("The Harbour Master's Log", "The harbour masters' log"),
    ("Rapport annuel : été 2017", "RAPPORT ANNUEL – ETE 2017"),
    ("ﬁsh  and\nchips", "Fish and chips"),
]
SAME_ADDRESSES = [
    ("https://www.example.org/log/", "http://example.org/log"),
    ("https://EXAMPLE.org:443/log", "https://example.org/log#page=3"),
    ("https://example.org/log?utm_source=x&id=3", "https://example.org/log?id=3&utm_medium=y"),
    ("http://example.org", "https://example.org/?fbclid=abc"),
]
OTHER_ADDRESSES = [
    ("https://example.org/log", "https://example.org/Log"),
    ("https://example.org/log?id=3", "https://example.org/log?id=4"),
    ("https://example.org/log", "https://example.com/log"),
    ("https://example.org:8080/log", "https://example.org/log"),
]


@pytest.mark.parametrize(("one", "other"), SAME_TITLES)
def test_titles_that_differ_by_accident(one: str, other: str) -> None:
    assert plain_title(one) == plain_title(other) != ""


@pytest.mark.parametrize(("one", "other"), SAME_ADDRESSES)
def test_addresses_that_differ_by_accident(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other) != ""


@pytest.mark.parametrize(("one", "other"), OTHER_ADDRESSES)
def test_addresses_of_other_documents(one: str, other: str) -> None:
    assert plain_address(one) != plain_address(other)


def test_what_says_nothing_is_like_nothing() -> None:
    bare = marks("", "", "")
    assert shared(bare, bare) == []
    assert not alike([(1, bare), (2, bare)])


def test_sources_are_like_by_each_thing_that_they_share() -> None:
    found = alike(
        [
            (1, marks("Log", "https://x.example/1", "a" * 64)),
            (2, marks("log", "https://x.example/2", "a" * 64)),
            (3, marks("Almanac", "http://x.example/1/", "")),
            (4, marks("Tides", "", "")),
        ]
    )
    assert found == {
        1: {Likeness.TEXT: [2], Likeness.TITLE: [2], Likeness.ADDRESS: [3]},
        2: {Likeness.TEXT: [1], Likeness.TITLE: [1]},
        3: {Likeness.ADDRESS: [1]},
    }


URLS = st.sampled_from([pair[0] for pair in SAME_ADDRESSES + OTHER_ADDRESSES]) | texts(30)
MARKS = st.builds(marks, filled(20), URLS, st.sampled_from(["", "a" * 64, "b" * 64]))


@given(st.lists(MARKS, max_size=8))
def test_many_are_alike_as_each_two_of_them_are(found: list[Marks]) -> None:
    result = alike(enumerate(found))
    for one, mine in enumerate(found):
        for other, theirs in enumerate(found):
            if one != other:
                said = [why for why, names in result.get(one, {}).items() if other in names]
                assert sorted(said) == sorted(shared(mine, theirs))


@given(URLS)
def test_a_plain_address_stays_plain(url: str) -> None:
    assert plain_address(plain_address(url)) == plain_address(url)


@given(maybe(filled(40)))
def test_a_plain_title_stays_plain(title: str | None) -> None:
    assert plain_title(plain_title(title or "")) == plain_title(title or "")
