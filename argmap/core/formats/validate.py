"""Checks a document against the format's schema, and names the first place that breaks it.

This reads the part of JSON Schema that schema.py uses, and no more. A general validator would do
the same work with three things missing: it has no order of errors but its own, it knows nothing
of characters, doubled members and numbers that JSON does not have, and its time on hostile input
is not linear (`uniqueItems` compares each item with each). The tests hold the two against each
other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from argmap.core.formats.parse import Doubled
from argmap.core.formats.report import FormatError
from argmap.core.formats.shapes import Rule
from argmap.core.limits import NESTING_LIMIT
from argmap.core.places import Place, quoted
from argmap.core.problems.texts import what_cannot_be_kept

_ANYTHING: Rule = {}

_NOUNS = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
    "null": "null",
}


def check(document: object, schema: Rule) -> None:
    """Raise FormatError at the first place, in the document's own order, that breaks `schema`.

    Whatever the schema says, no text may hold a character that cannot be stored, no object may
    have a member twice, no number may be infinite, and nothing may nest deeper than
    NESTING_LIMIT.
    """
    _Reader(schema["$defs"]).value(document, schema)


def _type(value: object) -> str:
    for types, name in (
        (str, "string"),
        (bool, "boolean"),
        (int, "integer"),
        (float, "number"),
        (list, "array"),
        (dict, "object"),
    ):
        if isinstance(value, types):
            return name
    return "null" if value is None else "date"


class _Reader:
    """One walk through a document; `steps` is the place that it has come to."""

    def __init__(self, definitions: Mapping[str, Rule]) -> None:
        self.definitions = definitions
        self.steps: list[str | int] = []

    def fail(self, message: str, *further: str | int) -> NoReturn:
        raise FormatError(Place((*self.steps, *further)), message)

    def value(self, value: Any, rule: Rule) -> None:
        if "$ref" in rule:
            rule = self.definitions[rule["$ref"].rpartition("/")[2]]
        kind = _type(value)
        self._type_fits(value, kind, rule)
        if kind == "string":
            self._string(value, rule)
        elif kind in ("integer", "number"):
            self._number(value, rule)
        elif kind == "array":
            self._array(value, rule)
        elif kind == "object":
            self._object(value, rule)
        self._word(value, rule)

    def inner(self, step: str | int, value: Any, rule: Rule) -> None:
        if len(self.steps) == NESTING_LIMIT:
            self.fail("is nested too deeply")
        self.steps.append(step)
        self.value(value, rule)
        self.steps.pop()

    def _type_fits(self, value: Any, kind: str, rule: Rule) -> None:
        if kind == "date":
            self.fail("a date is written as a text, in quotes")
        wanted = rule.get("type")
        if wanted is None:
            return
        allowed = [wanted] if isinstance(wanted, str) else wanted
        if kind == "integer" or (kind == "number" and value == value // 1):
            fits = "integer" in allowed or "number" in allowed
        else:
            fits = kind in allowed
        if not fits:
            nouns = " or ".join(_NOUNS[name] for name in allowed)
            self.fail(f"must be {nouns}, not {_NOUNS[kind]}")

    def _word(self, value: Any, rule: Rule) -> None:
        words = rule.get("enum") or ([rule["const"]] if "const" in rule else None)
        if words is not None and value not in words:
            listed = ", ".join("null" if word is None else word for word in words)
            self.fail(f"{quoted(value)} is not one of {listed}")

    def _string(self, value: str, rule: Rule) -> None:
        self._characters(value)
        if len(value) < rule.get("minLength", 0):
            self.fail("must not be empty")
        limit = rule.get("maxLength")
        if limit is not None and len(value) > limit:
            self.fail(f"has {len(value):,} characters, {limit:,} is the most")
        pattern = rule.get("pattern")
        if pattern is not None and re.search(pattern, value) is None:
            self.fail(f"{quoted(value)} is not {rule['title']}")

    def _characters(self, text: str, *further: str) -> None:
        message = what_cannot_be_kept(text)
        if message is not None:
            self.fail(message, *further)

    def _number(self, value: Any, rule: Rule) -> None:
        if isinstance(value, float) and not math.isfinite(value):
            self.fail("is not a number that JSON can hold")
        least, most = rule.get("minimum", value), rule.get("maximum", value)
        if not least <= value <= most:
            self.fail(f"{quoted(value)} is not between {least} and {most}")

    def _array(self, value: list[Any], rule: Rule) -> None:
        limit = rule.get("maxItems", len(value))
        if len(value) > limit:
            self.fail(f"has {len(value):,} entries, {limit:,} is the most")
        if len(value) < rule.get("minItems", 0):
            self.fail("must not be empty")
        seen: set[str] = set()
        for number, item in enumerate(value):
            self.inner(number, item, rule.get("items", _ANYTHING))
            if rule.get("uniqueItems"):
                if item in seen:
                    self.fail(f"{quoted(item)} is there twice", number)
                seen.add(item)

    def _object(self, value: dict[str, Any], rule: Rule) -> None:
        if isinstance(value, Doubled):
            self.fail("is there twice", value.twice)
        for name in rule.get("required", ()):
            if name not in value:
                self.fail("is missing", name)
        properties = rule.get("properties", {})
        strict = rule.get("additionalProperties") is False
        for name, member in value.items():
            self._characters(name, name)
            if strict and name not in properties:
                self.fail(f"is not one of {', '.join(properties)}", name)
            self.inner(name, member, properties.get(name, _ANYTHING))
