"""What a source's page says of other sources that may be the same document."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap.admin.elements import link, listed
from argmap.admin.lists import readable
from argmap.admin.reading import MapRowsAdmin
from argmap.admin.source_merging import merge_address
from argmap.admin.tally import like
from argmap.core.sentences import listed as in_words
from argmap.models import Source


class LikenessAdmin(MapRowsAdmin[Source]):
    """Sources that are compared with those of all maps that one may read."""

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Source | None = None,
    ) -> HttpResponse:
        if obj is not None:
            vars(obj)["like"] = self._like(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description="may be the same as")
    def duplicates(self, obj: Source) -> SafeString | str:
        return listed(vars(obj).get("like", ()))

    def _like(self, request: HttpRequest, obj: Source) -> list[SafeString]:
        """Return a line for each source that is like this one: where it is, and why."""
        found = like(readable(request), obj.pk)
        if not found:
            return []
        others = self.rows(request).defer("text").filter(pk__in=found).order_by("map__title", "pk")
        return [self._line(request, obj, other, found[other.pk]) for other in others]

    def _line(
        self, request: HttpRequest, obj: Source, other: Source, likenesses: list[Any]
    ) -> SafeString:
        why = in_words([likeness.value for likeness in likenesses])
        told = format_html(
            '{} <span class="quiet">the same {}</span>', link(other, str(other)), why
        )
        if other.map_id != obj.map_id:
            return format_html("{} · on <bdi>{}</bdi>", told, other.map.title)
        if not self.has_delete_permission(request, obj):
            return told
        return format_html('{} · <a href="{}">Merge…</a>', told, merge_address([obj.pk, other.pk]))
