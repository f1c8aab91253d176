"""The bricks of the format's JSON Schema: each returns the rule for one sort of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from argmap.core.kinds import Word
from argmap.core.limits import WHOLE_LIMIT

Rule = Mapping[str, Any]

END = r"$(?!\n)"
"""The end of a text. Python's $ also stands before a last line break, which the rest refuses."""


def text(limit: int, **more: Any) -> Rule:
    """Return the rule for a text of at most `limit` code points."""
    return {"type": "string", "maxLength": limit, **more}


def filled(limit: int) -> Rule:
    """Return the rule for a text that may not be empty."""
    return {"type": "string", "minLength": 1, "maxLength": limit}


def shape(pattern: str, title: str, **more: Any) -> Rule:
    """Return the rule for a text of one shape; `title` says which, in errors too."""
    return {"type": "string", "pattern": f"^{pattern}{END}", "title": title, **more}


def key(letters: str, title: str) -> Rule:
    """Return the rule for a key that starts with one of `letters`."""
    return shape(f"[{letters}][1-9][0-9]{{0,8}}", title)


def word(vocabulary: type[Word], **more: Any) -> Rule:
    """Return the rule for a word of a vocabulary."""
    return {"enum": [one.value for one in vocabulary], **more}


def or_null(rule: Rule) -> Rule:
    """Return the rule for a value that may be null, and is where it is left out."""
    if "enum" in rule:
        return {**rule, "enum": [*rule["enum"], None], "default": None}
    return {**rule, "type": [rule["type"], "null"], "default": None}


def share(**more: Any) -> Rule:
    """Return the rule for a figure in [0, 1]."""
    return {"type": "number", "minimum": 0, "maximum": 1, **more}


def whole(least: int, **more: Any) -> Rule:
    """Return the rule for a whole number that a database column holds."""
    return {"type": "integer", "minimum": least, "maximum": WHOLE_LIMIT, **more}


def list_of(rule: Rule, limit: int, **more: Any) -> Rule:
    """Return the rule for a list of at most `limit` values."""
    return {"type": "array", "items": rule, "maxItems": limit, **more}


def one(definition: str) -> Rule:
    """Return the rule that refers to a definition of the schema."""
    return {"$ref": f"#/$defs/{definition}"}


def object_of(properties: Mapping[str, Rule], required: str, **more: Any) -> Rule:
    """Return the rule for an object with no other members; `required` are names and spaces."""
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
        **more,
    }
