"""A statement and its place in the argument, made in one step."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, editing
from argmap.actions.inferences import alter_inference, insert_inference, premises_of
from argmap.actions.repeating import refuse_repeated
from argmap.actions.statements import insert_statement
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Inference, Statement


def add_reason(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    about: str,
    stance: str,
    kind: str,
    text: str,
    scheme: str | None = None,
    warrant: str = "",
    **fields: Any,
) -> tuple[Statement, Inference]:
    """Add a statement, and the inference from it to `about` (the key of either), in one Change.

    `scheme` is a slug, or None; `fields` are the statement's. Raises ValidationError by field, or
    Gone where `about` is no longer there.
    """
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        edit.fetch_either(about)
        statement = insert_statement(edit, {"kind": kind, "text": text, **fields})
        step = {
            "stance": stance,
            "premises": [statement.key],
            "conclusion": about,
            "scheme": scheme,
            "warrant": warrant,
        }
        return statement, insert_inference(edit, step)


def add_premise(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    statement: str,
    seen: int | None = None,
) -> Inference:
    """Let the inference `key` start from `statement` too, linked with the premises it has.

    Raises ValidationError by field, Repeated where another inference starts from them all, Gone, or
    Conflict where the inference changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        inference = edit.fetch(Inference, key, seen=seen)
        row = edit.fetch(Statement, statement)
        if row == inference.conclusion_statement:
            raise ValidationError({"statement": f"{row.key} is what {key} concludes in."})
        _link(edit, inference, row)
        refuse_repeated(edit, inference)
        return inference


def add_new_premise(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    kind: str,
    text: str,
    seen: int | None = None,
    **fields: Any,
) -> tuple[Statement, Inference]:
    """Add a statement that the inference `key` starts from too, in one Change.

    `fields` are the statement's. Raises ValidationError by field, Gone, or Conflict where the
    inference changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        inference = edit.fetch(Inference, key, seen=seen)
        statement = insert_statement(edit, {"kind": kind, "text": text, **fields})
        return statement, _link(edit, inference, statement)


def _link(edit: Edit, inference: Inference, statement: Statement) -> Inference:
    """Put a statement behind the premises of an inference."""
    held = premises_of(inference)
    if statement in held:
        raise ValidationError(
            {"statement": f"{statement.key} is a premise of {inference.key} already."}
        )
    keys = [row.key for row in (*held, statement)]
    return alter_inference(edit, inference, {"premises": keys})
