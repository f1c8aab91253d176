"""Texts made fit for SVG."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from argmap.core.measure import clean

_BETWEEN = "\0"  # in no text that is clean


def escaped(texts: Iterable[str]) -> list[str]:
    """Return texts cleaned and escaped, all at once: each alone would take three times as long."""
    found = [clean(text) for text in texts]
    return escape(_BETWEEN.join(found)).split(_BETWEEN) if found else []
