"""The search of lists: every word somewhere in a row or what hangs on it, case and accents aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from argmap.admin.asking import once

M = TypeVar("M", bound=Model)

Hanging = tuple[type[Model], str, tuple[str, ...]]
"""A table that hangs on a row, how it points to the row, and which of its texts are searched."""


class SearchingAdmin(admin.ModelAdmin[M]):
    """Lists with a search.

    A row is found where each word of what is asked is its key, or in one of its texts or of what
    hangs on it. What stands between quotes is one word.
    """

    named_by: ClassVar[tuple[str, ...]] = ("key",)
    """What a word may be, whole: keys, by their paths."""

    searched: ClassVar[tuple[str, ...]] = ()
    """The texts of a row, by their paths."""

    hanging: ClassVar[tuple[Hanging, ...]] = ()

    search_fields = ("key",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        if not words_of(search_term):
            return queryset, False
        return queryset.filter(pk__among=self.found(request, search_term)), False

    def found(self, request: HttpRequest, search_term: str) -> list[int]:
        """Return the numbers of the rows that hold all words, of whatever map.

        Looked for once a request: a list asks how many, for a page, and what its filters find.
        """

        def find() -> list[int]:
            rows = self.rows_to_search(request).order_by().alias(whole=_whole(self.searched))
            for word in words_of(search_term):
                rows = rows.filter(self._holding(word))
            return list(rows.values_list("pk", flat=True))

        return once(request, f"found by {search_term}", find)

    def rows_to_search(self, request: HttpRequest) -> QuerySet[M]:
        """Return the rows that may be read, with whatever `searched` names beside columns."""
        return self.get_queryset(request)

    def _holding(self, word: str) -> Q:
        found = Q(whole__holds=word)
        for path in self.named_by:
            found |= Q(**{path: word.upper()})
        for model, back, paths in self.hanging:
            # A subquery, not a join: a row that holds a word twice is one row.
            mine = model._default_manager.filter(**{back: OuterRef("pk")})
            found |= Q(Exists(mine.alias(whole=_whole(paths)).filter(whole__holds=word)))
        return found


def _whole(paths: Sequence[str]) -> Concat:
    """Return texts as one, a line each: SQLite calls out for each text that is searched."""
    text: TextField[str, str] = TextField()
    lines = [part for path in paths for part in (path, Value("\n", text))]
    return Concat(*lines, Value("", text), output_field=text)


def words_of(asked: str) -> list[str]:
    """Return the words of what someone asks for; what stands between quotes is one of them."""
    return [_unquoted(bit) for bit in smart_split(asked)]


def _unquoted(bit: str) -> str:
    quoted = len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "\"'"
    return unescape_string_literal(bit) if quoted else bit
