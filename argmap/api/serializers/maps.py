"""Maps and their members."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from argmap.core.kinds import Role
from argmap.exports import EXPORTS
from argmap.models import ArgumentMap, Membership

PARTS = (
    "statements",
    "inferences",
    "sources",
    "excerpts",
    "comments",
    "suggestions",
    "questions",
    "answers",
    "ratings",
    "disagreements",
    "review",
    "reviews",
    "rounds",
    "members",
    "graph",
    "problems",
)

_ADDRESS = {"type": "string", "format": "uri"}
LINKS = {
    "type": "object",
    "properties": {
        **dict.fromkeys(PARTS, _ADDRESS),
        "export": {
            "type": "object",
            "properties": dict.fromkeys(EXPORTS, _ADDRESS),
            "required": list(EXPORTS),
        },
    },
    "required": [*PARTS, "export"],
}


def map_links(slug: str, request: HttpRequest | Request) -> dict[str, Any]:
    """Return the addresses of a map's parts, and of its files by format."""

    def address(name: str, **more: str) -> str:
        return reverse(f"api:{name}", kwargs={"slug": slug, **more}, request=request)

    files = {name: address("export", file_format=name) for name in EXPORTS}
    return {**{part: address(part) for part in PARTS}, "export": files}


class MapSerializer(serializers.ModelSerializer[ArgumentMap]):
    """A map's own fields and counters."""

    address = serializers.HyperlinkedIdentityField(
        view_name="api:map", lookup_field="slug", lookup_url_kwarg="slug"
    )

    class Meta:
        model = ArgumentMap
        fields: ClassVar[list[str]] = [
            "slug",
            "title",
            "issue",
            "summary",
            "marking",
            "visibility",
            "version",
            "activity",
            "created_at",
            "changed_at",
            "archived_at",
            "address",
        ]
        read_only_fields = fields


class MapDetailSerializer(MapSerializer):
    """A map with the reader's role on it, and the addresses of its parts."""

    role = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()

    class Meta(MapSerializer.Meta):
        fields: ClassVar[list[str]] = [*MapSerializer.Meta.fields, "role", "links"]
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(Role.choices()))
    def get_role(self, row: ArgumentMap) -> Role:
        """Return what the reader may do with the map."""
        role: Role = self.context["view"].role
        return role

    @extend_schema_field(LINKS)
    def get_links(self, row: ArgumentMap) -> dict[str, Any]:
        """Return the addresses of the map's parts."""
        return map_links(row.slug, self.context["request"])


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """What one person may do with the map."""

    user = serializers.CharField(source="user.username")

    class Meta:
        model = Membership
        fields: ClassVar[list[str]] = ["user", "role"]
        read_only_fields = fields
