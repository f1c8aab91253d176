"""Statements of a list as a table: those that are ticked, or all that the filters leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from argmap import graphs
from argmap.core.formats import FORMATS, csv_table, xlsx_table
from argmap.core.formats.table import Line, write_statements
from argmap.models import Statement

WRITERS: Mapping[str, Callable[[list[Line]], bytes]] = {
    "csv": lambda lines: csv_table.write(lines).encode(),
    "xlsx": lambda lines: xlsx_table.write({xlsx_table.STATEMENTS: lines}),
}


class Downloads(admin.ModelAdmin[Any]):
    """Lists of statements that can be had as tables."""

    def get_actions(self, request: HttpRequest) -> Any:
        found: dict[str, Any] = dict(super().get_actions(request))
        for name in WRITERS:
            action = f"download_{name}"
            found[action] = (_downloading(name), action, f"Download as {name.upper()}")
        return found


def _downloading(name: str) -> Callable[..., HttpResponse]:
    def download(
        model_admin: Downloads, request: HttpRequest, rows: QuerySet[Statement]
    ) -> HttpResponse:
        known = FORMATS[name]
        lines = write_statements(graphs.load_chosen(rows))
        file = f"{model_admin.opts.verbose_name_plural}{known.suffix}"
        return as_file(WRITERS[name](lines), known.media_type, file)

    return download


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """Return an answer that a browser saves under `name`."""
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=told)
