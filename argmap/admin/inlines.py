"""Rows on their parent's page."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.admin.options import InlineModelAdmin
from django.http import HttpRequest

from argmap.admin.asking import map_named, may
from argmap.admin.forms import ActionForm, RowFormSet, for_request
from argmap.core.kinds import Role
from argmap.models import ArgumentMap


class RowInline(InlineModelAdmin[Any, Any]):
    """Rows on their parent's page, which actions write."""

    role_to_write: ClassVar[Role] = Role.EDITOR
    template = "admin/edit_inline/tabular.html"
    view_on_site = False
    formset = RowFormSet
    extra = 0

    def map_of(self, request: HttpRequest, parent: Any) -> ArgumentMap | None:
        if parent is None:
            return map_named(request, self.role_to_write)
        return parent if isinstance(parent, ArgumentMap) else parent.map

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        for_request(cast("type[ActionForm[Any]]", formset.form), request, self.map_of(request, obj))
        return formset

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may(request, obj)

    def _may(self, request: HttpRequest, parent: Any) -> bool:
        argument_map = self.map_of(request, parent)
        return argument_map is not None and may(request, argument_map, self.role_to_write)
