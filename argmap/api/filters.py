"""Filters of lists: what a list does not know is refused, not passed over."""

from __future__ import annotations

from collections.abc import Container
from difflib import get_close_matches
from typing import Any

import django_filters
from django import forms
from django.core.validators import MaxValueValidator
from django.db.models import BigIntegerField, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

PAGING = frozenset({"page", "page_size"})

LARGEST = BigIntegerField.MAX_BIGINT
"""The largest number that a row can have."""


class YesOrNoField(forms.Field):
    """Reads true and false, and takes no other word for neither."""

    def to_python(self, value: Any) -> bool | None:
        """Return what the word says, None for none. Raises ValidationError."""
        if value in self.empty_values:
            return None
        said = {"true": True, "1": True, "false": False, "0": False}.get(str(value).lower())
        if said is None:
            raise forms.ValidationError("This is either true or false.")
        return said


class YesOrNo(django_filters.BooleanFilter):
    """Filters by what is so or not.

    Django's own field passes over what is neither: whoever asks for `?stale=yes` got everything.
    """

    field_class = YesOrNoField


class RowNumber(django_filters.NumberFilter):
    """Filters by the number of a row."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, **kwargs)

    def get_max_validator(self) -> MaxValueValidator:
        """Refuse what no row can have, which SQLite does not take."""
        return MaxValueValidator(LARGEST)


class KnownFilters(DjangoFilterBackend):
    """Filters by the words of the query. A word that is none of them is an error in the asking.

    Whoever asks for `?knd=claim` would otherwise take all statements for claims.
    """

    def filter_queryset(
        self, request: Request, queryset: QuerySet[Any], view: APIView
    ) -> QuerySet[Any]:
        """Return the rows that pass. Raises ValidationError by the name of what is not known."""
        filters = self.get_filterset_class(view, queryset)
        known = PAGING | (filters.base_filters.keys() if filters else set())
        unknown = sorted(request.query_params.keys() - known)
        if unknown:
            raise ValidationError({name: _told(name, known) for name in unknown})
        found: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return found


def require_known(request: Request, names: Container[str] = ()) -> None:
    """Refuse a query that nothing here reads: who asks for version 3 must not get version 4."""
    unknown = {
        name: "Nothing here is asked by this name." for name in request.GET if name not in names
    }
    if unknown:
        raise ValidationError(unknown)


def _told(name: str, known: frozenset[str]) -> str:
    near = get_close_matches(name, known, n=1)
    meant = f' Did you mean "{near[0]}"?' if near else ""
    return f"This list has no such filter.{meant} It has: {', '.join(sorted(known))}."
