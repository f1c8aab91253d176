"""Comment text, which people write in Markdown, as HTML that a page can show without fear.

Raw HTML, pictures and headings are not read as such: a comment is a few paragraphs on a page that
has its own headings, and a picture would tell its host who reads the map.
"""

from __future__ import annotations

from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading"]
)


def to_html(text: str) -> SafeString:
    """Return `text` as HTML: made by markdown-it, and passed through an allow-list after that."""
    html = nh3.clean(
        _markdown.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def to_text(text: str) -> str:
    """Return the words of `text` on one line, without the marks of Markdown: not HTML, not safe."""
    return " ".join(unescape(nh3.clean(to_html(text), tags=set())).split())
