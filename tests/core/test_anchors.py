from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.anchors import (
    Document,
    Selection,
    digest,
    locate,
    normalise,
    quote,
    read_document,
    resolve,
    select,
)
from argmap.core.graph import Excerpt, Locator
from argmap.core.kinds import Outcome

TEXT = """The River Gauge

By Ada M. Quill

Findings

The bridge closed at night. Nobody had read the gauge since noon. The clerk
was away.

The river rose by two metres, which the ultra-
sonic gauge (the ﬁrst of its kind) did not show. The clerk was away.

Measures

A bell was hung at the gauge. "It rings," the clerk said, "when the river rises."
"""
DOCUMENT = read_document(TEXT)


def selected(document: Document, words: str) -> Selection:
    start = document.text.index(words)
    return select(document, start, start + len(words))


def detached(selection: Selection) -> Excerpt:
    return Excerpt(key="X1", source="S1", locator=selection.locator, sha256=selection.sha256)


def attached(selection: Selection) -> Excerpt:
    return replace(
        detached(selection),
        exact=selection.exact,
        prefix=selection.prefix,
        suffix=selection.suffix,
        start=selection.start,
        end=selection.end,
    )


def place(section: str, paragraph: int, sentence: int, last: int | None, length: int) -> Locator:
    return Locator(
        section=section, paragraph=paragraph, sentence=sentence, last_sentence=last, length=length
    )


sentences = st.sampled_from(
    [
        DOCUMENT.aligned.span(span.start, span.end)
        for paragraph in DOCUMENT.paragraphs
        for span in paragraph.sentences
    ]
)


@st.composite
def ranges(draw: st.DrawFn) -> tuple[int, int]:
    """Ranges of the text that begin in a paragraph and hold words."""
    body = draw(st.sampled_from(DOCUMENT.paragraphs))
    begin, finish = DOCUMENT.aligned.span(body.start, body.end)
    start = draw(st.integers(begin, finish - 1))
    end = draw(st.integers(start + 1, finish))
    return (start, end) if TEXT[start:end].strip() else (begin, finish)


def test_select_names_words_position_place_and_hash() -> None:
    assert selected(DOCUMENT, " had read ") == Selection(
        exact="had read",
        prefix="The bridge closed at night. Nobody "[-32:],
        suffix=" the gauge since noon. The clerk\nwas away."[:32],
        start=TEXT.index("had read"),
        end=TEXT.index(" the gauge since"),
        sha256=digest("had read"),
        locator=place("Findings", 1, 2, None, 8),
    )


def test_a_range_of_sentences_names_its_last_and_its_normalised_length() -> None:
    words = "read the gauge since noon. The clerk\nwas"
    assert selected(DOCUMENT, words).locator == place("Findings", 1, 2, 3, len(words))


def test_a_range_over_two_paragraphs_ends_with_the_last_sentence_of_the_first() -> None:
    words = "was away.\n\nThe river"
    assert selected(DOCUMENT, words).locator == place("Findings", 1, 3, None, len(words) - 1)


def test_a_heading_has_no_place() -> None:
    assert locate(DOCUMENT, 0, 9) is None


@pytest.mark.parametrize(("start", "end"), [(5, 5), (3, 4), (-1, 4), (9, 5), (0, len(TEXT) + 1)])
def test_a_range_without_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=r"range|no words"):
        select(DOCUMENT, start, end)


def test_quote_gives_whole_normalised_sentences() -> None:
    assert quote(DOCUMENT, place("Findings", 2, 1, None, 3)).startswith(
        "The river rose by two metres, which the ultra-sonic gauge (the first of"
    )
    assert quote(DOCUMENT, place("Findings", 1, 2, 3, 3)) == (
        "Nobody had read the gauge since noon. The clerk was away."
    )


@pytest.mark.parametrize(
    "locator",
    [
        place("Nowhere", 1, 1, None, 3),
        place("Findings", 3, 1, None, 3),
        place("Findings", 1, 4, None, 3),
        place("Findings", 1, 3, 2, 3),
        place("Findings", 1, 0, None, 3),
    ],
)
def test_quoting_a_place_that_is_not_there_fails(locator: Locator) -> None:
    with pytest.raises(LookupError):
        quote(DOCUMENT, locator)


@given(ranges())
def test_what_was_selected_and_detached_is_found_with_the_same_words(
    stretch: tuple[int, int],
) -> None:
    selection = select(DOCUMENT, *stretch)
    resolution = resolve(DOCUMENT, detached(selection))
    assert resolution.outcome is Outcome.FOUND
    assert resolution.selection is not None
    assert normalise(resolution.selection.exact) == normalise(selection.exact)
    assert resolution.selection.locator == selection.locator
    assert resolve(DOCUMENT, attached(selection)).outcome is Outcome.FOUND


@given(sentences, st.data())
def test_one_changed_letter_orphans(stretch: tuple[int, int], data: st.DataObject) -> None:
    start, end = stretch
    at = data.draw(st.sampled_from([n for n in range(start, end) if TEXT[n] in "aeiou"]))
    # Both places of the sentence that the text has twice.
    words = TEXT[start:end]
    wrong = f"{TEXT[start:at]}y{TEXT[at + 1 : end]}"
    changed = read_document(normalise(TEXT).replace(normalise(words), normalise(wrong)))
    resolution = resolve(changed, detached(select(DOCUMENT, start, end)))
    assert resolution.outcome is Outcome.ORPHANED
    assert resolution.selection is None


@given(sentences.filter(lambda stretch: "clerk was" not in normalise(TEXT[slice(*stretch)])))
def test_a_paragraph_put_before_moves_what_comes_after(stretch: tuple[int, int]) -> None:
    selection = select(DOCUMENT, *stretch)
    longer = read_document(re.sub(r"(Findings|Measures)\n", r"\1\n\nA new one.\n", TEXT))
    for excerpt in (detached(selection), attached(selection)):
        resolution = resolve(longer, excerpt)
        assert resolution.outcome is Outcome.MOVED
        assert resolution.selection is not None
        assert resolution.selection.exact == selection.exact
        assert resolution.selection.locator is not None
        assert selection.locator is not None
        assert resolution.selection.locator.paragraph == selection.locator.paragraph + 1


def test_other_line_breaks_and_hyphens_do_not_matter() -> None:
    excerpt = detached(selected(DOCUMENT, "the ultra-\nsonic gauge (the ﬁrst of its kind)"))
    other = TEXT.replace("ultra-\nsonic", "ultra-sonic").replace(
        "(the ﬁrst of", "(the\nfi\u00ad\nrst of"
    )
    resolution = resolve(read_document(other), excerpt)
    assert resolution.outcome is Outcome.FOUND
    assert resolution.selection is not None
    assert resolution.selection.exact == "the ultra-sonic gauge (the\nfi\u00ad\nrst of its kind)"


def test_of_several_hits_the_one_at_the_named_place_is_taken() -> None:
    start = TEXT.rindex("The clerk was away.")
    selection = select(DOCUMENT, start, start + 19)
    for excerpt in (detached(selection), attached(selection)):
        resolution = resolve(DOCUMENT, excerpt)
        assert resolution.outcome is Outcome.FOUND
        assert resolution.selection == selection


def test_of_several_hits_elsewhere_the_nearest_is_taken() -> None:
    first, last = TEXT.index("clerk"), TEXT.rindex("clerk")
    for start in (first, last):
        selection = select(DOCUMENT, start, start + 5)
        assert selection.locator is not None
        excerpt = replace(detached(selection), locator=replace(selection.locator, last_sentence=9))
        resolution = resolve(DOCUMENT, replace(excerpt, start=start))
        assert resolution.outcome is Outcome.MOVED
        assert resolution.selection == selection


def test_words_around_a_quotation_tell_its_places_apart() -> None:
    selection = selected(DOCUMENT, "clerk said")
    wanted = replace(attached(selection), exact="clerk", sha256=None, locator=None, start=0, end=5)
    resolution = resolve(DOCUMENT, replace(wanted, suffix=' said, "when'))
    assert resolution.outcome is Outcome.MOVED
    assert resolution.selection is not None
    assert resolution.selection.start == selection.start


def test_words_that_are_not_those_of_their_hash_are_orphaned() -> None:
    excerpt = attached(selected(DOCUMENT, "The bridge closed"))
    assert resolve(DOCUMENT, replace(excerpt, exact="A bell was hung")).outcome is Outcome.ORPHANED


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": None},
        {"locator": None},
        {"sha256": "0" * 64},
        {"locator": place("Findings", 1, 1, None, 0), "sha256": digest("")},
        {"locator": place("Findings", 1, 1, None, 10_000)},
    ],
)
def test_an_excerpt_without_what_finds_it_is_orphaned(change: dict[str, Any]) -> None:
    excerpt = detached(selected(DOCUMENT, "The bridge closed at night."))
    assert resolve(DOCUMENT, replace(excerpt, **change)).outcome is Outcome.ORPHANED


def test_without_a_length_the_named_sentences_are_meant_whole() -> None:
    whole = Locator(section="Findings", paragraph=1, sentence=1, last_sentence=2)
    sha256 = digest("The bridge closed at night. Nobody had read the gauge since noon.")
    excerpt = Excerpt(key="X1", source="S1", locator=whole, sha256=sha256)
    assert resolve(DOCUMENT, excerpt).outcome is Outcome.FOUND
    assert resolve(DOCUMENT, replace(excerpt, sha256=digest("else"))).outcome is Outcome.ORPHANED


def test_half_a_ligature_is_not_taken_for_a_letter() -> None:
    document = read_document("The ofﬁce stood.")
    excerpt = Excerpt(key="X1", source="S1", locator=place("", 1, 1, None, 3), sha256=digest("ice"))
    assert resolve(document, excerpt).outcome is Outcome.ORPHANED


def test_an_orphan_in_a_megabyte_takes_no_seconds() -> None:
    document = read_document(
        "The gauge on the bridge, “it stood”, was read at the river. " * 17_500
    )
    excerpt = Excerpt(key="X1", source="S1", locator=place("", 1, 1, None, 90), sha256="0" * 64)
    started = time.perf_counter()
    assert resolve(document, excerpt).outcome is Outcome.ORPHANED
    # Measured: 1.5 s. One hash of the whole text for each window would take an hour.
    assert time.perf_counter() - started < 15
