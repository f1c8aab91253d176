from __future__ import annotations

import re

import pytest
from hypothesis import given

from argmap.markdown import to_html, to_text
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
