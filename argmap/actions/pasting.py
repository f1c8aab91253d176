"""Bringing in a list of reasons under one element, from a person's clipboard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions import records, rows
from argmap.actions.base import Edit, editing
from argmap.actions.together import lacking_room
from argmap.core import graph as core
from argmap.core import pasting
from argmap.core.formats import native
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Inference


@dataclass(frozen=True)
class Pasted:
    """The keys of what a paste made, in the order of its lines: one of each for a line."""

    statements: tuple[str, ...]
    inferences: tuple[str, ...]


def paste_branch(*, actor: User | None, argument_map: ArgumentMap, about: str, text: str) -> Pasted:
    """Put an indented list of reasons, as `core.pasting` reads it, under the element `about`.

    All of it or nothing, in one Change. The number of queries grows with how many undercuts stand
    on undercuts, not with the lines. Raises ValidationError, which names the line, or Gone where
    `about` is no longer there.
    """
    try:
        reasons = pasting.read(text)
    except pasting.PasteError as error:
        raise ValidationError({"text": str(error)}) from error
    with editing(argument_map, actor=actor, verb=Verb.PASTE) as edit:
        target = edit.fetch_either(about)
        full = lacking_room(edit.map, statements=len(reasons), inferences=len(reasons))
        if full:
            raise ValidationError({"text": full})
        statements = _statements(edit, reasons)
        inferences = _inferences(edit, reasons, statements, about)
        writer = rows.Writer(edit.map, edit.version)
        if isinstance(target, Inference):
            writer.inferences[about] = target
        else:
            writer.statements[about] = target
        writer.insert_statements(statements)
        writer.insert_inferences(inferences)
        for statement, inference in zip(statements, inferences, strict=True):
            made, step = writer.statements[statement.key], writer.inferences[inference.key]
            edit.log(made, before=None, after=records.of_statement(statement))
            edit.log(step, before=None, after=native.inference_record(inference))
    return Pasted(
        tuple(statement.key for statement in statements),
        tuple(inference.key for inference in inferences),
    )


def _statements(edit: Edit, reasons: Sequence[pasting.Reason]) -> list[core.Statement]:
    """Return the statements, with the next keys of their kinds."""
    by_letter: Mapping[str, list[int]] = defaultdict(list)
    for place, reason in enumerate(reasons):
        by_letter[reason.kind.letter].append(place)
    keys: dict[int, str] = {}
    for letter, places in by_letter.items():
        keys.update(zip(places, edit.next_keys(letter, len(places)), strict=True))
    return [
        core.Statement(
            key=keys[place],
            kind=reason.kind,
            text=reason.text,
            title=reason.title,
            tags=reason.tags,
        )
        for place, reason in enumerate(reasons)
    ]


def _inferences(
    edit: Edit, reasons: Sequence[pasting.Reason], statements: Sequence[core.Statement], about: str
) -> list[core.Inference]:
    """Return the step of each statement, in the order of the lines."""
    keys = edit.next_keys(INFERENCE_LETTER, len(reasons))

    def conclusion(reason: pasting.Reason) -> str:
        if reason.under is None:
            return about
        return keys[reason.under] if reason.undercuts else statements[reason.under].key

    return [
        core.Inference(
            key=key,
            stance=reason.stance,
            premises=(statement.key,),
            conclusion=conclusion(reason),
        )
        for key, reason, statement in zip(keys, reasons, statements, strict=True)
    ]
