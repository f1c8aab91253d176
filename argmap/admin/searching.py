"""The search of lists: every word somewhere in a row or what hangs on it, case and accents aside."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import ClassVar, TypeVar

from django.contrib import admin
from django.core.cache import cache
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split, unescape_string_literal

from argmap.admin.asking import once
from argmap.admin.lists import readable
from argmap.graphs.steady import is_committed

M = TypeVar("M", bound=Model)

KEEP_SECONDS = 600

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

        Looked for once a request: a list asks how many, for a page, and what its filters find. Who
        pages, sorts and filters what they searched for has it from the cache, until something is
        written on one of their maps.
        """

        def find() -> list[int]:
            rows = self.rows_to_search(request).order_by()
            for word in words_of(search_term):
                rows = rows.filter(self._holding(word))
            return list(rows.values_list("pk", flat=True))

        def kept() -> list[int]:
            if not is_committed():
                return find()
            maps = [(row.uuid, row.activity) for row in readable(request)]
            asked = (self.opts.label, request.user.pk, search_term, maps)
            name = f"found:{sha256(repr(asked).encode()).hexdigest()}"
            found: list[int] | None = cache.get(name)
            if found is None:
                found = find()
                cache.set(name, found, KEEP_SECONDS)
            return found

        return once(request, f"found by {search_term}", kept)

    def rows_to_search(self, request: HttpRequest) -> QuerySet[M]:
        """Return the rows that may be read, with whatever `searched` names beside columns."""
        return self.get_queryset(request)

    def _holding(self, word: str) -> Q:
        found = _in_any((*self.named_by, *self.searched), word)
        for model, back, paths in self.hanging:
            # A subquery, not a join: a row that holds a word twice is one row. Nor one for each row.
            hanging = model._default_manager.filter(_in_any(paths, word))
            found |= Q(pk__in=hanging.order_by().values(back))
        return found


def _in_any(paths: Sequence[str], word: str) -> Q:
    """Return the condition that one of some texts holds a word, or one of some keys is it."""
    found = Q()
    for path in paths:
        is_key = path.rpartition("__")[2] == "key"
        found |= Q(**{path: word.upper()}) if is_key else Q(**{f"{path}__holds": word})
    return found


def words_of(asked: str) -> list[str]:
    """Return the words of what someone asks for; what stands between quotes is one of them."""
    return [_unquoted(bit) for bit in smart_split(asked)]


def _unquoted(bit: str) -> str:
    quoted = len(bit) > 1 and bit[0] == bit[-1] and bit[0] in "\"'"
    return unescape_string_literal(bit) if quoted else bit
