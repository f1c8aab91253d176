"""Making, editing and deleting inferences with their premises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, deleted_meanwhile, editing, known_fields, validate
from argmap.actions.records import record
from argmap.actions.removal import remove_with_what_hangs_on_it
from argmap.actions.repeating import refuse_repeated
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, SOURCE_LETTER
from argmap.core.kinds import Verb
from argmap.core.limits import PREMISES_LIMIT
from argmap.models import ArgumentMap, Inference, Premise, Scheme, Statement

FIELDS = frozenset({"stance", "premises", "conclusion", "scheme", "warrant", "weight"})
COLUMNS = ("stance", "conclusion_statement", "conclusion_inference", "scheme", "warrant", "weight")

ELSEWHERE = (SOURCE_LETTER, EXCERPT_LETTER)


def add_inference(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    stance: str,
    premises: Sequence[str],
    conclusion: str,
    **fields: Any,
) -> Inference:
    """Add an inference from `premises` (keys of statements) to `conclusion` (a key of either).

    `scheme` is a slug, or None. Raises ValidationError by field, Repeated where the map has it.
    """
    given = {"stance": stance, "premises": premises, "conclusion": conclusion, **fields}
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        inference = insert_inference(edit, given)
        refuse_repeated(edit, inference)
        return inference


def insert_inference(edit: Edit, fields: dict[str, Any]) -> Inference:
    """Add an inference within an open edit."""
    inference = Inference(map=edit.map, changed_in=edit.version)
    premises = _fill(inference, known_fields(fields, FIELDS))
    inference.key = edit.next_key(INFERENCE_LETTER)
    validate(inference)
    inference.save(force_insert=True)
    _write_premises(inference, premises)
    edit.log(inference, before=None, after=record(inference))
    return inference


def edit_inference(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    seen: int | None = None,
    **fields: Any,
) -> Inference:
    """Change an inference; `premises`, where given, replaces them all, in order.

    `seen` is the version of the map that the author saw. Raises ValidationError by field, Repeated
    where the map has such an inference, Gone, or Conflict where it changed after `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        inference = edit.fetch(Inference, key, seen=seen)
        alter_inference(edit, inference, known_fields(fields, FIELDS))
        refuse_repeated(edit, inference)
        return inference


def alter_inference(edit: Edit, inference: Inference, fields: dict[str, Any]) -> Inference:
    """Change an inference within an open edit.

    Texts are taken as they are: what is set back must be what it was, white space at its ends too.
    """
    before = record(inference)
    premises = _fill(inference, fields)
    validate(inference)
    _write_premises(inference, premises)
    after = record(inference)
    if after != before:
        edit.save(inference, list(COLUMNS))
        edit.log(inference, before=before, after=after)
    return inference


def premises_of(inference: Inference) -> list[Statement]:
    """Return the premises of an inference, in order (one query)."""
    rows = Premise.objects.filter(inference=inference).select_related("statement")
    return [row.statement for row in rows.order_by("order")]


def delete_inference(
    *, actor: User | None, argument_map: ArgumentMap, key: str, seen: int | None = None
) -> None:
    """Delete an inference and whatever bears on it.

    Raises Gone, or Conflict where any of them changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.DELETE) as edit:
        remove_with_what_hangs_on_it(edit, [edit.fetch(Inference, key, seen=seen)], seen)


def _fill(inference: Inference, values: dict[str, Any]) -> list[Statement]:
    """Set the columns that `values` names, and return the premises, new or as they were.

    Raises ValidationError by field where a key is unknown or a rule of the graph is broken.
    """
    for name in ("stance", "warrant", "weight"):
        if name in values:
            setattr(inference, name, values[name])
    if "scheme" in values:
        inference.scheme = _scheme(values["scheme"])
    if "conclusion" in values:
        _conclude(inference, values["conclusion"])
    if "premises" in values:
        premises = _premises(inference.map, values["premises"])
    else:
        premises = premises_of(inference)
    _check(inference, premises)
    return premises


def _scheme(slug: str | None) -> Scheme | None:
    if not slug:
        return None
    scheme = Scheme.objects.filter(slug=slug).first()
    if scheme is None:
        raise ValidationError({"scheme": f'There is no scheme "{slug}".'})
    return scheme


def _conclude(inference: Inference, key: str) -> None:
    inference.conclusion_statement = inference.conclusion_inference = None
    if str(key).startswith(INFERENCE_LETTER):
        inference.conclusion_inference = inference.map.inferences.filter(key=key).first()
    else:
        inference.conclusion_statement = inference.map.statements.filter(key=key).first()
    if inference.conclusion is None:
        none = _none(inference.map, key, "statement or inference", ELSEWHERE)
        raise ValidationError({"conclusion": none})


def _none(argument_map: ArgumentMap, key: str, wanted: str, others: tuple[str, ...]) -> str:
    """Say that there is none, or that it was deleted: keys of `others` were never what is wanted."""
    if not str(key).startswith(others) and argument_map.has_had(str(key)):
        return deleted_meanwhile(argument_map, key)
    return f'This map has no {wanted} "{key}".'


def _premises(argument_map: ArgumentMap, keys: Sequence[str]) -> list[Statement]:
    if not isinstance(keys, list | tuple) or not keys:
        raise ValidationError({"premises": "An inference starts from one premise at least."})
    if len(keys) > PREMISES_LIMIT:
        raise ValidationError(
            {"premises": f"{len(keys)} premises: {PREMISES_LIMIT} is the most of one inference."}
        )
    found = {row.key: row for row in argument_map.statements.filter(key__in=keys)}
    for place, key in enumerate(keys):
        if key not in found:
            none = _none(argument_map, key, "statement", (*ELSEWHERE, INFERENCE_LETTER))
            raise ValidationError({"premises": none})
        if key in keys[:place]:
            raise ValidationError({"premises": f"{key} is a premise twice."})
    return [found[key] for key in keys]


def _check(inference: Inference, premises: list[Statement]) -> None:
    """Refuse what leads round: a conclusion among its own premises, a ring of inferences."""
    if inference.conclusion_statement in premises:
        raise ValidationError(
            {"conclusion": "An inference cannot take its own conclusion as a premise."}
        )
    borne_on = dict(
        inference.map.inferences.filter(conclusion_inference__isnull=False).values_list(
            "pk", "conclusion_inference"
        )
    )
    here = inference.conclusion_inference_id
    for _ in range(len(borne_on) + 1):
        if here is None:
            return
        if here == inference.pk:
            raise ValidationError(
                {"conclusion": "An inference cannot bear on itself, even by way of others."}
            )
        here = borne_on.get(here)


def _write_premises(inference: Inference, premises: list[Statement]) -> None:
    stored = Premise.objects.filter(inference=inference).order_by("order")
    if list(stored.values_list("statement", flat=True)) == [row.pk for row in premises]:
        return
    stored.delete()
    Premise.objects.bulk_create(
        Premise(inference=inference, statement=statement, order=place)
        for place, statement in enumerate(premises, start=1)
    )
