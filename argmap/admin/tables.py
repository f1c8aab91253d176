"""Maps as files, and statements as tables: out, and in again with a look at each difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator

from argmap import actions, exports, graphs
from argmap.admin.asking import may, person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.downloads import as_file
from argmap.admin.elements import map_url
from argmap.admin.uploading import Outcome, UploadForm, carried_out, spending, upload_with
from argmap.core.formats import FormatError, Table, load_table
from argmap.core.formats.table import COLUMNS
from argmap.core.graph import Graph
from argmap.core.kinds import Kind, Role, Word
from argmap.core.revising import Added, Altered, revise
from argmap.merging import SeenField
from argmap.models import ArgumentMap, Upload
from argmap.render import DrawingFailedError

SHOWN = 200
"""Most statements of one sort that a preview shows: more is for a search, not for the eye."""

TEXT_LENGTH = 140

WRITES = (
    *(f"argmap.{verb}_{kind}" for verb in ("add", "change") for kind in Kind),
    "argmap.add_inference",
)
"""What one must be let do to write a table: it makes and changes statements of each kind."""


class SeenForm(forms.Form):
    """The yes to what a preview shows, and the version that it is of."""

    seen = SeenField(required=True)


class TablesAdmin(ActionAdmin[ArgumentMap]):
    """Maps as files, and tables of their statements."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "argmap_argumentmap"
        table, file = "<int:number>/table/", "<int:number>/export/"
        return [
            path(table, view(self.table_view), name=f"{name}_table"),
            path(f"{table}<int:upload>/", view(self.table_preview), name=f"{name}_table_preview"),
            path(file, view(self.export_view), name=f"{name}_export"),
            path(f"{file}<slug:file_format>/", view(self.export_file), name=f"{name}_export_file"),
            *super().get_urls(),
        ]

    def tools(self, request: HttpRequest, obj: ArgumentMap) -> list[tuple[str, str]]:
        found = [*super().tools(request, obj), (_address("export", obj), "Export…")]
        if self.may_write_tables(request, obj):
            found.append((_address("table", obj), "Import table…"))
        return found

    def may_write_tables(self, request: HttpRequest, obj: ArgumentMap) -> bool:
        """Tell whether who asks may change the statements of a map by a table."""
        return person_of(request).has_perms(WRITES) and may(request, obj, Role.EDITOR)

    # --- Out ----------------------------------------------------------------------------------

    def export_view(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """Offer a map in every format."""
        argument_map = self.find(request, number)
        files = [
            (reverse("admin:argmap_argumentmap_export_file", args=[number, each.name]), each)
            for each in exports.EXPORTS.values()
        ]
        context = self._about(request, argument_map, "Export", files=files)
        return TemplateResponse(request, "admin/argmap/export.html", context)

    def export_file(self, request: HttpRequest, number: int, file_format: str) -> HttpResponseBase:
        """Give a map as a file."""
        argument_map = self.find(request, number)
        known = exports.EXPORTS.get(file_format)
        if known is None:
            raise Http404("There is no such format.")
        try:
            content = exports.write(graphs.load_graph(argument_map), known.name)
        except DrawingFailedError as error:
            self.message_user(request, error.reason, "error")
            return HttpResponseRedirect(_address("export", argument_map))
        return as_file(content, known.media_type, f"{argument_map.slug}{known.suffix}")

    # --- In -----------------------------------------------------------------------------------

    def table_view(self, request: HttpRequest, number: int) -> HttpResponseBase:
        """Take a table, and lead to its preview."""
        argument_map = self._writable(request, number)
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                load_table(content)
            except FormatError as error:
                form.add_error("file", str(error))
            else:
                kept = actions.keep_upload(
                    actor=person_of(request),
                    name=file.name,
                    content=content,
                    argument_map=argument_map,
                )
                return HttpResponseRedirect(_preview_of(kept))
        context = self._about(request, argument_map, "Import table", form=form, columns=COLUMNS)
        return TemplateResponse(request, "admin/argmap/table_upload.html", context)

    def table_preview(self, request: HttpRequest, number: int, upload: int) -> HttpResponseBase:
        """Show what a table would change, and write it once that is sent."""
        argument_map = self._writable(request, number)
        try:
            kept = upload_with(request, upload, map=argument_map)
        except actions.Gone as error:
            self.message_user(request, str(error), "error")
            return HttpResponseRedirect(_address("table", argument_map))
        table = load_table(bytes(kept.content))
        graph = graphs.load_graph(argument_map)
        revision = revise(graph, table)
        form = SeenForm(request.POST or None, initial={"seen": graph.version})
        if form.is_valid():
            seen = form.cleaned_data["seen"]
            return self._write(request, argument_map, kept, table, revision.size, seen)
        context = self._about(
            request,
            argument_map,
            "Import table",
            form=form,
            upload=kept,
            revision=revision,
            added=[_added(each) for each in revision.added[:SHOWN]],
            altered=[_altered(each, graph) for each in revision.altered[:SHOWN]],
            shown=SHOWN,
            shown_slice=f":{SHOWN}",
        )
        return TemplateResponse(request, "admin/argmap/table_preview.html", context)

    def _write(
        self,
        request: HttpRequest,
        argument_map: ArgumentMap,
        kept: Upload,
        table: Table,
        size: int,
        seen: int,
    ) -> HttpResponseBase:
        steps = actions.write_table_in_steps(
            actor=person_of(request), argument_map=argument_map, table=table, seen=seen
        )

        def outcome(made: actions.Tabled) -> Outcome:
            told = f"{_counted(made.added)} added, {_counted(made.altered)} changed."
            back = "One undo, on the map's page, takes all of it back."
            return Outcome(told, map_url(argument_map), lines=(back,))

        return carried_out(
            request,
            spending(kept, steps),
            outcome,
            size=size,
            back=_preview_of(kept),
            page=self._about(request, argument_map, "Importing table"),
        )

    def _writable(self, request: HttpRequest, number: int) -> ArgumentMap:
        found = self.find(request, number)
        if not self.may_write_tables(request, found):
            raise PermissionDenied
        return found

    def _about(
        self, request: HttpRequest, argument_map: ArgumentMap, title: str, **more: Any
    ) -> dict[str, Any]:
        site = self.admin_site.each_context(request)
        said = {"title": title, "opts": self.opts, "about": argument_map, "media": self.media}
        return {**site, **said, **more}


def _address(page: str, argument_map: ArgumentMap) -> str:
    return reverse(f"admin:argmap_argumentmap_{page}", args=[argument_map.pk])


def _preview_of(upload: Upload) -> str:
    return reverse("admin:argmap_argumentmap_table_preview", args=[upload.map_id, upload.pk])


def _counted(keys: Sequence[str]) -> str:
    return f"{len(keys):,} statement{'' if len(keys) == 1 else 's'}"


class _Line(NamedTuple):
    """A statement in a preview: its row, its key, what it says, and the rest."""

    row: int
    key: str
    words: str
    rest: list[Any]


def _added(added: Added) -> _Line:
    statement = added.statement
    steps = [f"{step.stance.verb} {step.conclusion}" for step in added.inferences]
    words = Truncator(statement.title or statement.text).chars(TEXT_LENGTH)
    return _Line(added.row, statement.kind.label, words, steps)


def _altered(altered: Altered, graph: Graph) -> _Line:
    statement = graph.statement[altered.key]
    words = Truncator(statement.title or statement.text).chars(TEXT_LENGTH)
    rest = [
        (each.field.replace("_", " "), _readable(each.before), _readable(each.after))
        for each in altered.differences
    ]
    return _Line(altered.row, altered.key, words, rest)


def _readable(value: Any) -> str:
    if isinstance(value, Word):
        return value.label
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
