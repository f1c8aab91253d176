"""Fields and labels of forms written without templates, which take eight times as long.

A panel with ten threads has some forty fields. They come out as Django's own do.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
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
        return _input(self.get_context(name, value, attrs)["widget"])


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
        form, values = _attributes({"name": name, **field["attrs"]})
        # Browsers drop one line break at the start, so there must be one.
        return format_html(f"<textarea{form}>\n{{}}</textarea>", *values, field["value"] or "")


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
        form, values = _attributes({"name": name, **field["attrs"]})
        lines = [f"<select{form}>"]
        for _, group, _ in field["optgroups"]:
            for option in group:
                form, own = _attributes({"value": str(option["value"]), **option["attrs"]})
                lines.append(f"<option{form}>{{}}</option>")
                values += [*own, option["label"]]
        return format_html("\n".join([*lines, "</select>"]), *values)


class Renderer(DjangoTemplates):
    """Writes labels, and the buttons of single choices, and leaves all else to Django's templates.

    A panel has eleven buttons to rate with: by templates they take a sixth of its time.
    """

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == "django/forms/label.html":
            return _label(**context)
        if template_name == "django/forms/widgets/radio_option.html":
            return _button(context["widget"])
        return super().render(template_name, context, request)


def _label(*, label: Any, use_tag: bool, tag: str, attrs: Attributes | None, **_: Any) -> str:
    if not use_tag:
        return conditional_escape(label)
    form, values = _attributes(attrs or {})
    return format_html(f"<{tag}{form}>{{}}</{tag}>", *values, label)


def _button(widget: Attributes) -> str:
    label = str(widget["label"]) if widget["wrap_label"] else None
    attrs = tuple(widget["attrs"].items())
    return _radio(widget["type"], widget["name"], str(widget["value"]), attrs, label)


@lru_cache(maxsize=2**8)  # the same eleven stand in each panel
def _radio(
    type_: str, name: str, value: str, attrs: tuple[tuple[str, Any], ...], label: str | None
) -> str:
    own = dict(attrs)
    button = _input({"type": type_, "name": name, "value": value, "attrs": own})
    if label is None:
        return button
    form, values = _attributes({"for": own.get("id") or None})
    return format_html(f"<label{form}>{{}}\n {{}}</label>", *values, button, label)


def _input(widget: Attributes) -> SafeString:
    own = {name: widget[name] for name in ("type", "name", "value")}
    form, values = _attributes({**own, **widget["attrs"]})
    return format_html(f"<input{form}>", *values)


def _attributes(given: Attributes) -> tuple[str, list[Any]]:
    """Return the form of attributes, in their order, and the values to fill in.

    One form for a whole tag is filled in three times as fast as one for each attribute.
    """
    told = {
        name: value for name, value in given.items() if value is not False and value is not None
    }
    form = "".join(
        f" {name}" if value is True else f' {name}="{{}}"' for name, value in told.items()
    )
    return form, [value for value in told.values() if value is not True]
