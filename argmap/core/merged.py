"""What one statement, or one inference, says for several that became one with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from argmap.core.graph import Inference, Statement

KEPT_ONES = ("likelihood", "confidence", "credibility", "base_score", "status")
"""Judgements, of which there is one: that of the statement that stays."""


class Lost(NamedTuple):
    """A judgement that goes with a merged statement, since the one that stays has another."""

    key: str
    field: str
    value: Any
    kept: Any


def statement_fields(kept: Statement, others: Sequence[Statement]) -> dict[str, Any]:
    """Return what the statement that stays holds afterwards in the fields that take others in.

    Texts, titles and notes that differ are told at the end of its note, a paragraph for each of
    the others. Tags are those of all. It takes the first title where it has none of its own.
    """
    title = next((each.title for each in (kept, *others) if each.title), "")
    told = (_told(each, kept, title) for each in others)
    foreign = {name: each.foreign[name] for each in (*others[::-1], kept) for name in each.foreign}
    return {
        "title": title,
        "note": "\n\n".join(filter(None, (kept.note, *told))),
        "tags": sorted({tag for each in (kept, *others) for tag in each.tags}),
        "foreign": foreign,
    }


def _told(other: Statement, kept: Statement, title: str) -> str:
    words = [other.title] if other.title not in {"", title} else []
    words += [other.text] if other.text != kept.text else []
    lines = [f"Merged from {other.key}: {' – '.join(words)}"] if words else []
    lines += [other.note] if other.note not in {"", kept.note} else []
    return "\n".join(lines)


def lost_judgements(kept: Statement, others: Sequence[Statement]) -> list[Lost]:
    """Return the judgements of the others that differ from those of the statement that stays."""
    return [
        Lost(other.key, field, getattr(other, field), getattr(kept, field))
        for other in others
        for field in KEPT_ONES
        if getattr(other, field) not in {None, getattr(kept, field)}
    ]


def inference_fields(kept: Inference, repeats: Sequence[Inference]) -> dict[str, Any]:
    """Return the warrant and the scheme of an inference that others repeat: of all that differ.

    Warrants stand one below the other; the scheme is its own, or else the first that another has.
    """
    steps = [kept, *repeats]
    return {
        "warrant": "\n\n".join(dict.fromkeys(step.warrant for step in steps if step.warrant)),
        "scheme": next((step.scheme for step in steps if step.scheme), None),
    }
