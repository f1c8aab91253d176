"""How rows stand now, as the log would write them, in a query or two for each table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet

from argmap.actions.records import Record, name_of, of_inference, record
from argmap.models import (
    Answer,
    ArgumentMap,
    Element,
    Excerpt,
    Inference,
    Premise,
    Source,
    Statement,
)


class Standing(NamedTuple):
    """A row, and what the log would keep of it."""

    row: Any
    record: Record


def standing(argument_map: ArgumentMap, type_: str, keys: Iterable[str]) -> dict[str, Standing]:
    """Return those rows of a table that are there, by key. The map itself has the key ""."""
    if type_ == "map":
        return {"": Standing(argument_map, record(argument_map))}
    name = "pk" if type_ == "answer" else "key"
    found = _ROWS[type_](argument_map).filter(**{f"{name}__in": keys})
    return {name_of(row): Standing(row, _WRITTEN.get(type_, record)(row)) for row in found}


def answers_of(argument_map: ArgumentMap) -> QuerySet[Answer]:
    """Return the answers on a map, with all that the log writes of them."""
    return argument_map.answers.select_related("inference", "question__scheme")


Going = dict[type[Element] | type[Answer], list[Any]]
"""Rows that are to be deleted, by table, in the order in which the tables let go of them."""


class Hanging(NamedTuple):
    """A row that is there only as long as the one with the key `on`, and the fields that say so."""

    type: str
    key: str
    on: str
    fields: tuple[str, ...]

    @property
    def called(self) -> str:
        """What people call it: its key, where it has one."""
        return "an answer" if self.type == "answer" else self.key


def hanging_on(going: Going) -> Iterator[Hanging]:
    """Yield what hangs on rows that are to be deleted and is not to be deleted itself."""
    statements, inferences = going[Statement], going[Inference]
    premises = Premise.objects.filter(statement__in=statements).exclude(inference__in=inferences)
    for key, on in premises.values_list("inference__key", "statement__key"):
        yield Hanging("inference", key, on, ("premises",))
    bearing = Inference.objects.exclude(pk__in=[row.pk for row in inferences])
    for path, below in (("conclusion_statement", statements), ("conclusion_inference", inferences)):
        borne_on = bearing.filter(**{f"{path}__in": below})
        for key, on in borne_on.values_list("key", f"{path}__key"):
            yield Hanging("inference", key, on, ("conclusion",))
    answers = Answer.objects.filter(inference__in=inferences)
    answers = answers.exclude(pk__in=[row.pk for row in going[Answer]])
    for pk, on in answers.values_list("pk", "inference__key"):
        yield Hanging("answer", str(pk), on, ("says",))
    excerpts = Excerpt.objects.exclude(pk__in=[row.pk for row in going[Excerpt]])
    for path, below in (("statement", statements), ("source", going[Source])):
        resting = excerpts.filter(**{f"{path}__in": below})
        for key, on in resting.values_list("key", f"{path}__key"):
            yield Hanging("excerpt", key, on, (path,))


def _inferences(argument_map: ArgumentMap) -> QuerySet[Any]:
    premises = Premise.objects.order_by("order").select_related("statement")
    return argument_map.inferences.select_related(
        "conclusion_statement", "conclusion_inference", "scheme"
    ).prefetch_related(Prefetch("premises", premises))


def _excerpts(argument_map: ArgumentMap) -> QuerySet[Any]:
    # Without the sources' texts, each of which may be megabytes.
    return argument_map.excerpts.select_related("statement", "source").defer("source__text")


_ROWS: dict[str, Callable[[ArgumentMap], QuerySet[Any]]] = {
    "answer": answers_of,
    "excerpt": _excerpts,
    "inference": _inferences,
    "source": lambda argument_map: argument_map.sources.all(),
    "statement": lambda argument_map: argument_map.statements.all(),
}

_WRITTEN: dict[str, Callable[[Any], Record]] = {
    "inference": lambda row: of_inference(row, [each.statement.key for each in row.premises.all()])
}
