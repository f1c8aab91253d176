"""The analysts' face: Django's admin, whose every write goes through actions."""

from __future__ import annotations

from argmap.admin import (
    changes,
    comments,
    excerpts,
    inferences,
    maps,
    people,
    schemes,
    sources,
    statements,
)

__all__ = [
    "changes",
    "comments",
    "excerpts",
    "inferences",
    "maps",
    "people",
    "schemes",
    "sources",
    "statements",
]
