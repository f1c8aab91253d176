"""Filters for texts that people wrote, and for when they did."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, tzinfo
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from argmap.core.kinds import Verb
from argmap.core.telling import LOOKED_AT, told
from argmap.core.wording import Fate, Part
from argmap.markdown import to_html, to_text
from argmap.models import Change

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Show Markdown as safe HTML."""
    return to_html(text)


_TAGS = {
    Fate.KEPT: "{}",
    Fate.DELETED: "<del>{}</del>",
    Fate.INSERTED: "<ins>{}</ins>",
}


@register.filter
def marked(parts: Iterable[Part]) -> SafeString:
    """Show how one wording differs from another: what was deleted, and what was inserted."""
    shown = (format_html(_TAGS[fate], text) for fate, text in parts)
    # In a box of its own: white space counts within it, and around it templates have some.
    return format_html(
        '<span class="marked">{}</span>', format_html_join("", "{}", ((part,) for part in shown))
    )


@register.filter(expects_localtime=True)
def moment(at: date | None, form: str = "j M Y, H:i") -> SafeString | str:
    """Show a day, with its hour or in another of Django's forms; "" for none."""
    return "" if at is None else _moment(at, getattr(at, "tzinfo", None), form)


@lru_cache(maxsize=2**10)  # a page has some dozens, most of which it had before: 0.1 ms each
def _moment(at: date, zone: tzinfo | None, form: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), date_format(at, form))


@register.filter
def without_marks(text: str) -> str:
    """Show Markdown as its bare words, on one line."""
    return to_text(text)


@register.filter
def in_words(change: Change) -> str:
    """Say what a change did, from its `first_items`: more than LOOKED_AT where there are others."""
    items = change.first_items  # type: ignore[attr-defined]
    names = (item.about for item in items)
    more = len(items) > LOOKED_AT
    return told(Verb(change.verb), names, more=more, suggested_by=change.proposed_by_name)
