"""Filters of lists that show as a few links, or as one list to choose from where they are many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, TypedDict

from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR

MANY = 12
"""More choices than these become a list to choose from: nobody reads two hundred links."""


Offer = Sequence[tuple[str, str]]
"""Values, with what people read of each."""


class Choice(TypedDict):
    """One choice as the template shows it; `number` is of the rows that it finds, if told."""

    selected: bool
    query_string: str
    value: str
    display: str
    number: int | None


class Choosing(admin.SimpleListFilter):
    """A filter of one value."""

    template = "admin/argmap/choosing.html"
    hint = ""
    """What is said below the choices."""

    opens: ClassVar[bool] = True
    """Whether the choices show before one is chosen or asks for them."""

    many = False
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
        offered = self.offered(numbers)
        self.many = len(offered) > MANY
        self.sent_along = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name != self.name
            for value in values
        ]
        yield self._choice(changelist, None, "All", None)
        for value, title in offered:
            number = None if numbers is None else numbers.get(value, 0)
            yield self._choice(changelist, value, title, number)

    def _choice(
        self, changelist: Any, value: str | None, display: str, number: int | None
    ) -> Choice:
        # A list to choose from is a form: two hundred addresses would be made for nobody.
        address = "" if self.many else changelist.get_query_string({self.name: value}, [PAGE_VAR])
        return {
            "selected": self.value() == value,
            "query_string": address,
            "value": value or "",
            "display": display,
            "number": number,
        }
