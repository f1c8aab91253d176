"""Whom a comment may call by name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from argmap.api.base import MapView, OnMap
from argmap.api.filters import require_known
from argmap.core.kinds import Role
from argmap.core.limits import PERSON_LIMIT
from argmap.review import people_to_call


class PersonSerializer(serializers.ModelSerializer[User]):
    """Someone whom a comment may call: write an @ and their user name."""

    user = serializers.CharField(source="username")
    name = serializers.CharField(source="get_full_name")

    class Meta:
        model = User
        fields = ["user", "name"]


class StartSerializer(serializers.Serializer[Any]):
    """Who is looked for."""

    starts = serializers.CharField(
        default="",
        allow_blank=True,
        max_length=PERSON_LIMIT,
        trim_whitespace=False,
        help_text="How a name of theirs starts.",
    )


class PeopleList(MapView):
    """People whom a comment on the map may call. Reviewers are told, and those above them."""

    permission_classes = [IsAuthenticated, OnMap]

    @extend_schema(
        operation_id="people_list",
        parameters=[StartSerializer],
        responses=PersonSerializer(many=True),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """List the first few whose name starts so."""
        if not self.role.may(Role.REVIEWER):
            raise PermissionDenied("This takes the role of reviewer on the map.")
        require_known(request, StartSerializer().fields)
        asked = StartSerializer(data=request.GET)
        asked.is_valid(raise_exception=True)
        starts = asked.validated_data["starts"]
        shown = PersonSerializer(people_to_call(self.map, starts), many=True).data
        # Accounts hang on no map's counters.
        return self.answer(lambda: shown, lambda: Response(shown))
