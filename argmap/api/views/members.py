"""Who belongs to a map. Only people who are signed in are told, even of a public one."""

from __future__ import annotations

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from argmap.api.base import MapRows, OnMap
from argmap.api.serializers.maps import MemberSerializer
from argmap.models import Membership


class MemberList(MapRows[Membership]):
    """The members of a map, by name."""

    permission_classes = [IsAuthenticated, OnMap]
    queryset = Membership.objects.select_related("user").order_by("user__username")
    serializer_class = MemberSerializer
    filterset_fields = ("role",)

    @extend_schema(responses=MemberSerializer(many=True))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """List the members with their roles."""
        return self.answer(self._state, self.page)

    def _state(self) -> Any:
        """Return what the list hangs on: the map, and names, which change without it (one query)."""
        names = self.get_queryset().values_list("user__username", flat=True)
        return [self.map.activity, list(names)]
