"""How a field of the log reads: words by their labels, and one wording beside another."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Confidence,
    Credibility,
    Flag,
    Kind,
    Likelihood,
    Proposed,
    Reliability,
    Role,
    Satisfaction,
    Settlement,
    Stance,
    Status,
    Verdict,
    Visibility,
    Word,
)
from argmap.core.wording import Fate, Part, reworded

VOCABULARIES: Mapping[str, tuple[type[Word], ...]] = {
    "confidence": (Confidence,),
    "credibility": (Credibility,),
    "does": (Proposed,),
    "flag": (Flag,),
    "kind": (Kind, CommentKind),
    "likelihood": (Likelihood,),
    "outcome": (Settlement,),
    "reliability": (Reliability,),
    "role": (Role,),
    "says": (Satisfaction,),
    "stance": (Stance,),
    "state": (CommentState,),
    "status": (Status,),
    "verdict": (Verdict,),
    "visibility": (Visibility,),
}
"""The fields whose words have labels."""


def label_of(name: str) -> str:
    """Return what a field of a record is called."""
    return name.replace("_", " ").capitalize()


def readable(name: str, value: Any) -> str:
    """Return what a field holds as people read it, "" where it holds nothing."""
    if value is None or value in ("", []):
        return ""
    for vocabulary in VOCABULARIES.get(name, ()):
        # The log outlives the words of any of them.
        if value in list(vocabulary):
            return vocabulary(value).label
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def compared(name: str, before: Any, after: Any) -> tuple[Part, ...]:
    """Return how a field came to read otherwise; nothing where it reads the same.

    Texts are compared word by word; of all else, the one stands before the other.
    """
    old, new = readable(name, before), readable(name, after)
    if old == new:
        return ()
    if isinstance(after or before, str) and name not in VOCABULARIES:
        return reworded(old, new)
    sides = (Part(Fate.DELETED, old), Part(Fate.KEPT, " → "), Part(Fate.INSERTED, new))
    return sides if old and new else tuple(part for part in sides[::2] if part.text)
