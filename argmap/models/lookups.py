"""Lookups of our own: texts compared as people search them, rows by many numbers, or a sole one."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar

from django.db.models import BigAutoField, CharField, Func, Lookup, QuerySet, TextField

from argmap.core.finding import plain

R = TypeVar("R")

SQLITE_PLAIN = "argmap_plain"
"""What SQLite calls `plain`; it has no folding of case beyond ASCII."""


class Holds(Lookup[Any]):
    """`text__holds="zürich"`: finds a text that holds the word, whatever its case and accents.

    What is found with the capitals A to Z made small alone needs no more, and most texts have no
    other letter. For the rest SQLite calls `plain`. PostgreSQL has functions of its own for it, which
    know no foldings of one letter to two (ß is no ss), and no capitals but A to Z where the database
    was made with the locale C.
    """

    lookup_name = "holds"

    def get_prep_lookup(self) -> str:
        return plain(str(self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_values = self.process_lhs(compiler, connection)
        # A text with letters beyond ASCII has more bytes than characters.
        small = f"instr(lower({column}), %s) > 0"
        other = f"length({column}) < length(CAST({column} AS BLOB))"
        folded = f"instr({SQLITE_PLAIN}({column}), %s) > 0"
        values = [*column_values, self.rhs, *column_values * 3, self.rhs]
        return f"({small} OR ({other} AND {folded}))", values

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_values = self.process_lhs(compiler, connection)
        # To look for marks to leave out costs ten times the rest.
        small = f'strpos(lower({column} COLLATE "C"), %s) > 0'
        other = f"octet_length({column}) > length({column})"
        plain_ = f"regexp_replace(normalize(lower({column}), NFKD), %s, '', 'g')"
        values = [*column_values, self.rhs, *column_values * 3, _marks(), self.rhs]
        return f"({small} OR ({other} AND strpos({plain_}, %s) > 0))", values


class Among(Lookup[Any]):
    """`pk__among=[1, 2, …]`: what `pk__in` finds, for as many numbers, or texts, as there are rows.

    They go as one value. As one each, databases refuse them beyond some thousands.
    """

    lookup_name = "among"

    def get_prep_lookup(self) -> list[int] | list[str]:
        if isinstance(self.lhs.output_field, CharField):
            return [str(text) for text in self.rhs]
        return [int(number) for number in self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_values = self.process_lhs(compiler, connection)
        numbers = json.dumps(self.rhs)
        found = "(SELECT value FROM json_each(%s))"
        return f"{column} IN {found}", [*column_values, numbers]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, column_values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*column_values, self.rhs]


class Lines(Func):
    """The texts of a list in a JSON column, one a line, to be searched like one text."""

    arity = 1
    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        each = "(SELECT group_concat(value, char(10)) FROM json_each(%(expressions)s))"
        return self.as_sql(compiler, connection, template=each, **options)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        each = "(SELECT string_agg(value, chr(10)) FROM jsonb_array_elements_text(%(expressions)s))"
        return self.as_sql(compiler, connection, template=each, **options)


def sole(rows: QuerySet[Any, R]) -> R | None:
    """Return what a query finds that finds one row at most.

    `first` has it sorted, most rows by their map's title: twice the time.
    """
    return next(iter(rows.order_by()), None)


def teach(connection: Any, **kwargs: Any) -> None:
    """Give a new connection to SQLite the function that `Holds` calls: for `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_PLAIN, 1, _plain_or_none, deterministic=True)


def _plain_or_none(text: str | None) -> str | None:
    return None if text is None else plain(text)


@cache
def _marks() -> str:
    """Return the expression for what `plain` leaves out: marks that combine with a letter."""
    return f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in _ranges())}]"


def _ranges() -> Iterator[tuple[int, int]]:
    first = None
    for code in range(sys.maxunicode + 1):
        combines = unicodedata.combining(chr(code)) != 0
        if combines and first is None:
            first = code
        elif not combines and first is not None:
            yield first, code - 1
            first = None


for _field in (CharField, TextField):
    _field.register_lookup(Holds)
BigAutoField.register_lookup(Among)
CharField.register_lookup(Among)
