"""Acts on many elements, on one map or several: a Change a map, and one batch for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from argmap.actions.base import Edit, Gone, editing, validate
from argmap.actions.records import record
from argmap.core.kinds import Verb
from argmap.core.limits import INFERENCES_LIMIT, SOURCES_LIMIT, STATEMENTS_LIMIT
from argmap.models import ArgumentMap, Element, Statement

ROOM = {
    "statements": STATEMENTS_LIMIT,
    "inferences": INFERENCES_LIMIT,
    "sources": SOURCES_LIMIT,
}


class Chosen(NamedTuple):
    """Statements of one map by their keys; `seen` is the map's version that their author saw."""

    map: ArgumentMap
    keys: Sequence[str]
    seen: int | None = None


class Together(dict[int, Edit]):
    """The edits of one act, by the primary keys of their maps."""

    def __init__(self, batch: UUID) -> None:
        super().__init__()
        self.batch = batch

    def of(self, argument_map: ArgumentMap) -> Edit:
        """Return the edit of a map."""
        return self[argument_map.pk]


@contextmanager
def editing_together(
    maps: Iterable[ArgumentMap], *, actor: User | None, verb: Verb
) -> Iterator[Together]:
    """Open an edit of each of `maps`, all of them or none, by the rules of `editing`.

    Their Changes share a batch. Maps are taken in one order always, so that two such acts wait for
    one another and never both at once.
    """
    together = Together(uuid4())
    with transaction.atomic(), ExitStack() as stack:
        for each in sorted({*maps}, key=lambda each: each.pk):
            opened = editing(each, actor=actor, verb=verb, batch=together.batch)
            together[each.pk] = stack.enter_context(opened)
        yield together


def fetch_chosen(edit: Edit, chosen: Chosen) -> list[Statement]:
    """Return the chosen statements in the order of their keys as given (one query).

    Raises Gone where one is no longer there, Conflict where one changed after `chosen.seen`.
    """
    found = {row.key: row for row in edit.map.statements.filter(key__in=chosen.keys)}
    for key in chosen.keys:
        if key not in found:
            raise Gone(f"{key} was deleted meanwhile. Nothing was saved.")
        edit.expect(found[key], chosen.seen)
    return [found[key] for key in dict.fromkeys(chosen.keys)]


def alter_statements(edit: Edit, altered: Iterable[tuple[Statement, dict[str, Any]]]) -> None:
    """Give each statement the values beside it, and log it: a query for all that get the same.

    Values that are there already are passed over. Raises ValidationError, which names the statement.
    """
    # Not by bulk_update, which builds an expression for each value of each row: a hundred times
    # as long.
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for row, values in altered:
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not differing:
            continue
        before = record(row)
        for name, value in differing.items():
            setattr(row, name, value)
        row.changed_in = edit.version
        validate_named(row)
        edit.log(row, before=before, after=record(row))
        alike.setdefault(repr(differing), (differing, []))[1].append(row.pk)
    for values, numbers in alike.values():
        rows = Statement.objects.filter(pk__in=numbers)
        rows.update(**values, changed_in=edit.version)


def validate_named(row: Element) -> None:
    """Check a row's own columns. Raises ValidationError, which names the row and its map."""
    try:
        validate(row)
    except ValidationError as error:
        field, told = next(iter(error.message_dict.items()))
        raise ValidationError(f"{row.key} of “{row.map}”: {field}: {told[0]}") from error


def lacking_room(argument_map: ArgumentMap, **more: int) -> str:
    """Return why a map cannot hold so many more `statements`, `inferences`, `sources`; or ""."""
    for name, number in more.items():
        if number and getattr(argument_map, name).count() + number > ROOM[name]:
            return f"A map holds {ROOM[name]:,} {name} at the most."
    return ""
