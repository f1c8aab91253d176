"""Fields and labels of forms written without templates, which take eight times as long.

A panel with ten threads has some forty fields. They come out as Django's own do.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
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


class Renderer(DjangoTemplates):
    """Writes labels, and the buttons of single choices, and leaves all else to Django's templates.

    A panel has eleven buttons to rate with: by templates they take a sixth of its time.
    """

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == "django/forms/label.html":
            return _label(**context)
        widget = context.get("widget", {})
        if template_name == "django/forms/widgets/radio_option.html" and not widget["wrap_label"]:
            return _button(widget)
        return super().render(template_name, context, request)


def _label(*, label: Any, use_tag: bool, tag: str, attrs: Attributes | None, **_: Any) -> str:
    if not use_tag:
        return conditional_escape(label)
    form, values = _attributes(attrs or {})
    return format_html(f"<{tag}{form}>{{}}</{tag}>", *values, label)


def _button(widget: Attributes) -> str:
    value = {} if widget["value"] is None else {"value": widget["value"]}
    form, values = _attributes(
        {"type": widget["type"], "name": widget["name"], **value, **widget["attrs"]}
    )
    return format_html(f"<input{form}>", *values)


def _attributes(given: Attributes) -> tuple[str, list[Any]]:
    """Return the form of attributes in their order, which `flatatt` does not keep, and its values."""
    told = {name: value for name, value in given.items() if value is not False}
    form = "".join(
        f" {name}" if value is True else f' {name}="{{}}"' for name, value in told.items()
    )
    return form, [value for value in told.values() if value is not True]
