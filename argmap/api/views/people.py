"""Whom a comment may call by name."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from argmap.api.base import MapView, OnMap
from argmap.core.kinds import Role
from argmap.review import people_to_call


class PersonSerializer(serializers.ModelSerializer[User]):
    """Someone whom a comment may call: write an @ and their user name."""

    user = serializers.CharField(source="username")
    name = serializers.CharField(source="get_full_name")

    class Meta:
        model = User
        fields = ["user", "name"]


class PeopleList(MapView):
    """People whom a comment on the map may call. Reviewers are told, and those above them."""

    permission_classes = [IsAuthenticated, OnMap]

    @extend_schema(
        operation_id="people_list",
        parameters=[OpenApiParameter("starts", str, description="How a name of theirs starts.")],
        responses=PersonSerializer(many=True),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """List the first few whose name starts so."""
        if not self.role.may(Role.REVIEWER):
            raise PermissionDenied("This takes the role of reviewer on the map.")
        starts = request.GET.get("starts", "")
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(PersonSerializer(people_to_call(self.map, starts), many=True).data),
        )
