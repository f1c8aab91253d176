from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core.document import Document, Paragraph, read_document
from argmap.core.normal import normalise
from argmap.core.spans import split_sentences

REPORT = """ The River Gauge:\x20
Why Bridges Close Too Late\x20

By Ada M. Quill and Omar Sand\x20

Summary\x20
\x20
The bridge at Low Ferry closed after the flood, and not before. Why it closed so late is the\x20
question of this note.\x20

What the Gauges Say\x20
 Two gauges stood upstream of the bridge in March. Both of them are read by hand, once a\x20
day, by Dr. Ines K. Holm and her long-\x20
standing deputy. "Nobody reads them at night." That gap was known!\x20

The lower gauge rose by two metres (see the annex). It was read at noon\x20

\x20

Low Ferry after the flood - Photo: Harbour Office\x20

and again at dusk. Nothing was done.\x20



\x20
A new page starts here with a paragraph of its own.\x20

To Close or Not to Close?\x20
\x20
Engineers disagree, "and they will go on doing so," one of them said.\x20
"""


def words(document: Document, paragraph: Paragraph) -> list[str]:
    return [document.normal[span.start : span.end] for span in paragraph.sentences]


def outline(text: str) -> list[tuple[str, int, int]]:
    return [
        (paragraph.section, paragraph.number, len(paragraph.sentences))
        for paragraph in read_document(text).paragraphs
    ]


def test_headings_byline_and_caption_are_no_paragraphs_and_numbers_start_anew() -> None:
    assert outline(REPORT) == [
        ("Summary", 1, 2),
        ("What the Gauges Say", 1, 4),
        ("What the Gauges Say", 2, 3),
        ("What the Gauges Say", 3, 1),
        ("To Close or Not to Close?", 1, 1),
    ]


def test_sections_are_the_headings_that_have_paragraphs() -> None:
    assert read_document(REPORT).sections == (
        "Summary",
        "What the Gauges Say",
        "To Close or Not to Close?",
    )


def test_a_paragraph_that_a_page_break_and_a_caption_cut_is_one() -> None:
    document = read_document(REPORT)
    sentences = words(document, document.paragraphs[2])
    assert sentences[0] == "The lower gauge rose by two metres (see the annex)."
    assert sentences[1].startswith("It was read at noon ")
    assert sentences[1].endswith(" and again at dusk.")


def test_quoted_sentences_keep_their_quotes() -> None:
    document = read_document(REPORT)
    assert words(document, document.paragraphs[1])[2] == '"Nobody reads them at night."'


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Donald J. Trump spoke.", 1),
        ("Gen. Holm met Lt. Col. Sand at noon. They left.", 2),
        ("The U.S. Army came.", 1),
        ("It cost 3.5 million. Nobody paid.", 2),
        ("It fell to 3. 5 were left.", 1),
        ("They paid etc. and left.", 1),
        ("Really? Yes! So it was.", 3),
        ("“We close it.” “We do not.”", 2),
        ("“We close it,” one said. (Nobody did.) It stood.", 3),
        ("Wait... What?", 2),
        ("no mark at all", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Words before any heading.\n\nMore of them.", [("", 1, 1), ("", 2, 1)]),
        ("# On Gauges\nOne line. Two lines.", [("On Gauges", 1, 2)]),
        ("What the figures say\n\nThey fell.", [("What the figures say", 1, 1)]),
        ("Notes\n\nOne.\n\nData\n\nTwo.\n\nNotes\n\nThree.",
         [("Notes", 1, 1), ("Data", 1, 1), ("Notes", 1, 1)]),
        ("Figure 2: The gauge at dusk\n\nIt fell.", [("", 1, 1)]),
        ("By Ada Quill\n\n16 February 2017\n\nIt fell.", [("", 1, 1)]),
        ("By then it had fallen.", [("", 1, 1)]),
        ("It was cut here by the\n\n12\n\nHarbour Office at noon.", [("", 1, 1)]),
        ("It ended.\n\n- 12 -\n\nThe next began.", [("", 1, 1), ("", 2, 1)]),
        ("It was cut\fhere. So.", [("", 1, 2)]),
        ("River Notes 1\nIt was cut\f\nRiver Notes 2\nhere.", [("", 1, 1)]),
        ("The list has:\n\na) one thing.\n\nb) another.", [("", 1, 1), ("", 2, 1), ("", 3, 1)]),
        ("They named:\n\n\n\nthe ferry; and\n\n\n\nthe bridge.", [("", 1, 1)]),
        ("It ended.\n\neGauge began.", [("", 1, 1), ("", 2, 1)]),
        ("Long ago it was built by\nmen. It stands.", [("", 1, 2)]),
        ("", []),
        ("\u00ad", []),
    ],
)  # fmt: skip
def test_structure(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert outline(text) == expected


def test_a_place_of_two_sections_with_one_heading_gives_both() -> None:
    document = read_document("Notes\n\nOne.\n\nData\n\nTwo.\n\nNotes\n\nThree.")
    found = document.paragraphs_at(" Notes ", 1)
    assert [words(document, paragraph) for paragraph in found] == [["One."], ["Three."]]
    assert document.paragraphs_at("Notes", 2) == ()


@given(st.text(st.sampled_from('Aab. ?\n\f"”-\u00ad1“#:é\u0301ﬁ'), max_size=200))
def test_sentences_never_overlap_and_are_trimmed(text: str) -> None:
    document = read_document(text)
    last = 0
    for paragraph in document.paragraphs:
        for span in paragraph.sentences:
            assert last <= span.start < span.end <= len(document.normal)
            sentence = document.normal[span.start : span.end]
            assert sentence == normalise(sentence)
            last = span.end
