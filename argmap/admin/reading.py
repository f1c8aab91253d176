"""Whose rows the admin shows, and what may be done with them.

Rights are the group's permissions (what kinds of rows) and the role on the map (which rows), both.
Rows of maps that one may not read are never looked at: an address of one answers as if there were
no such row.
"""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap import access
from argmap.admin.asking import map_named, may, person_of
from argmap.admin.elements import map_url
from argmap.core.kinds import Role
from argmap.models import ArgumentMap

M = TypeVar("M", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """Rows that nobody writes here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class MapRowsAdmin(admin.ModelAdmin[M]):
    """Rows of the maps that one may read, with rights by role."""

    role_to_write: ClassVar[Role] = Role.EDITOR
    role_to_delete: ClassVar[Role] = Role.EDITOR

    def rows(self, request: HttpRequest) -> QuerySet[M]:
        """Return the rows that may be read, with their maps."""
        rows = access.rows_for(self.model, person_of(request))
        return rows.select_related("map")

    def map_of(self, obj: M) -> ArgumentMap:
        found: ArgumentMap = obj.map  # type: ignore[attr-defined]
        return found

    def map_at_hand(self, request: HttpRequest, obj: M | None) -> ArgumentMap | None:
        """Return the map of a row, or the one that the address of a new row names."""
        return map_named(request, self.role_to_write) if obj is None else self.map_of(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        readable = access.readable_maps(person_of(request))
        return super().get_queryset(request).filter(map__in=readable)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> M | None:
        try:
            number = self.model._meta.pk.to_python(object_id)
        except ValidationError:
            return None
        return self.rows(request).filter(pk=number).first()

    def find(self, request: HttpRequest, number: int) -> M:
        """Return a row that may be read. Raises Http404 where there is none of this number."""
        found = self.rows(request).filter(pk=number).first()
        if found is None or not self.has_view_permission(request, found):
            raise Http404("There is no such row.")
        return found

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return super().has_view_permission(request, obj) and self._may(request, obj, Role.VIEWER)

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and self._may(request, obj, self.role_to_write)

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and self._may(request, obj, self.role_to_delete)

    def _may(self, request: HttpRequest, obj: M | None, needed: Role) -> bool:
        return obj is None or may(request, self.map_of(obj), needed)

    @admin.display(description="map", ordering="map")
    def map_shown(self, obj: M) -> SafeString:
        """Show the map, which a row never leaves, as a link, with the slug that copies differ in."""
        found = self.map_of(obj)
        told = '<a href="{}" dir="auto">{}</a> <span class="mini quiet">{}</span>'
        return format_html(told, map_url(found), found.title, found.slug)
