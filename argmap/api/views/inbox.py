"""One's own inbox over all maps: what waits for one, and whom one waits for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from argmap import review as reading
from argmap.api.base import ApiView
from argmap.api.filters import PAGING, require_known
from argmap.api.serializers.inbox import (
    InboxSerializer,
    LineSerializer,
    WantedSerializer,
    line_record,
)
from argmap.review import SECTIONS


@method_decorator(conditional_page, name="dispatch")
class InboxDetail(ApiView):
    """What waits for whoever asks."""

    @extend_schema(
        operation_id="inbox_retrieve", parameters=[WantedSerializer], responses=InboxSerializer
    )
    def get(self, request: Request) -> Response:
        """Count what stands in each section, and say where it is listed."""
        wanted = _wanted(request)
        person = cast(User, request.user)
        sections = [
            {
                "name": name,
                "count": sum(rows.count() for rows in section.rows(person, wanted)),
                "address": reverse("api:inbox-section", kwargs={"section": name}, request=request),
            }
            for name, section in SECTIONS.items()
        ]
        shown = {"waiting": reading.waiting_count(person), "sections": sections}
        return Response(InboxSerializer(shown).data)


@method_decorator(conditional_page, name="dispatch")
class InboxSection(ApiView, GenericAPIView[Any]):
    """One section of the inbox."""

    serializer_class = LineSerializer

    @extend_schema(
        operation_id="inbox_list",
        parameters=[
            WantedSerializer,
            OpenApiParameter("section", str, "path", enum=list(SECTIONS)),
        ],
        responses=LineSerializer(many=True),
        filters=False,
    )
    def get(self, request: Request, section: str) -> Response:
        """List what stands in a section, a page at a time, with the address of each."""
        if section not in SECTIONS:
            raise Http404(f"There is no such section: the sections are {', '.join(SECTIONS)}.")
        tables = SECTIONS[section].rows(cast(User, request.user), _wanted(request, *PAGING))
        lines = [line_record(row, request) for row in self._page(tables)]
        return self.get_paginated_response(LineSerializer(lines, many=True).data)

    def _page(self, tables: Sequence[QuerySet[Any]]) -> list[Any]:
        """Return the rows of the page that is asked for.

        Numbers first: a database that sorts rows carries along all that is asked of them.
        """
        if len(tables) == 1:
            numbers = self.paginate_queryset(tables[0].values_list("pk", flat=True))
            return list(tables[0].filter(pk__in=list(numbers or ())))
        places = [
            (rank, pk)
            for rank, rows in enumerate(tables)
            for pk in rows.values_list("pk", flat=True)
        ]
        shown = self.paginate_queryset(cast(Any, places)) or ()
        found: list[Any] = []
        for rank, rows in enumerate(tables):
            numbers = [pk for place, pk in shown if place == rank]
            found += rows.filter(pk__in=numbers) if numbers else ()
        return found


def _wanted(request: Request, *more: str) -> str:
    """Return the slug of the map that is asked for, "" for all. Raises ValidationError."""
    require_known(request, {"map", *more})
    asked = WantedSerializer(data=request.GET)
    asked.is_valid(raise_exception=True)
    return str(asked.validated_data.get("map", ""))
