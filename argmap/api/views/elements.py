"""What the views of the four kinds of element have in common."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from django.db.models import QuerySet, prefetch_related_objects
from django.http import Http404
from django.http.response import HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap.api.base import MapRows
from argmap.models import NATURAL_ORDER, Element

E = TypeVar("E", bound=Element)


class ElementViewSet(MapRows[E], GenericViewSet[E]):
    """The elements of one table, in natural order of their keys."""

    lookup_field = "key"
    noun: ClassVar[str]
    prefetches: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self) -> QuerySet[E]:
        """Return the map's rows in natural order, and for a list what belongs to them.

        One row alone gets that later, when its reader turns out not to have it already.
        """
        rows = super().get_queryset().order_by(*NATURAL_ORDER)
        return rows.prefetch_related(*self.prefetches) if self.action == "list" else rows

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the elements, a page at a time."""
        return self.answer(lambda: self.map.version, self.page)

    def retrieve(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Show one element."""
        row = self.get_queryset().filter(key=key).first()
        if row is None:
            raise Http404(f"This map has no {self.noun} {key}.")
        return self.answer(lambda: row.changed_in, lambda: self._shown(row))

    def _shown(self, row: E) -> Response:
        prefetch_related_objects([row], *self.prefetches)
        return Response(self.get_serializer(row).data)
