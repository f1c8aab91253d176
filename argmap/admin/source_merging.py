"""Merging sources in the admin: which one stays, what moves to it, what goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from argmap import actions
from argmap.admin.asking import person_of
from argmap.admin.elements import admin_url
from argmap.admin.reading import MapRowsAdmin
from argmap.core.numbers import whole_or_none, wholes
from argmap.models import NATURAL_ORDER, ArgumentMap, Source

FEWEST = 2


class Candidate(NamedTuple):
    """A source that may stay, what rests on it, and why it could not stand for the others."""

    source: Source
    lines: list[str]
    problem: str


def merge_address(sources: Sequence[int]) -> str:
    """Return the address of the page that asks which of these sources shall stay."""
    return f"{reverse('admin:argmap_source_merge')}?ids={','.join(map(str, sources))}"


class MergingAdmin(MapRowsAdmin[Source]):
    """Sources that can be merged."""

    actions = ("merge",)

    def get_urls(self) -> list[URLPattern]:
        merging = path(
            "merge/", self.admin_site.admin_view(self.merge_view), name="argmap_source_merge"
        )
        return [merging, *super().get_urls()]

    @admin.action(description="Merge the chosen sources into one…", permissions=["change"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Source]) -> HttpResponse:
        return HttpResponseRedirect(merge_address([source.pk for source in queryset]))

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Ask which source shall stay, with what will move and go; then merge, and say so."""
        sources = self._chosen(request)
        problem = _problem(sources)
        if problem:
            self.message_user(request, problem, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:argmap_source_changelist"))
        argument_map = sources[0].map
        for allowed in (self.has_change_permission, self.has_delete_permission):
            if not allowed(request, sources[0]):
                raise PermissionDenied
        if request.method == "POST":
            try:
                kept = self._merge(request, argument_map, sources)
            except actions.REFUSALS as error:
                self.message_user(request, actions.reason_of(error), messages.ERROR)
            else:
                self._tell_merged(request, kept, len(sources) - 1)
                return HttpResponseRedirect(admin_url(kept))
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge sources: which one stays?",
            "candidates": [_candidate(source, sources) for source in sources],
            "chosen": _best(sources).key,
            "seen": argument_map.version,
            "map": argument_map,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/argmap/merge_sources.html", context)

    def _chosen(self, request: HttpRequest) -> list[Source]:
        numbers = wholes(request.GET.get("ids", "").split(","))
        return list(self.rows(request).filter(pk__among=numbers).order_by("map", *NATURAL_ORDER))

    def _merge(
        self, request: HttpRequest, argument_map: ArgumentMap, sources: list[Source]
    ) -> Source:
        keep = request.POST.get("keep", "")
        return actions.merge_sources(
            actor=person_of(request),
            argument_map=argument_map,
            keep=keep,
            others=[source.key for source in sources if source.key != keep],
            seen=whole_or_none(request.POST.get("seen", "")),
        )

    def _tell_merged(self, request: HttpRequest, kept: Source, number: int) -> None:
        others = "another source" if number == 1 else f"{number} other sources"
        told = format_html(
            'This now stands for {} as well. It can be undone <a href="{}">on the map</a>.',
            others,
            kept.map.get_absolute_url(),
        )
        self.message_user(request, told, messages.SUCCESS)


def _problem(sources: list[Source]) -> str:
    if len(sources) < FEWEST:
        return "Choose two sources or more: one stays, and the others go."
    if len({source.map_id for source in sources}) > 1:
        return "Only sources of one map can be merged: each map has sources of its own."
    return ""


def _candidate(source: Source, sources: list[Source]) -> Candidate:
    resting = source.excerpts.order_by(*NATURAL_ORDER).select_related("statement")
    lines = [f"{excerpt.key} for {excerpt.statement}" for excerpt in resting]
    problems = [actions.text_problem(source, other) for other in sources if other != source]
    return Candidate(source, lines, next(filter(None, problems), ""))


def _best(sources: list[Source]) -> Source:
    """Return the source that is offered first: one with a text, then the one most rests on."""
    return max(sources, key=lambda source: (bool(source.text), source.excerpts.count()))
