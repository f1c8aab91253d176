"""The log of changes, for reading."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString

from argmap.admin.asking import person_of
from argmap.admin.history import changes_for, difference_table
from argmap.admin.lists import MapFilter, PageAdmin
from argmap.admin.reading import ReadOnlyAdmin
from argmap.models import Change

SHOWN = 8
"""Most elements that a line of the list names: an import touches thousands."""


@admin.register(Change)
class ChangeAdmin(PageAdmin[Change], ReadOnlyAdmin[Change]):
    """Who changed what, on the maps that one may read."""

    list_display = ("at", "credited", "verb", "touched", "map_slug", "version")
    list_filter = (MapFilter, "verb", "at")
    search_fields = ("actor_name", "proposed_by_name", "items__key")
    search_told = "A person's name, or a key."
    list_per_page = 50
    show_full_result_count = False
    fields = ("at", "credited", "verb", "of", "map_slug", "version", "activity", "differences")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return changes_for(person_of(request))

    def tell(self, rows: QuerySet[Change]) -> QuerySet[Change]:
        return rows.prefetch_related("items")

    @admin.display(description="by", ordering="actor_name")
    def credited(self, obj: Change) -> str:
        return obj.credit

    @admin.display(description="what")
    def touched(self, obj: Change) -> str:
        keys = [item.key for item in obj.items.all()]
        more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
        return f"{', '.join(keys[:SHOWN])}{more}"

    def differences(self, obj: Change) -> SafeString:
        return difference_table(obj)
