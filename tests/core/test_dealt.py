"""The report of how each point was dealt with: its structure is its own, whatever people typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from argmap.core.dealt import (
    Alteration,
    Failure,
    Judged,
    Point,
    Reply,
    Subject,
    Undercut,
    Unmet,
    dealt_with,
)
from argmap.core.kinds import CommentKind, CommentState, Flag, Settlement, Verdict
from argmap.core.verbatim import inline, quoted
from tests.strategies import texts

BREAKING = st.sampled_from(
    [
        "# Not a heading",
        "Underlined\n===\nTwice\n---",
        "> quoted\nlazy",
        "```\nunended",
        "~~~",
        "<!-- unended",
        "<script>alert(1)</script>",
        "- a\n- b\n\n1. c\n2) d",
        "    indented",
        "\tindented",
        "[link](javascript:alert(1)) ![picture](https://example.org/a.png)",
        "[ref]: https://example.org 'title'",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "**bold** _em_ `code` ~~gone~~",
        "ends with \\",
        "&amp; &#35; heading",
        "***\n\n___",
        "\n\n\n",
        "a\\\nb  \nc",
        "+ plus\n* star\n+",
        ":-: ",
        "#hash at the start\n####### seven",
        "trailing hashes ##",
    ]
)
WILD = BREAKING | texts(200)

replies = st.builds(Reply, author=WILD, body=WILD)
alterations = st.builds(Alteration, label=WILD, before=WILD, after=WILD, done=WILD)
points = st.builds(
    Point,
    kind=st.sampled_from(CommentKind),
    flag=st.none() | st.sampled_from(Flag),
    author=WILD,
    on=st.sampled_from(["", "X1"]),
    version=st.integers(0, 99),
    body=WILD,
    state=st.sampled_from(CommentState),
    replies=st.lists(replies, max_size=2),
    proposal=WILD,
    alters=st.lists(alterations, max_size=2),
    outcome=st.none() | st.sampled_from(Settlement),
    settled_by=WILD,
)
failures = st.builds(
    Failure, author=WILD, version=st.integers(0, 99), why=WILD, stale=st.booleans()
)
unmet = st.builds(Unmet, question=WILD, failures=st.lists(failures, min_size=1, max_size=2))
subjects = st.builds(
    Subject,
    key=st.sampled_from(["", "C1", "E2", "I3"]),
    says=WILD,
    points=st.lists(points, max_size=2),
    gone=st.booleans(),
    unmet=st.lists(unmet, max_size=2),
    undercuts=st.lists(
        st.builds(Undercut, key=st.just("K1"), by=st.just("I4"), text=WILD), max_size=2
    ),
)
verdicts = st.builds(
    Judged,
    reviewer=WILD,
    verdict=st.sampled_from(Verdict),
    version=st.integers(0, 99),
    summary=WILD,
    stale=st.booleans(),
    brought=st.booleans(),
)

commonmark = MarkdownIt("commonmark")
with_tables = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def bare(text: str) -> str:
    """Return a text without the white space that a page does not show."""
    return re.sub(r"\s+", "", text)


def shown(token: Token) -> str:
    """Return the characters that a reader sees of an inline token."""
    return "".join(
        "\n" if child.type.endswith("break") else child.content for child in token.children or ()
    )


@given(WILD, st.integers(0, 999), st.lists(subjects, max_size=3), st.lists(verdicts, max_size=2))
def test_nothing_that_people_typed_is_structure(
    title: str, version: int, about: list[Subject], judged: list[Judged]
) -> None:
    report = dealt_with(title, version, about, judged)
    for markdown in (commonmark, with_tables):
        tokens = markdown.parse(report)
        headings = [token.tag for token in tokens if token.type == "heading_open"]
        expected = ["h1", *(["h2"] if judged else [])]
        for subject in about:
            expected += ["h2", *["h3"] * (len(subject.points) + len(subject.unmet))]
        assert headings == expected
        assert {token.type for token in tokens} <= {
            *("heading_open", "heading_close", "inline", "paragraph_open", "paragraph_close"),
            *("blockquote_open", "blockquote_close"),
        }
        inner = {child.type for token in tokens for child in token.children or ()}
        assert inner <= {
            "text",
            "text_special",
            "softbreak",
            "hardbreak",
            "strong_open",
            "strong_close",
        }
        # The bold names of reviewers and the words "What was done" are ours, and nothing else is.
        bold = sum(
            child.type == "strong_open" for token in tokens for child in token.children or ()
        )
        ours = sum(len(subject.points) + len(subject.unmet) for subject in about)
        ours += sum(bool(each.reviewer.strip()) for each in judged)
        assert bold <= ours


@given(WILD)
def test_what_people_typed_can_be_read_character_by_character(text: str) -> None:
    tokens = [token for token in commonmark.parse(quoted(text)) if token.type == "inline"]
    assert bare("".join(map(shown, tokens))) == bare(text)
    (heading,) = [t for t in commonmark.parse(f"# x{inline(text)}") if t.type == "inline"]
    assert bare(shown(heading)) == f"x{bare(text)}"


@given(st.text("ab \n", max_size=60))
def test_lines_stay_lines_and_paragraphs_paragraphs(text: str) -> None:
    inlines = [token for token in commonmark.parse(quoted(text)) if token.type == "inline"]
    typed = [
        [" ".join(line.split()) for line in paragraph.strip().split("\n")]
        for paragraph in re.split(r"\n\s*\n", text.strip())
        if paragraph.strip()
    ]
    assert [shown(token).split("\n") for token in inlines] == typed


def point(**given: object) -> Point:
    return Point(
        **{  # type: ignore[arg-type]
            "kind": CommentKind.CHALLENGE,
            "flag": Flag.OVERSTATED,
            "author": "reviewer",
            "on": "",
            "version": 3,
            "body": "Is it?",
            "state": CommentState.RESOLVED,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "resolved."),
        ({"state": CommentState.OPEN}, "nothing yet: it is open."),
        (
            {"replies": [Reply(author="analyst", body="So.")]},
            "answered by analyst, and resolved.",
        ),
        (
            {
                "state": CommentState.OPEN,
                "replies": [
                    Reply(author="analyst", body="So."),
                    Reply(author="editor", body="So, too."),
                    Reply(author="analyst", body="And so."),
                ],
            },
            "answered by analyst and editor; still open.",
        ),
        (
            {"outcome": Settlement.ACCEPTED, "settled_by": "analyst"},
            "accepted by analyst, as it was suggested.",
        ),
        (
            {"outcome": Settlement.AMENDED, "settled_by": "analyst"},
            "accepted by analyst, in other words.",
        ),
        (
            {
                "outcome": Settlement.DECLINED,
                "settled_by": "analyst",
                "replies": [Reply(author="analyst", body="No.")],
            },
            "declined by analyst, for the reason below.",
        ),
        ({"outcome": Settlement.WITHDRAWN, "settled_by": "reviewer"}, "withdrawn by reviewer."),
        ({"outcome": Settlement.OPEN, "state": CommentState.OPEN}, "nothing yet: it is open."),
    ],
)
def test_it_says_what_was_done(given: dict[str, object], words: str) -> None:
    subject = Subject(key="C1", says="It should close.", points=[point(**given)])
    report = dealt_with("The harbour", 4, [subject])
    assert f"**What was done:** {words}" in report


def test_a_report_reads_as_one() -> None:
    answered = point(replies=[Reply(author="analyst", body="Not\nany *more*.")])
    suggested = point(
        kind=CommentKind.SUGGESTION,
        flag=None,
        body="Suggests another text and likelihood of C1.",
        proposal="Suggests another text and likelihood of C1.",
        alters=[
            Alteration(label="Text", before="It closes.", after="It should close."),
            Alteration(label="Likelihood", before="", after="Likely"),
        ],
        outcome=Settlement.ACCEPTED,
        settled_by="analyst",
    )
    about = [Subject(key="C1", says="It should close.", points=[answered, suggested])]
    judged = [
        Judged(reviewer="ann", verdict=Verdict.SOUND, version=4, summary=""),
        Judged(reviewer="bob", verdict=Verdict.NOT_SOUND, version=3, summary="", stale=True),
        Judged(reviewer="eve", verdict=Verdict.SOUND, version=4, summary="", brought=True),
    ]
    assert dealt_with("The harbour", 4, about, judged) == (
        "# How the points of the review were dealt with: The harbour\n"
        "\n"
        "Version 4 of the map. 2 points; none still open.\n"
        "\n"
        "## Verdicts\n"
        "\n"
        "**ann**, on version 4: sound.\n"
        "\n"
        "**bob**, on version 3: not sound; the map has changed since.\n"
        "\n"
        "**eve**, on version 4 (brought by import): sound.\n"
        "\n"
        "## C1: It should close.\n"
        "\n"
        "### 1. Challenge by reviewer (overstated)\n"
        "\n"
        "In version 3.\n"
        "\n"
        "> Is it?\n"
        "\n"
        "**What was done:** answered by analyst, and resolved.\n"
        "\n"
        "analyst answered:\n"
        "\n"
        "> Not\\\n"
        "> any \\*more\\*.\n"
        "\n"
        "### 2. Suggestion by reviewer\n"
        "\n"
        "In version 3.\n"
        "\n"
        "Suggests another text and likelihood of C1.\n"
        "\n"
        "Text, as it was: It closes.\\\n"
        "Text, as suggested: It should close.\n"
        "\n"
        "Likelihood, as suggested: Likely\n"
        "\n"
        "**What was done:** accepted by analyst, as it was suggested.\n"
    )


FAILURES = [
    Failure(author="ann", version=2, why="Ice *melts*.", stale=True),
    Failure(author="bob", version=3, why=""),
]


def test_a_question_that_is_not_satisfied_is_a_point_too() -> None:
    unmet = [Unmet(question="How strong?", failures=FAILURES)]
    nothing = dealt_with("The harbour", 4, [Subject(key="I1", says="", unmet=unmet)])
    assert "4 of the map. 1 critical question is not satisfied; 1 on what nothing" in nothing
    assert nothing.endswith(
        "## I1\n"
        "\n"
        "### 1. A critical question, not satisfied\n"
        "\n"
        "> How strong?\n"
        "\n"
        "ann answered so, in version 2; I1 has changed since:\n"
        "\n"
        "> Ice \\*melts\\*.\n"
        "\n"
        "bob answered so, in version 3.\n"
        "\n"
        "**What was done:** nothing yet.\n"
    )
    undercuts = [Undercut(key="K1", by="I4", text="The log was lost.")]
    about = Subject(key="I1", says="", points=[point()], unmet=unmet, undercuts=undercuts)
    done = dealt_with("The harbour", 4, [about])
    assert "1 point; none still open. 1 critical question is not satisfied; none on" in done
    assert "### 2. A critical question, not satisfied" in done
    assert done.endswith(
        "**What was done:** I1 is undercut now.\n\nK1, by I4:\n\n> The log was lost.\n"
    )
