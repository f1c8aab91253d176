"""What the lists have in common: the filter by map, columns that count, the natural order."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, LPad, Substr
from django.http import HttpRequest

from argmap import access
from argmap.admin.asking import person_of

NATURAL_KEY = Concat(Substr("key", 1, 1), LPad(Substr("key", 2), 9, Value("0")))
"""The natural order of keys as one expression, which a column's heading needs."""


class MapFilter(admin.SimpleListFilter):
    """Filters by map, and names none that may not be read. One query."""

    title = "map"
    parameter_name = "map"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        maps = access.readable_maps(person_of(request)).order_by("title", "slug")
        found = list(maps.values_list("pk", "title", "slug"))
        alike = Counter(title for _, title, _ in found)
        return [
            (str(pk), f"{title} ({slug})" if alike[title] > 1 else title)
            for pk, title, slug in found
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        number = self.value()
        if number is None:
            return queryset
        # The rows are of readable maps already: another map's number finds none of them.
        return queryset.filter(map=int(number)) if number.isdecimal() else queryset.none()


def counted(rows: QuerySet[Any], path: str) -> Coalesce:
    """Return how many of `rows` point by `path` to the row at hand, as a column of its own.

    A subquery each: joins of two such tables would multiply one another.
    """
    mine = rows.filter(**{path: OuterRef("pk")}).order_by()
    number = mine.values(path).annotate(number=Count("pk", distinct=True)).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
