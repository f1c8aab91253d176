"""A whole map from a file: a look at what it would make and lose, and then all of it or nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from argmap import actions, graphs, render
from argmap.admin.asking import person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.elements import map_url
from argmap.admin.uploading import Outcome, UploadForm, carried_out, spending, upload_with
from argmap.core import focus, walk
from argmap.core.formats import FORMATS, Format, FormatError, Loaded, decode, recognise
from argmap.core.graph import Graph
from argmap.core.kinds import Kind, Stance, Visibility
from argmap.models import ArgumentMap, Upload

FIRST = 5
"""How many statements a preview shows: enough to know a map by."""

LOSSES_SHOWN = 200


class ImportForm(forms.Form):
    """What a file does not say of the map that is made of it."""

    slug = forms.SlugField(
        required=False,
        max_length=ArgumentMap._meta.get_field("slug").max_length,
        help_text="The last part of the map's address. One that is taken gets a number.",
    )
    visibility = forms.ChoiceField(
        choices=Visibility.choices,
        initial=Visibility.PRIVATE,
        help_text="Who may read it. You will be its owner.",
    )


def read_map(content: bytes) -> tuple[Format, Loaded]:
    """Return the format of a file, and what it holds. Raises FormatError, with the place."""
    text = decode(content)
    form, load = recognise(text)
    return form, load(text)


class ImportingAdmin(ActionAdmin[ArgumentMap]):
    """Maps that come from files."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "argmap_argumentmap_import"
        return [
            path("import/", view(self.import_view), name=name),
            path("import/<int:upload>/", view(self.import_preview), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        """Take a file, and lead to its preview."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            content = file.read()
            try:
                read_map(content)
            except FormatError as error:
                form.add_error("file", str(error))
            else:
                kept = actions.keep_upload(
                    actor=person_of(request), name=file.name, content=content
                )
                return HttpResponseRedirect(_preview_of(kept))
        read = [each for each in FORMATS.values() if each.load]
        context = self._page(request, "Import a map", form=form, read=read)
        return TemplateResponse(request, "admin/argmap/upload.html", context)

    def import_preview(self, request: HttpRequest, upload: int) -> HttpResponseBase:
        """Show what a file would make and lose, and make it once that is sent."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        try:
            kept = upload_with(request, upload, map=None)
        except actions.Gone as error:
            self.message_user(request, str(error), "error")
            return HttpResponseRedirect(reverse("admin:argmap_argumentmap_import"))
        known, loaded = read_map(bytes(kept.content))
        slug = loaded.graph.slug or slugify(loaded.graph.title)
        form = ImportForm(request.POST or None, initial={"slug": slug})
        if form.is_valid():
            return self._import(request, kept, loaded, form.cleaned_data)
        context = self._page(
            request,
            f"Import “{loaded.graph.title}”",
            form=form,
            upload=kept,
            known=known,
            graph=loaded.graph,
            counts=_counts(loaded),
            first=loaded.graph.statements[:FIRST],
            lost=loaded.losses[:LOSSES_SHOWN],
            problems=loaded.problems,
            bare=_unknown_schemes(loaded.graph),
            drawing=_drawing(loaded.graph),
            start=next(iter(walk.roots(loaded.graph)), ""),
        )
        return TemplateResponse(request, "admin/argmap/import_preview.html", context)

    def _import(
        self, request: HttpRequest, kept: Upload, loaded: Loaded, given: dict[str, Any]
    ) -> HttpResponseBase:
        person = person_of(request)
        steps = actions.import_graph_in_steps(
            actor=person,
            graph=loaded.graph,
            owner=person,
            slug=given["slug"],
            visibility=Visibility(given["visibility"]),
            comments=loaded.comments,
            reviews=loaded.reviews,
            answers=loaded.answers,
        )
        return carried_out(
            request,
            spending(kept, steps),
            _outcome,
            size=len(loaded.graph.statements),
            back=_preview_of(kept),
            page=self._page(request, f"Importing “{loaded.graph.title}”"),
        )

    def _page(self, request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
        site = self.admin_site.each_context(request)
        return {**site, "title": title, "opts": self.opts, "media": self.media, **more}


def _preview_of(upload: Upload) -> str:
    return reverse("admin:argmap_argumentmap_import_preview", args=[upload.pk])


def _outcome(made: actions.Imported) -> Outcome:
    bare = ", ".join(made.new_schemes)
    lines = [f"New schemes, without questions: {bare}."] if bare else []
    lines += [f"Lost: {loss}." for loss in made.losses[:LOSSES_SHOWN]]
    more = len(made.losses) - LOSSES_SHOWN
    if more > 0:
        lines.append(f"{more:,} more losses are not listed.")
    return Outcome(f"The map “{made.map.title}” was made.", map_url(made.map), lines=tuple(lines))


def _counts(loaded: Loaded) -> list[tuple[str, int]]:
    """Return what would be made: the word, and how many."""
    graph = loaded.graph
    kinds = [statement.kind for statement in graph.statements]
    stances = [inference.stance for inference in graph.inferences]
    return [
        *((kind.plural, kinds.count(kind)) for kind in Kind),
        *((f"inferences that {stance.value}", stances.count(stance)) for stance in Stance),
        ("sources", len(graph.sources)),
        ("excerpts", sum(len(statement.excerpts) for statement in graph.statements)),
        ("comments", len(loaded.comments)),
        ("verdicts", len(loaded.reviews)),
        ("answers", len(loaded.answers)),
    ]


def _unknown_schemes(graph: Graph) -> list[str]:
    named = {inference.scheme for inference in graph.inferences if inference.scheme}
    return sorted(named - graphs.scheme_names().keys())


def _drawing(graph: Graph) -> SafeString | str:
    """Return the drawing of a graph, "" where there can be none."""
    view = focus.overview(graph, focus.room(graph, settings.ARGMAP_MAX_BOXES))
    try:
        svg = render.draw(view, schemes=graphs.scheme_names()) if graph.statements else ""
    except render.DrawingFailedError:
        return ""
    # Safe: core.drawing escapes every text in it.
    return mark_safe(svg)  # noqa: S308
