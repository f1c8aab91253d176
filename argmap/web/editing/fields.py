"""Fields for keys, for words, and for schemes, as one types them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from argmap.models import Scheme


class KeyField(forms.CharField):
    """The key of one element; whether the map has it is for actions to say."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": "drawn", "autocomplete": "off", "size": 8})
        super().__init__(max_length=10, widget=widget, **options)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value) or "").upper()


class WordsField(forms.CharField):
    """Several words in one line, with commas between."""

    separator = ","

    def prepare_value(self, value: Any) -> Any:
        return f"{self.separator.strip()} ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = (part.strip() for part in str(super().to_python(value) or "").split(","))
        return sorted({part for part in parts if part})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class KeysField(forms.CharField):
    """The keys of several elements, in order."""

    def prepare_value(self, value: Any) -> Any:
        return " ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return str(super().to_python(value) or "").upper().replace(",", " ").split()

    def run_validators(self, value: Any) -> None:
        # As one text: of a list they would see how Python writes it, which escapes what they look for.
        super().run_validators(" ".join(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(self.prepare_value(initial)) != self.to_python(data))


class SchemeField(forms.ChoiceField):
    """A scheme by its slug, or none. The schemes are read when the form is made (one query)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, choices=_schemes, **options)


def _schemes() -> Iterable[tuple[str, str]]:
    return [("", "None"), *Scheme.objects.order_by("name").values_list("slug", "name")]
