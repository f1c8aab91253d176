"""Argumentation schemes: fixtures make them, the admin shows them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from argmap.admin.reading import ReadOnlyAdmin
from argmap.models import CriticalQuestion, Scheme


class QuestionInline(admin.TabularInline[CriticalQuestion, Scheme]):
    """The questions that an inference of the scheme must survive."""

    model = CriticalQuestion
    fields = ("order", "text")
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Scheme)
class SchemeAdmin(ReadOnlyAdmin[Scheme]):
    """Schemes with their critical questions."""

    list_display = ("name", "slug")
    search_fields = ("name", "slug", "description")
    fields = ("name", "slug", "description")
    inlines = [QuestionInline]
