"""Filters for texts that people wrote."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from argmap.markdown import to_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Show Markdown as safe HTML."""
    return to_html(text)
