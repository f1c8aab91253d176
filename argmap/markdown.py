"""Comment text, which people write in Markdown, as HTML that a page can show without fear.

Raw HTML and headings are not read as such: a comment is a few paragraphs on a page that has its own
headings. A picture is a link: loaded, it would tell its host who reads the map.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import Any

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_SCHEMES = {"http", "https", "mailto"}
_TAG = re.compile(r"<[^>]*>")

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["heading", "lheading"]
)


def _named(self: Any, tokens: Sequence[Token], place: int, *_: object) -> str:
    """Show the way to a picture in its place."""
    picture = tokens[place]
    return f'<a href="{escape(str(picture.attrGet("src")))}">{escape(picture.content)}</a>'


_markdown.add_render_rule("image", _named)


@lru_cache(maxsize=2**8)  # the comments of a panel come again with each edit: 0.2 ms each
def to_html(text: str) -> SafeString:
    """Return `text` as HTML: made by markdown-it, and passed through an allow-list after that.

    What is nested so deep that markdown-it reads nothing of it comes as it was typed.
    """
    rendered = _markdown.render(text)
    if text.strip() and not _TAG.sub("", rendered).strip():
        rendered = f"<p>{escape(text)}</p>"
    html = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener",
    )
    return mark_safe(html)  # noqa: S308 - nh3 has just cleaned it


def to_text(text: str) -> str:
    """Return the words of `text` on one line, without the marks of Markdown: not HTML, not safe."""
    return " ".join(unescape(nh3.clean(to_html(text), tags=set())).split())


# As Django's names of users are, after what is no part of one: an address has no mention in it.
_CALL = re.compile(r"(?<![\w.@+/-])@([\w.+-][\w.@+-]{0,149})(?![\w.@+-])")


def names_called(text: str) -> tuple[str, ...]:
    """Return what `text` may call people by: what stands after an @, in order, each once.

    In code and in links nobody is called. A sentence may end after a name: "@ann." gives "ann."
    and "ann", since names of users may end in a full stop too.
    """
    found: dict[str, None] = {}
    for part in _words(_markdown.parse(text)):
        for name in _CALL.findall(part):
            found[name] = None
            if bare := name.rstrip(".+-@"):
                found[bare] = None
    return tuple(found)


def _words(tokens: list[Token]) -> Iterator[str]:
    """Yield the texts of a document that stand neither in code nor in a link."""
    for token in tokens:
        links = 0
        for child in token.children or ():
            links += child.nesting if child.type.startswith("link_") else 0
            if child.type == "text" and not links:
                yield child.content
