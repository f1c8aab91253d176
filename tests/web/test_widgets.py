from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.utils.html import escape

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
