"""Sources and places in them, said in words."""

from __future__ import annotations

from argmap.core.graph import Locator, Source
from argmap.core.sentences import listed


def place_in_words(locator: Locator) -> str:
    """Return where a quotation stands: "Winter, paragraph 2, sentences 1–3"."""
    last = locator.last_sentence or locator.sentence
    sentences = (
        f"sentence {locator.sentence}"
        if last == locator.sentence
        else f"sentences {locator.sentence}–{last}"
    )
    section = locator.section or "before the first heading"
    return f"{section}, paragraph {locator.paragraph}, {sentences}"


def reference(source: Source) -> str:
    """Return who published a source and when: "A. Pilot and B. Mate, Harbour Press, 2016-12"."""
    parts = (listed(source.authors), source.publisher, source.published or "")
    return ", ".join(part for part in parts if part)
