"""Making, editing and deleting statements."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, editing, known_fields
from argmap.actions.removal import remove_with_what_hangs_on_it
from argmap.core.kinds import Kind, Verb
from argmap.models import ArgumentMap, Statement

FIELDS = frozenset(
    {
        "kind",
        "text",
        "title",
        "note",
        "likelihood",
        "confidence",
        "credibility",
        "base_score",
        "status",
        "tags",
    }
)


def add_statement(
    *, actor: User | None, argument_map: ArgumentMap, kind: str, text: str, **fields: Any
) -> Statement:
    """Add a statement, with the next key of its kind. Raises ValidationError by field."""
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        return insert_statement(edit, {"kind": kind, "text": text, **fields})


def insert_statement(edit: Edit, fields: dict[str, Any]) -> Statement:
    """Add a statement within an open edit."""
    values = _clean(fields)
    kind = values.get("kind", "")
    if kind not in list(Kind):
        raise ValidationError({"kind": f'"{kind}" is not one of {", ".join(Kind)}.'})
    key = edit.next_key(Kind(kind).letter)
    return edit.add(Statement(map=edit.map, key=key, **values))


def edit_statement(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    seen: int | None = None,
    **fields: Any,
) -> Statement:
    """Change a statement; a kind that changes keeps its key.

    `seen` is the version of the map that the author saw. Raises ValidationError by field, Gone, or
    Conflict where the statement changed after `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        return edit.alter(edit.fetch(Statement, key, seen=seen), _clean(fields))


def delete_statement(
    *, actor: User | None, argument_map: ArgumentMap, key: str, seen: int | None = None
) -> None:
    """Delete a statement, each inference that it is a premise or the conclusion of, and whatever
    bears on those. Raises Gone, or Conflict where any of them changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.DELETE) as edit:
        remove_with_what_hangs_on_it(edit, [edit.fetch(Statement, key, seen=seen)], seen)


def _clean(fields: dict[str, Any]) -> dict[str, Any]:
    """Check the names of fields; tags may come in any order, and more than once."""
    values = known_fields(fields, FIELDS)
    if isinstance(values.get("tags"), list | tuple | set):
        values["tags"] = sorted({str(tag).strip() for tag in values["tags"]} - {""})
    return values
