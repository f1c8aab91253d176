"""Queries that Django writes once, and that are then asked with other values.

To build a query of ten columns and two joins, and to write it as SQL, takes Django 0.2 to 0.4 ms;
SQLite answers it in a tenth of that. What every page of a map asks is written once in a process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from inspect import Parameter, signature
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

P = ParamSpec("P")
R = TypeVar("R")
Row = Sequence[Any]
Read = Callable[[Iterable[Row]], Iterable[Any]]

_NUMBER = 2_000_000_001
"""The first number that stands for another; the largest of them fits each column of numbers."""

_PLAIN = {Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD}
_TEXT = "the value with the number {}"


class Prepared(Generic[P, R]):
    """A query, by the function that builds it: call it with values to get what it finds.

    The function returns a query of the default database, of rows or of `values_list`, which is
    neither distinct nor a union. It is called once for each kind of database, with stand-ins of the
    values, which are whole numbers of up to 63 bits, texts, or tuples of either for `__among`. So it
    must filter by them as they are, whatever they are, and nothing hangs on them but the filters.

    Raises TypeError where the function takes anything but values by their places, where a call gives
    others than it takes, or one of another type; and ValueError at the first call where a value is
    not among those that the query sends as they are.
    """

    def __init__(self, build: Callable[P, QuerySet[Any, R]]) -> None:
        taken = signature(build).parameters.values()
        if any(each.kind not in _PLAIN or each.default is not Parameter.empty for each in taken):
            raise TypeError(
                "A prepared query takes values by their places, and each at every call."
            )
        self._build, self._count = build, len(taken)
        self._written: dict[str, _Written] = {}

    def __call__(self, *values: P.args, **others: P.kwargs) -> list[R]:
        """Return what Django would for these values (one query)."""
        if others or len(values) != self._count:
            raise TypeError(f"This prepared query takes {self._count} values by their places.")
        for value in values:
            if not isinstance(value, int | str | tuple) or isinstance(value, bool):
                raise TypeError(f"Neither a whole number nor a text: {value!r}.")
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _write(self._build, values)
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [each.filled(values) for each in written.sent])
            return list(written.read(cursor.fetchall()))


class _Sent(NamedTuple):
    """What is sent with a query: the value at a place, or a constant where there is no place.

    psycopg tells the database how wide a number is by types of its own: `kind` is one of those, or
    what makes one value of several.
    """

    constant: Any
    place: int | None
    kind: Callable[[Any], Any] | None

    def filled(self, values: Sequence[Any]) -> Any:
        if self.place is None:
            return self.constant
        value = values[self.place]
        return value if self.kind is None else self.kind(value)


class _Written(NamedTuple):
    """The SQL of a query, what is sent with it, and how what comes is read."""

    sql: str
    sent: Sequence[_Sent]
    read: Read


def _write(build: Callable[..., QuerySet[Any, Any]], values: Sequence[Any]) -> _Written:
    stand_ins = [_stand_in(value, place) for place, value in enumerate(values)]
    compiler = build(*stand_ins).query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    sent = [_sent(param, stand_ins) for param in params]
    if missing := {*range(len(values))} - {each.place for each in sent}:
        raise ValueError(f"The query does not send the value {min(missing)} as it is.")
    return _Written(sql, sent, _reading(compiler))


def _stand_in(value: Any, place: int) -> Any:
    if isinstance(value, str):
        return _TEXT.format(place)
    return (_NUMBER + place,) if isinstance(value, tuple) else _NUMBER + place


def _sent(param: Any, stand_ins: Sequence[Any]) -> _Sent:
    if param in stand_ins:
        kind = None if type(param) in {int, str} else type(param)
        return _Sent(param, stand_ins.index(param), kind)
    for place, stand_in in enumerate(stand_ins):
        if isinstance(stand_in, tuple):
            several = [list(stand_in), [str(each) for each in stand_in]]
            if param in (*several, *map(json.dumps, several)):
                return _Sent(param, place, list if isinstance(param, list) else json.dumps)
    return _Sent(param, None, None)


def _reading(compiler: Any) -> Read:
    """Return what makes rows, or instances of a model, of what the database answers."""
    columns = [column for column, *_ in compiler.select]
    converters = list(compiler.get_converters(columns).items())
    made = None if compiler.query.has_select_fields else _made(compiler)

    def read(rows: Iterable[Row]) -> Iterable[Any]:
        if converters:
            rows = [_converted(row, converters) for row in rows]
        return map(made, rows) if made else rows

    return read


def _converted(row: Row, converters: Iterable[tuple[int, Any]]) -> Row:
    values = list(row)
    for place, (steps, column) in converters:
        for step in steps:
            values[place] = step(values[place], column, connection)
    return tuple(values)


def _made(compiler: Any) -> Callable[[Row], Model]:
    """Return what makes an instance of a row, and of what is joined: as `ModelIterable` does."""
    found = compiler.klass_info
    model: type[Model] = found["model"]
    start, end = found["select_fields"][0], found["select_fields"][-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[start:end]]
    related = get_related_populators(found, compiler.select, DEFAULT_DB_ALIAS)

    def made(row: Row) -> Model:
        instance = model.from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        for each in related:
            each.populate(row, instance)
        return instance

    return made
