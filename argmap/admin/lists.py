"""What the lists have in common: how they find a page of rows, the filter by map, counted columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, IntegerField, Model, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, LPad, Substr
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from argmap.admin.asking import once, person_of
from argmap.admin.choosing import Choosing
from argmap.admin.tally import MapRow, maps_for
from argmap.core.numbers import whole
from argmap.models import Element

M = TypeVar("M", bound=Model)

NATURAL_KEY = Concat(Substr("key", 1, 1), LPad(Substr("key", 2), 9, Value("0")))
"""The natural order of keys as one expression, which a column's heading needs."""


def readable(request: HttpRequest) -> list[MapRow]:
    """Return the maps that may be read, asked for once a request."""
    return once(request, "readable maps", lambda: maps_for(person_of(request)))


class KeyColumn:
    """The column of keys, in their natural order."""

    @admin.display(description="key", ordering=NATURAL_KEY)
    def key_shown(self, obj: Element) -> str:
        return obj.key


class PageList(ChangeList):
    """Finds which rows are on the page first, and then what their columns tell: two queries.

    In one, each row of the table would be told of, if only to be sorted and left out.
    """

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        numbers = list(self.result_list.values_list("pk", flat=True))
        rows = self.model._default_manager.filter(pk__in=numbers).order_by()
        page: PageAdmin[Any] = self.model_admin  # type: ignore[assignment]
        told = page.tell(self.apply_select_related(rows)).in_bulk()
        # In between someone may have deleted one.
        self.result_list = [told[number] for number in numbers if number in told]


class TickedAdmin(admin.ModelAdmin[M]):
    """Lists whose rows are ticked. The stock box has a template rendered, two fifths of a row."""

    def action_checkbox(self, obj: M) -> SafeString:
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            format_html(_("Select this object for an action - {}"), str(obj)),
        )


class PageAdmin(TickedAdmin[M]):
    """Lists whose columns are told of the rows of one page alone."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return PageList

    def get_list_display(self, request: HttpRequest) -> Any:
        """Leave the map out where all rows are of one: the filter names it."""
        columns = super().get_list_display(request)
        one = request.GET.get(MapFilter.parameter_name) or len(readable(request)) < 2
        return [name for name in columns if not (one and name == "map_shown")]

    def tell(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Add to the rows of one page what the columns show of them."""
        return rows


class MapFilter(Choosing):
    """Filters by map, and names none that may not be read. One query, and one more to count."""

    title = "map"
    parameter_name = "map"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        maps = readable(request)
        alike = Counter(row.title for row in maps)
        return [
            (str(row.pk), f"{row.title} ({row.slug})" if alike[row.title] > 1 else row.title)
            for row in maps
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> QuerySet[Model]:
        number = self.value()
        if number is None:
            return queryset
        # The rows are of readable maps already: another map's number finds none of them.
        return queryset.filter(map=whole(number))

    def numbers(self, changelist: Any) -> Mapping[str, int] | None:
        if not changelist.add_facets:
            return None
        rows = changelist.get_queryset(self.request, exclude_parameters=self.expected_parameters())
        counted = rows.order_by().values_list("map").annotate(Count("pk"))
        return {str(number): found for number, found in counted}


def counted(rows: QuerySet[Any], path: str, *, of: str = "pk") -> Coalesce:
    """Return how many of `rows` point by `path` to the row at hand, as a column of its own.

    Those that agree in the column `of` count once. A subquery each: joins of two such tables would
    multiply one another.
    """
    mine = rows.filter(**{path: OuterRef("pk")}).order_by()
    number = mine.values(path).annotate(number=Count(of, distinct=of != "pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())
