"""The pages of what actions write: forms, and the answers to what they send."""

from __future__ import annotations

import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Model
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from argmap import access
from argmap.admin.asking import person_of
from argmap.admin.deleting import DeletingAdmin
from argmap.admin.forms import REFUSED, ActionForm, RefusedError, RowFormSet, for_request, refusing
from argmap.admin.history import HistoryMixin
from argmap.models import ArgumentMap

M = TypeVar("M", bound=Model)

_OF_THE_FORM = re.compile(r"^(?:_|csrf|initial-|seen)|__prefix__|_FORMS$|-(?:id|seen)$")
"""The names of what a form carries beside what someone typed in it."""


class ActionAdmin(HistoryMixin, DeletingAdmin[M]):
    """Rows of maps, which actions write."""

    view_on_site = False
    list_select_related: ClassVar[Any] = ("map",)
    list_per_page = 50
    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 4})}}
    show_full_result_count = False
    save_on_top = True
    change_form_template = "admin/argmap/change_form.html"

    # --- The form -----------------------------------------------------------------------------

    def get_form(
        self,
        request: HttpRequest,
        obj: M | None = None,
        change: bool = False,
        **kwargs: Any,
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

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: M | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context["map_links"] = {"on_map": self.on_map(obj), "tools": self.tools(request, obj)}
        elif chosen := self.map_at_hand(request, None):
            # For `map_shown` alone: the action that writes the row gives it its map.
            context["adminform"].form.instance.map = chosen
        if not context["errors"]:
            _focus_on_first(context["adminform"])
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
        if request.method == "POST" and object_id:
            found = self.get_object(request, unquote(object_id))
            if found is None:
                told = f"This {self.opts.verbose_name} is not there any more"
                return self.show_what_was_typed(request, told, HTTPStatus.NOT_FOUND)
            if not self.has_change_permission(request, found):
                told = f"You may not change this {self.opts.verbose_name}"
                return self.show_what_was_typed(request, told, HTTPStatus.FORBIDDEN)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except RefusedError as refused:
            # Rolled back. Once more: the form that it belongs to now says so, and nothing is saved.
            vars(request)[REFUSED] = refused
            return super().changeform_view(request, object_id, form_url, extra_context)

    def show_what_was_typed(self, request: HttpRequest, told: str, status: int) -> HttpResponse:
        """Give a form's texts back to their author, where they can be saved no more."""
        typed = {
            name: value
            for name, value in request.POST.items()
            if value and not _OF_THE_FORM.search(name)
        }
        context = {
            **self.admin_site.each_context(request),
            "title": told,
            "typed": typed,
            "opts": self.opts,
            "is_there": status != HTTPStatus.NOT_FOUND,
        }
        return TemplateResponse(request, "admin/argmap/gone.html", context, status=status)

    def response_add(
        self, request: HttpRequest, obj: M, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._same_map(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: M) -> HttpResponse:
        return self._same_map(request, obj, super().response_change(request, obj))

    def _same_map(self, request: HttpRequest, obj: M, answer: HttpResponse) -> HttpResponse:
        """Let what is added after a row be on its map, without asking again."""
        if "_addanother" not in request.POST or isinstance(obj, ArgumentMap):
            return answer
        address = reverse(f"admin:argmap_{self.opts.model_name}_add")
        return HttpResponseRedirect(f"{address}?map={self.map_of(obj).pk}")

    def save_model(
        self,
        request: HttpRequest,
        obj: M,
        form: ActionForm[M],
        change: bool,
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
        change: bool,
    ) -> None:
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: RowFormSet,
        change: bool,
    ) -> None:
        formset.write()


def _focus_on_first(page: AdminForm) -> None:
    """Let one type at once in the first field. A page with errors opens at its top, with these."""
    shown = (field.field for fieldset in page for line in fieldset for field in line)
    for bound in shown:
        # What cannot be changed is a dictionary here.
        if isinstance(bound, BoundField) and not (bound.is_hidden or bound.field.disabled):
            bound.field.widget.attrs["autofocus"] = True
            return
