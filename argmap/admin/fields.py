"""Form fields that name elements by their keys, and lists with an item a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteMixin
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from argmap.admin.elements import labels
from argmap.models import ArgumentMap

TYPED = "typed"
"""Ends the name of the field that browsers without scripts show in a list's place."""


class PlainSelect(forms.Select):
    """A list of choices made without a template for each: pages have one in each of many rows."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (each, mark_safe(" selected") if each == chosen else "", label)
                for each, label in self.choices
            ),
        )
        given = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", given, options)


class KeySelect(AutocompleteMixin, forms.Select):
    """Finds elements of one map as one types; without scripts, their keys are typed.

    The map is set when the form is made: nothing else can then be found or named.
    """

    argument_map: ArgumentMap | None = None
    known: Mapping[str, str] = MappingProxyType({})
    """Labels by key that need not be looked up."""

    class Media:
        # After the first two: it needs the one, and finds what the other has made.
        js = ["admin/js/jquery.init.js", "admin/js/autocomplete.js", "argmap/admin.js"]

    def __init__(self, letters: str) -> None:
        super().__init__(field=None, admin_site=admin.site)
        self.letters = letters

    def get_url(self) -> str:
        if self.argument_map is None:
            return ""
        address = reverse("admin:argmap_argumentmap_elements", args=[self.argument_map.pk])
        return f"{address}?letters={self.letters}"

    def build_attrs(
        self, base_attrs: dict[str, Any] | None, extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        # Not the mixin's: it names a model's column, which has no map.
        return {
            **forms.Widget.build_attrs(self, base_attrs or {}, extra_attrs),
            "class": "admin-autocomplete",
            "data-ajax--url": self.get_url(),
            "data-ajax--delay": 250,
            "data-theme": "admin-autocomplete",
            "data-allow-clear": "false" if self.is_required else "true",
            "data-placeholder": "",
        }

    def optgroups(
        self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        keys = [key for key in value if key]
        known = dict(self.known)
        if self.argument_map and not known.keys() >= set(keys):
            known |= labels(self.argument_map, keys)
        blank = [] if self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]  # noqa: FBT003
        chosen = [
            self.create_option(name, key, known.get(key, key), True, place)  # noqa: FBT003
            for place, key in enumerate(keys, start=1)
        ]
        return [(None, blank + chosen, 0)]

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        typed = forms.TextInput(attrs={"class": "vTextField", "aria-label": "Keys"})
        keys = ", ".join(key for key in self.format_value(value) if key)
        return format_html(
            "{}<noscript>{}</noscript>",
            super().render(name, value, attrs, renderer),
            typed.render(f"{name}-{TYPED}", keys, renderer=renderer),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = data.get(f"{name}-{TYPED}")
        return super().value_from_datadict(data, files, name) if typed is None else typed


class KeysSelect(KeySelect, forms.SelectMultiple):
    """The same for several, in the order in which they were chosen, moved or typed."""

    class Media:
        js = ["admin/js/jquery.init.js", "argmap/admin.js", "argmap/order.js"]

    def build_attrs(
        self, base_attrs: dict[str, Any] | None, extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return {**attrs, "class": f"{attrs['class']} in-order"}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        found = super().value_from_datadict(data, files, name)
        return found.replace(",", " ").split() if isinstance(found, str) else list(found or [])


class KeyField(forms.CharField):
    """The key of one element; whether the map has it is for actions to say."""

    def __init__(self, letters: str, **options: Any) -> None:
        super().__init__(widget=KeySelect(letters), max_length=10, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


class KeysField(forms.Field):
    """The keys of several elements, in order."""

    hidden_widget = forms.MultipleHiddenInput

    def __init__(self, letters: str, **options: Any) -> None:
        super().__init__(widget=KeysSelect(letters), **options)

    def to_python(self, value: Any) -> list[str]:
        return [str(key).strip().upper() for key in value or []]


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=AdminTextareaWidget(attrs={"rows": 3}), required=False, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = str(super().to_python(value) or "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class TagsField(LinesField):
    """Tags, in the one order that is kept."""

    def to_python(self, value: Any) -> Any:
        return sorted(set(super().to_python(value)))
