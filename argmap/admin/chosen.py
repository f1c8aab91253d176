"""What can be done with several maps of the list at once."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from argmap import actions, graphs
from argmap.admin.asking import person_of
from argmap.admin.downloads import as_file
from argmap.exports import EXPORTS, write
from argmap.models import ArgumentMap

MOST = 100
"""Maps that are copied or written to files at once."""

NATIVE = EXPORTS["json"]
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP archive can tell: the same maps make the same bytes."""

Maps = QuerySet[ArgumentMap]


class ChosenMaps(admin.ModelAdmin[ArgumentMap]):
    """The actions of the list of maps."""

    actions = ("duplicate_chosen", "archive_chosen", "unarchive_chosen", "export_chosen")

    @admin.action(description="Duplicate the chosen maps", permissions=["add"])
    def duplicate_chosen(self, request: HttpRequest, queryset: Maps) -> None:
        if self._are_few(request, queryset):
            self._each(request, queryset, actions.copy_map, "Duplicated")

    @admin.action(description="Archive the chosen maps", permissions=["change"])
    def archive_chosen(self, request: HttpRequest, queryset: Maps) -> None:
        self._each(request, queryset, actions.archive_map, "Archived")

    @admin.action(description="Take the chosen maps back in use", permissions=["change"])
    def unarchive_chosen(self, request: HttpRequest, queryset: Maps) -> None:
        self._each(request, queryset, actions.unarchive_map, "In use")

    @admin.action(description="Export the chosen maps as argmap/1 in a ZIP file")
    def export_chosen(self, request: HttpRequest, queryset: Maps) -> HttpResponse | None:
        if not self._are_few(request, queryset):
            return None
        held = BytesIO()
        with ZipFile(held, "w", ZIP_DEFLATED) as archive:
            for argument_map in queryset:
                name = ZipInfo(f"{argument_map.slug}{NATIVE.suffix}", LONG_AGO)
                content = write(graphs.load_graph(argument_map), NATIVE.name)
                archive.writestr(name, content, ZIP_DEFLATED)
        return as_file(held.getvalue(), "application/zip", "maps.zip")

    def _are_few(self, request: HttpRequest, queryset: Maps) -> bool:
        if len(queryset) <= MOST:
            return True
        self.message_user(request, f"Choose {MOST} maps at most.", messages.ERROR)
        return False

    def _each(
        self, request: HttpRequest, queryset: Maps, act: Callable[..., Any], told: str
    ) -> None:
        """Do something with each of the chosen maps, with all of them or with none."""
        person: User = person_of(request)
        try:
            with transaction.atomic():
                for argument_map in queryset:
                    _do(act, person, argument_map)
        except _RefusedError as refused:
            self.message_user(request, f"Nothing was done. {refused}", messages.ERROR)
        else:
            titles = ", ".join(f"“{argument_map}”" for argument_map in queryset)
            self.message_user(request, f"{told}: {titles}.", messages.SUCCESS)


class _RefusedError(Exception):
    """An action refused one of the chosen maps."""


def _do(act: Callable[..., Any], person: User, argument_map: ArgumentMap) -> None:
    """Do it with one map; raise _RefusedError, which names the map, where the action refuses."""
    try:
        act(actor=person, argument_map=argument_map)
    except (*actions.REFUSALS, PermissionDenied) as error:
        raise _RefusedError(f"“{argument_map}”: {actions.reason_of(error)}") from error
