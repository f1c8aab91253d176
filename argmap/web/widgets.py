"""Fields of forms written without templates, which take eight times as long.

A panel with ten threads has some forty fields. They come out as Django's own do.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Attributes = dict[str, Any]


class HiddenInput(forms.HiddenInput):
    """A value that the form carries."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        field = self.get_context(name, value, attrs)["widget"]
        told = {"type": field["type"], "name": name, "value": field["value"], **field["attrs"]}
        return format_html("<input{}>", flatatt(told))


class Textarea(forms.Textarea):
    """Several lines of text.

    Without `maxlength`: browsers cut a longer text that is pasted, and say nothing. The server says
    so, and gives all of it back.
    """

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        field = self.get_context(name, value, attrs)["widget"]
        field["attrs"].pop("maxlength", None)
        told = flatatt({"name": name, **field["attrs"]})
        # Browsers drop one line break at the start, so there must be one.
        return format_html("<textarea{}>\n{}</textarea>", told, field["value"] or "")


class Select(forms.Select):
    """One of some choices, which stand in no groups."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Attributes | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        field = self.get_context(name, value, attrs)["widget"]
        options = format_html_join(
            "\n",
            "<option{}>{}</option>",
            (
                (flatatt({"value": str(option["value"]), **option["attrs"]}), option["label"])
                for _, group, _ in field["optgroups"]
                for option in group
            ),
        )
        told = flatatt({"name": name, **field["attrs"]})
        return format_html("<select{}>\n{}\n</select>", told, options)
