"""What lies around an element, drawn beside its form: as it stands, and as the form changes."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, TypeVar

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from argmap.admin.base import ActionAdmin
from argmap.admin.picture import Picture
from argmap.models import ArgumentMap, Element

E = TypeVar("E", bound=Element)


class Typed(NamedTuple):
    """What came of drawing a form: the drawing, what it says in words, or why there is neither."""

    svg: str = ""
    said: str = ""
    note: str = ""


class NeighbourhoodAdmin(ActionAdmin[E]):
    """Elements whose pages show what lies around them."""

    change_form_template = "admin/argmap/element_form.html"

    drawn_fields: ClassVar[tuple[str, ...]] = ()
    """The fields of the form that its script sends to have them drawn."""

    class Media:
        css = {"screen": ["argmap/drawing.css", "argmap/admin-pages.css"]}
        js = [
            forms.Script("argmap/picture.js", defer=True),
            forms.Script("argmap/neighbourhood.js", defer=True),
        ]

    def picture(self, obj: E) -> Picture | None:
        """Draw what lies around an element as it stands."""
        raise NotImplementedError

    def typed(self, data: QueryDict, argument_map: ArgumentMap, obj: E | None) -> Typed:
        """Draw what a form holds, which nobody has saved: one of `obj`, or a new one."""
        raise NotImplementedError

    def may_edit(self, request: HttpRequest, obj: E) -> bool:
        """Tell whether who is signed in may change an element's own fields."""
        return super().has_change_permission(request, obj)

    def get_urls(self) -> list[URLPattern]:
        name = f"argmap_{self.opts.model_name}_neighbourhood"
        view = self.admin_site.admin_view(require_POST(self.neighbourhood_view))
        return [
            path("add/neighbourhood/", view, name=f"{name}_of_new"),
            path("<path:object_id>/change/neighbourhood/", view, name=name),
            *super().get_urls(),
        ]

    def neighbourhood_view(self, request: HttpRequest, object_id: str = "") -> JsonResponse:
        """Answer what a form holds, drawn and in words. Nothing is written."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        if object_id and obj is None:
            raise Http404
        argument_map = self.map_at_hand(request, obj)
        allowed = self.may_edit(request, obj) if obj else self.has_add_permission(request)
        if argument_map is None or not allowed:
            raise PermissionDenied
        try:
            found = self.typed(request.POST, argument_map, obj)
        except KeyError as error:
            # It went after it was looked up.
            raise Http404 from error
        return JsonResponse(found._asdict())

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: E | None = None,
    ) -> HttpResponse:
        context["picture"] = self.picture(obj) if obj else None
        context["drawn_fields"] = " ".join(self.drawn_fields)
        context["neighbourhood"] = self._address(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _address(self, request: HttpRequest, obj: E | None) -> str:
        """Return where the form is to be sent to be drawn; "" where nobody may change it."""
        name = f"admin:argmap_{self.opts.model_name}_neighbourhood"
        if obj is not None:
            return reverse(name, args=[obj.pk]) if self.may_edit(request, obj) else ""
        argument_map = self.map_at_hand(request, None)
        return f"{reverse(f'{name}_of_new')}?map={argument_map.pk}" if argument_map else ""


def first_error(form: forms.BaseForm) -> str:
    """Return what is wrong first with a form, with the name of the field."""
    name, errors = next(iter(form.errors.items()))
    label = form[name].label if name in form.fields else ""
    return f"{label}: {errors[0]}" if label else str(errors[0])
