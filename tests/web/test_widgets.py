from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from argmap.web import widgets

CHOICES = [("", "None"), ("a<b", 'Less "than"'), ("c", "Sea & sky")]
HOSTILE = "</textarea><script>alert('1')</script>\n\"&amp;"


def plain(html: str) -> list[str]:
    """Return the tags and texts of HTML, attributes in order of their names."""
    found = []
    for tag, text in re.findall(r"<([^>]*)>|([^<]+)", html):
        name, *told = re.findall(r'[^\s="]+(?:="[^"]*")?', tag) or [""]
        found += [word for word in (" ".join([name, *sorted(told)]), text.strip()) if word]
    return found


@pytest.mark.parametrize("value", [None, "", "c", "a<b", 7, HOSTILE])
@pytest.mark.parametrize(
    ("ours", "djangos"),
    [
        (widgets.HiddenInput(), forms.HiddenInput()),
        (widgets.Textarea({"rows": 4}), forms.Textarea({"rows": 4})),
        (widgets.Select(choices=CHOICES), forms.Select(choices=CHOICES)),
    ],
)
def test_a_field_says_what_djangos_does(
    ours: forms.Widget, djangos: forms.Widget, value: Any
) -> None:
    told = {"id": "x-1", "required": True, "disabled": False, "aria-describedby": "a&b"}
    made = ours.render("body", value, told)
    assert plain(made) == plain(djangos.render("body", value, told))
    assert "<script" not in made


def test_a_text_keeps_its_first_line_break() -> None:
    made = widgets.Textarea().render("body", "\nSecond <line>")
    assert f">\n\n{escape('Second <line>')}</textarea>" in made


class Choices(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, label="Less <than>?")
    other = forms.ChoiceField(
        choices=[*CHOICES, (None, "No value")],
        required=False,
        widget=forms.RadioSelect(attrs={"data-a": 'b"c', "autofocus": True, "hidden": False}),
        help_text="Any.",
    )
    text = forms.CharField(label=mark_safe("<b>Text</b>"), label_suffix="…")


@pytest.mark.parametrize("options", [{}, {"auto_id": False}, {"auto_id": "x-1-%s"}])
@pytest.mark.parametrize("data", [None, {"one": "a<b"}, {"one": "-", "other": "c"}])
def test_labels_and_buttons_are_djangos_to_the_byte(
    options: dict[str, Any], data: dict[str, Any] | None
) -> None:
    made, known = (
        [
            word
            for field in form
            for word in (
                field.label_tag(),
                field.legend_tag(attrs={"class": "a&b"}),
                str(field),
                *(said for each in field for said in (each.tag(), str(each))),
            )
        ]
        for form in (
            Choices(data, renderer=renderer, initial={"other": "c"}, **options)
            for renderer in (widgets.Renderer(), DjangoTemplates())
        )
    )
    assert made == known
    assert all(isinstance(word, SafeString) for word in made)
