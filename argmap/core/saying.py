"""What elements say: the fields that make a judgement of them stale when they change.

Neither a status nor a tag is part of what a statement says, and no visibility of what a map does.
"""

from __future__ import annotations

from collections.abc import Mapping

from argmap.core.history import Record

SAID: Mapping[str, tuple[str, ...]] = {
    "map": ("title", "issue", "summary"),
    "statement": (
        "kind",
        "title",
        "text",
        "note",
        "likelihood",
        "confidence",
        "credibility",
        "base_score",
    ),
    "inference": ("stance", "premises", "conclusion", "scheme", "warrant", "weight"),
    "excerpt": ("statement", "source", "locator", "exact", "start", "end", "sha256"),
    "source": ("title", "authors", "publisher", "published", "url", "reliability", "sha256"),
}
"""Those fields, by the log's word for the table."""


def rewords(type_: str, before: Record | None, after: Record | None) -> bool:
    """Tell whether a row says something else after a change; not where it was made or removed."""
    if before is None or after is None:
        return False
    return any(before.get(name) != after.get(name) for name in SAID.get(type_, ()))
