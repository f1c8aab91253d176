"""The columns of the list of sources: what each is, how far it is trusted, what rests on it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap.admin.columns import LastChange, tell_last_change
from argmap.admin.facets import OF_SOURCES
from argmap.admin.lists import KeyColumn, PageAdmin, counted
from argmap.admin.searching import SearchingAdmin
from argmap.core.kinds import Reliability
from argmap.models import Excerpt, Lines, Source

NAMED = 3
"""Authors that the list names."""

EXCERPTS = counted(Excerpt.objects.all(), "source")
STATEMENTS = counted(Excerpt.objects.all(), "source", of="statement")


class SourceColumns(KeyColumn, LastChange, SearchingAdmin[Source], PageAdmin[Source]):
    """What the list shows of a source, and how it is found there."""

    list_display = (
        "key_shown",
        "title",
        "named",
        "published",
        "trusted",
        "statements",
        "excerpts",
        "has_text",
        "changed",
        "map_shown",
    )
    list_filter = OF_SOURCES
    show_facets = admin.ShowFacets.ALWAYS
    searched = ("title", "publisher", "note", "url", "lines")
    search_told = "Words of the title, authors, publisher, note and address; or a key."

    def rows_to_search(self, request: HttpRequest) -> QuerySet[Source]:
        return super().rows_to_search(request).alias(lines=Lines("authors"))

    def tell(self, rows: QuerySet[Source]) -> QuerySet[Source]:
        told: QuerySet[Source] = tell_last_change(rows.defer("text")).annotate(
            length=Length("text"), excerpts_count=EXCERPTS, statements_count=STATEMENTS
        )
        return told

    @admin.display(description="authors", ordering="authors")
    def named(self, obj: Source) -> SafeString | str:
        names = "; ".join(obj.authors[:NAMED])
        more = " and others" if len(obj.authors) > NAMED else ""
        return format_html('<span dir="auto">{}{}</span>', names, more) if names else "–"

    @admin.display(description="reliability", ordering="reliability")
    def trusted(self, obj: Source) -> SafeString | str:
        if not obj.reliability:
            return "–"
        meaning = Reliability(obj.reliability).label
        return format_html('<abbr title="{}">{}</abbr>', meaning, obj.reliability)

    @admin.display(ordering=STATEMENTS)
    def statements(self, obj: Any) -> int:
        return int(obj.statements_count)

    @admin.display(ordering=EXCERPTS)
    def excerpts(self, obj: Any) -> int:
        return int(obj.excerpts_count)

    @admin.display(description="text", boolean=True, ordering=Length("text"))
    def has_text(self, obj: Any) -> bool:
        return bool(obj.length)
