"""Filters of lists that show as a few links, or as one list to choose from where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypedDict

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

MANY = 12
"""More choices than these become a list to choose from: nobody reads two hundred links."""


OPTION = '<option value="{}"{}>{}</option>'

Offer = Sequence[tuple[str, str]]
"""Values, with what people read of each."""


class Choice(TypedDict):
    """One choice as the template shows it; `number` is of the rows that it finds, if told."""

    selected: bool
    query_string: str
    display: str
    number: int | None


class Choosing(admin.SimpleListFilter):
    """A filter of one value."""

    template = "admin/argmap/choosing.html"
    hint = ""
    """What is said below the choices."""

    opens: ClassVar[bool] = True
    """Whether the choices show before one is chosen or asks for them."""

    menu = SafeString()
    """The options of a list to choose from, where the choices are many."""

    sent_along: Sequence[tuple[str, str]] = ()
    """What a form of this filter sends beside its own value: all else that the address says."""

    @property
    def name(self) -> str:
        return str(self.parameter_name)

    def value(self) -> str | None:
        """Return what is chosen; a form sends an empty value for all."""
        return super().value() or None

    @property
    def opened(self) -> bool:
        """Tell whether the choices show."""
        return self.opens or self.value() is not None

    def numbers(self, changelist: Any) -> Mapping[str, int] | None:
        """Return how many rows each value finds beside the other filters; None: not told."""
        return None

    def offered(self, numbers: Mapping[str, int] | None) -> Offer:
        """Return the values that can be chosen, with what people read."""
        return [(value, str(title)) for value, title in self.lookup_choices]

    def choices(self, changelist: Any) -> Iterator[Choice]:  # type: ignore[override]
        numbers = self.numbers(changelist)
        offered = [("", "All"), *self.offered(numbers)]
        told = [
            (value, title, numbers.get(value, 0) if numbers is not None and value else None)
            for value, title in offered
        ]
        if len(told) > MANY:
            self.menu = format_html_join("\n", OPTION, map(self._option, told))
            self.sent_along = [
                (name, value)
                for name, values in changelist.filter_params.items()
                if name != self.name
                for value in values
            ]
            return
        for value, title, number in told:
            address = changelist.get_query_string({self.name: value or None}, [PAGE_VAR])
            yield {
                "selected": (self.value() or "") == value,
                "query_string": address,
                "display": title,
                "number": number,
            }

    def _option(self, told: tuple[str, str, int | None]) -> tuple[str, str, str]:
        # Not a template's loop: for hundreds of choices that costs more than the list itself.
        value, title, number = told
        selected = mark_safe(" selected") if (self.value() or "") == value else ""
        return value, selected, title if number is None else f"{title} ({number})"
