"""Maps: their own fields, their members, their drawing, and what can be found on them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path

from argmap import access, actions
from argmap.admin.acts import ActingAdmin
from argmap.admin.asking import may, person_of
from argmap.admin.beside import beside, tallies
from argmap.admin.chosen import ChosenMaps
from argmap.admin.deleting import Falling
from argmap.admin.elements import label, search
from argmap.admin.forms import ActionForm
from argmap.admin.importing import ImportingAdmin
from argmap.admin.lists import TickedAdmin, counted
from argmap.admin.members import MemberInline
from argmap.admin.tables import TablesAdmin
from argmap.core.kinds import CommentState, Role
from argmap.core.limits import WHOLE_LIMIT
from argmap.core.numbers import whole
from argmap.merging import SeenField
from argmap.models import ArgumentMap, Comment, Inference, Source, Statement

OWNERS_FIELDS = ("slug", "marking", "visibility")


class MapForm(ActionForm[ArgumentMap]):
    """A map's own fields."""

    seen = SeenField()
    slug = forms.SlugField(
        required=False,
        max_length=ArgumentMap._meta.get_field("slug").max_length,
        help_text="The last part of the map's address. A new map without one gets it from its title.",
    )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if self.instance.pk and not slug:
            raise ValidationError("A map has an address.")
        return slug

    def add(self) -> ArgumentMap:
        return actions.create_map(actor=self.person, **self.values())

    def edit(self) -> None:
        actions.edit_map(
            actor=self.person,
            argument_map=self.at_hand,
            seen=self.seen_version,
            **self.changes(),
        )


class ArchivedFilter(admin.SimpleListFilter):
    """Shows the archived maps apart: they are on the list for those who ask for them."""

    title = "archived"
    parameter_name = "archived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "In use"), ("yes", "Archived"), ("all", "All")]

    def value(self) -> str:
        return super().value() or "no"

    def choices(self, changelist: Any) -> Iterator[Any]:
        # The first one is the stock "All", which is what nobody chose: here that is "In use".
        return islice(super().choices(changelist), 1, None)

    def queryset(self, request: HttpRequest, queryset: QuerySet[ArgumentMap]) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.filter(archived_at__isnull=self.value() != "yes")


@admin.register(ArgumentMap)
class MapAdmin(ChosenMaps, ImportingAdmin, TablesAdmin, ActingAdmin, TickedAdmin[ArgumentMap]):
    """The maps that one may read."""

    role_to_delete = Role.OWNER
    form = MapForm
    inlines = [MemberInline]
    goes_too = "The log of its changes is kept, for administrators."
    list_display = (
        "title",
        "slug",
        "visibility",
        "marking",
        "statements",
        "inferences",
        "sources",
        "open_comments",
        "version",
        "changed_at",
    )
    list_filter = (ArchivedFilter, "visibility", "marking", "changed_at")
    search_fields = ("title", "slug", "issue", "summary")
    ordering = ("title", "slug")
    list_per_page = 20
    list_select_related = False
    readonly_fields = ("version", "changed_at")
    change_form_template = "admin/argmap/map_form.html"

    class Media:
        css = {"screen": ["argmap/drawing.css"]}
        js = [forms.Script("argmap/picture.js", defer=True)]

    def rows(self, request: HttpRequest) -> QuerySet[ArgumentMap]:
        return access.readable_maps(person_of(request))

    def map_of(self, obj: ArgumentMap) -> ArgumentMap:
        return obj

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArgumentMap]:
        threads = Comment.objects.filter(state=CommentState.OPEN, parent=None)
        rows = self.rows(request).order_by(*self.ordering)
        return rows.annotate(
            statements_count=counted(Statement.objects.all(), "map"),
            inferences_count=counted(Inference.objects.all(), "map"),
            sources_count=counted(Source.objects.all(), "map"),
            comments_count=counted(threads, "map"),
        )

    def get_inlines(self, request: HttpRequest, obj: ArgumentMap | None) -> Any:
        return self.inlines if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: ArgumentMap | None = None) -> Any:
        said: list[Any] = ["title", "issue", "summary"]
        said += ["slug", ("marking", "visibility")]
        if obj:
            said.append(("version", "changed_at"))
        if obj and self.has_change_permission(request, obj):
            said.append("seen")
        return [(None, {"fields": said})]

    def get_readonly_fields(self, request: HttpRequest, obj: ArgumentMap | None = None) -> Any:
        if obj is None or may(request, obj, Role.OWNER):
            return self.readonly_fields
        return (*self.readonly_fields, *OWNERS_FIELDS)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # A new map is on no map, so there is none to choose first.
        return self.changeform_view(request, None, form_url, extra_context)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: ArgumentMap | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context["beside"] = beside(obj.pk)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(ordering="statements_count")
    def statements(self, obj: Any) -> int:
        return int(obj.statements_count)

    @admin.display(ordering="inferences_count")
    def inferences(self, obj: Any) -> int:
        return int(obj.inferences_count)

    @admin.display(ordering="sources_count")
    def sources(self, obj: Any) -> int:
        return int(obj.sources_count)

    @admin.display(description="open comments", ordering="comments_count")
    def open_comments(self, obj: Any) -> int:
        return int(obj.comments_count)

    def remove(self, request: HttpRequest, obj: ArgumentMap, seen: int | None) -> None:
        actions.delete_map(actor=person_of(request), argument_map=obj)

    def falling_with(self, obj: ArgumentMap) -> list[Falling]:
        # How many: a large map's elements would make a page that nobody reads.
        return [Falling(word, number, []) for word, number, _ in tallies(obj)]

    # --- What fields find as one types ----------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        finding = path(
            "<int:number>/elements/",
            self.admin_site.admin_view(self.elements_view),
            name="argmap_argumentmap_elements",
        )
        return [finding, *super().get_urls()]

    def elements_view(self, request: HttpRequest, number: int) -> JsonResponse:
        """Answer one page of the elements of a map whose key or text holds what was typed."""
        argument_map = self.find(request, number)
        page = min(max(whole(request.GET.get("page", "")), 1), WHOLE_LIMIT)
        letters = request.GET.get("letters", "")
        found, more = search(argument_map, letters, request.GET.get("term", "").strip(), page)
        results = [{"id": element.key, "text": label(element)} for element in found]
        return JsonResponse({"results": results, "pagination": {"more": more}})
