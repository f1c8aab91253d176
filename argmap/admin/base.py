"""What all pages of the admin have in common: access, writing through actions, and the log.

Rights are the group's permissions (what kinds of rows) and the role on the map (which rows), both.
Rows of maps that one may not read are never looked at: an address of one answers as if there were
no such row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, TypeVar, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap import access
from argmap.actions import Conflict, Gone
from argmap.admin.asking import map_named, may, person_of
from argmap.admin.forms import ActionForm, RefusedError, RowFormSet, refusing
from argmap.admin.history import HistoryMixin
from argmap.core.kinds import Role
from argmap.models import ArgumentMap

M = TypeVar("M", bound=Model)


def for_request(
    form: type[ActionForm[Any]], request: HttpRequest, argument_map: ArgumentMap | None
) -> None:
    """Tell a form's class, made for this request alone, who asks and about which map."""
    form.person = person_of(request)
    form.argument_map = argument_map
    form.refused = vars(request).get("refused")


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """Rows that nobody writes here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False


class ActionAdmin(HistoryMixin, admin.ModelAdmin[M]):
    """Rows of maps, which actions write."""

    role_to_write: ClassVar[Role] = Role.EDITOR
    role_to_delete: ClassVar[Role] = Role.EDITOR
    goes_too: ClassVar[str] = ""
    """What the page that asks whether to delete says beside the list of what goes."""

    view_on_site = False
    list_select_related: ClassVar[Any] = ("map",)
    list_per_page = 50
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
    show_full_result_count = False
    save_on_top = True
    change_form_template = "admin/argmap/change_form.html"
    delete_confirmation_template = "admin/argmap/delete_confirmation.html"

    class Media:
        css = {"screen": ["argmap/admin.css"]}

    # --- Whose rows ---------------------------------------------------------------------------

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

    @admin.display(description="map")
    def map_shown(self, obj: M) -> SafeString:
        """Show the map, which a row never leaves, as a link."""
        argument_map = self.map_of(obj)
        address = reverse("admin:argmap_argumentmap_change", args=[argument_map.pk])
        return format_html('<a href="{}">{}</a>', address, argument_map)

    # --- The form -----------------------------------------------------------------------------

    def get_form(
        self,
        request: HttpRequest,
        obj: M | None = None,
        change: bool = False,
        **kwargs: Any,  # noqa: FBT001, FBT002
    ) -> type[ActionForm[M]]:
        form: type[ActionForm[M]] = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[assignment]
        for_request(form, request, self.map_at_hand(request, obj))
        return form

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if self.map_at_hand(request, None) is None:
            return self.choose_map(request)
        return super().add_view(request, form_url, extra_context)

    def choose_map(self, request: HttpRequest) -> HttpResponse:
        """Ask on which map the new row shall be; the address then names it."""
        maps = access.maps_for(person_of(request), self.role_to_write)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Add {self.opts.verbose_name}: on which map?",
            "maps": maps.order_by("title", "slug"),
            "given": {name: value for name, value in request.GET.items() if name != "map"},
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/argmap/choose_map.html", context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = super().get_changeform_initial_data(request)
        initial.pop("map", None)
        return initial

    def render_change_form(  # noqa: PLR0917 - as Django has it
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: M | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context["map_links"] = {"on_map": self.on_map(obj), "tools": self.tools(request, obj)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def on_map(self, obj: M) -> str:
        """Return the address of a row on the web's pages of its map."""
        known = obj if hasattr(obj, "get_absolute_url") else self.map_of(obj)
        return str(known.get_absolute_url())

    def tools(self, request: HttpRequest, obj: M) -> list[tuple[str, str]]:
        """Return addresses and names of what can be begun from a row's page."""
        return []

    # --- Writing ------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if (
            request.method == "POST"
            and object_id
            and not self.get_object(request, unquote(object_id))
        ):
            return self.show_what_was_typed(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RefusedError as refused:
            # Rolled back. Once more: the form that it belongs to now says so, and nothing is saved.
            vars(request)["refused"] = refused
            return super().changeform_view(request, object_id, form_url, extra_context)

    def show_what_was_typed(self, request: HttpRequest) -> HttpResponse:
        """Give a form's texts back to their author, where the row went while they were typed."""
        typed = {
            name: value
            for name, value in request.POST.items()
            if value and not name.startswith(("_", "csrf", "initial-", "seen"))
        }
        context = {
            **self.admin_site.each_context(request),
            "title": f"This {self.opts.verbose_name} is not there any more",
            "typed": typed,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/argmap/gone.html", context, status=404)

    def save_model(
        self,
        request: HttpRequest,
        obj: M,
        form: ActionForm[M],
        change: bool,  # noqa: FBT001
    ) -> None:
        with refusing(form.prefix):
            if not change:
                vars(obj).update(vars(form.add()))
            elif form.changed_data:
                form.edit()

    def save_related(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Iterable[Any],
        change: bool,  # noqa: FBT001
    ) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: RowFormSet,
        change: bool,  # noqa: FBT001
    ) -> None:
        formset.write()

    # --- Deleting -----------------------------------------------------------------------------

    def remove(self, request: HttpRequest, obj: M, seen: int | None) -> None:
        """Delete a row by its action."""
        raise NotImplementedError

    def falling_with(self, obj: M) -> dict[str, list[str]]:
        """Return what else is deleted with a row: names of each sort."""
        return {}

    def held_by(self, obj: M) -> list[str]:
        """Return what keeps a row from being deleted."""
        return []

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        seen = request.POST.get("seen", "")
        self.remove(request, obj, int(seen) if seen.isascii() and seen.isdigit() else None)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        """Delete rows one by one, all or none; some may fall with others before their turn."""
        with transaction.atomic():
            for obj in queryset:
                if self.rows(request).filter(pk=obj.pk).exists():
                    self.remove(request, obj, None)

    def get_deleted_objects(
        self, objs: Sequence[M] | QuerySet[M], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Say what the actions delete, which is not what the tables' cascades would tell."""
        listed: list[Any] = []
        counts: Counter[str] = Counter()
        lacking: set[str] = set()
        holding: list[str] = []
        for obj in objs:
            listed.append(f"{self.opts.verbose_name}: {obj}".capitalize())
            counts[str(self.opts.verbose_name_plural)] += 1
            falling = self.falling_with(obj)
            counts.update({name: len(found) for name, found in falling.items() if found})
            below = [f"{name}: {text}" for name, found in falling.items() for text in found]
            if below:
                listed.append(below)
            if not self.has_delete_permission(request, obj):
                lacking.add(str(self.opts.verbose_name))
            holding += self.held_by(obj)
        return listed, dict(counts), lacking, holding

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        seen = self.map_of(obj).version if obj else ""
        extra = {"goes_too": self.goes_too, "seen": seen, **(extra_context or {})}
        stock = super().delete_view
        return self._or_told(request, lambda: stock(request, object_id, extra))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        stock = super().changelist_view
        return self._or_told(request, lambda: stock(request, extra_context))

    def _or_told(self, request: HttpRequest, answer: Any) -> HttpResponse:
        """Return the answer; where an action refuses, show the page again with the reason."""
        try:
            found: HttpResponse = answer()
        except (Conflict, Gone) as error:
            self.message_user(request, str(error), messages.ERROR)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            return found
        return HttpResponseRedirect(request.get_full_path())


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
