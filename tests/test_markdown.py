from __future__ import annotations

import re

import pytest
from hypothesis import given

from argmap.core.limits import TEXT_LIMIT
from argmap.markdown import names_called, to_html, to_text
from tests.strategies import texts

ALLOWED = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}


def test_markdown_becomes_html() -> None:
    html = to_html("*so* and **so**\n\n- one\n- two")
    assert "<em>so</em>" in html
    assert "<strong>so</strong>" in html
    assert html.count("<li>") == 2


def test_links_pass_no_credit_and_no_window_on() -> None:
    html = to_html("[there](https://example.org/?a=1&b=2)")
    assert html.strip() == (
        '<p><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">there</a></p>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>x</b>",
        "<style>*{}</style>",
        "<!-- --><svg onload=alert(1)>",
    ],
)
def test_raw_html_is_shown_and_not_read(text: str) -> None:
    assert to_html(text).startswith("<p>&lt;")


@pytest.mark.parametrize("scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_links_that_run_are_no_links(scheme: str) -> None:
    assert "href" not in to_html(f"[x]({scheme}) and <{scheme}>")


def test_a_picture_is_a_link_to_it() -> None:
    html = to_html('![a <b>map</b>](https://example.org/a.png "t")')
    assert html == (
        '<p><a href="https://example.org/a.png" rel="nofollow noopener">'
        "a &lt;b&gt;map&lt;/b&gt;</a></p>\n"
    )
    assert "href" not in to_html("![a](javascript:alert(1))")


def test_what_is_nested_too_deep_is_shown_as_it_was_typed() -> None:
    assert "hello" in to_html(f"{'>' * 4_000} hello")


def test_pictures_are_not_fetched() -> None:
    assert "<img" not in to_html("![x](https://example.org/x.png)")


def test_headings_stay_out_of_the_page_s_own() -> None:
    assert "<h" not in to_html("# Big\n\nBigger\n======\n").replace("<hr", "")


@given(texts())
def test_nothing_but_the_allowed_tags_comes_out(text: str) -> None:
    assert set(re.findall(r"<\s*/?\s*([a-z0-9]+)", to_html(text), re.IGNORECASE)) <= ALLOWED


def test_the_words_of_markdown_stand_on_one_line_without_its_marks() -> None:
    assert to_text("*Made* **for**\nshow [there](https://example.org/)\n\n- a\n- b") == (
        "Made for show there a b"
    )


def test_words_that_look_like_html_stay_as_they_were_typed() -> None:
    assert to_text("<b>R&D</b> <script>alert(1)</script> \\&lt;") == (
        "<b>R&D</b> <script>alert(1)</script> &lt;"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@ann, and @bob.", ("ann", "bob.", "bob")),
        ("**@ann**\n\n> @bob@example.org", ("ann", "bob@example.org")),
        ("to ann@example.org, `@code`, [@link](https://example.org/@there)", ()),
        ("    @in_code\n\n```\n@fenced\n```", ()),
        ("@@ann x@y @ @", ()),
        ("@ann @ann", ("ann",)),
    ],
)
def test_people_are_called_in_running_text_alone(text: str, names: tuple[str, ...]) -> None:
    assert names_called(text) == names


HOSTILE = {
    "quotes": ">" * TEXT_LIMIT,
    "lists": "- " * (TEXT_LIMIT // 2),
    "brackets": "[" * TEXT_LIMIT,
    "links": "[a](" * (TEXT_LIMIT // 4),
    "pictures": "![](x " * (TEXT_LIMIT // 6),
    "emphasis": "**a *b " * (TEXT_LIMIT // 7),
    "underscores": "_a" * (TEXT_LIMIT // 2),
    "backticks": "".join("`" * number + " " for number in range(140)),
    "names": "@a" * (TEXT_LIMIT // 2),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_deep_nesting_ends(text: str) -> None:
    # What markdown-it does with these is bounded by its own nesting limit; a parser that went on
    # would end in a RecursionError, or not at all.
    assert len(to_html(text)) < 20 * TEXT_LIMIT
    names_called(text)


@pytest.mark.parametrize(
    "text",
    [
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](\tjavascript:alert(1))",
        "<javascript:alert(1)>",
        "[x]: javascript:alert(1)\n\n[x]",
        "![x](javascript:alert(1))",
        "[![x](https://example.org/x.png)](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
    ],
)
def test_no_way_of_writing_a_link_makes_one_that_runs(text: str) -> None:
    html = to_html(text)
    assert re.findall(r'href="(?!https?:|mailto:)[^"]*"', html) == []
    assert "<img" not in html
