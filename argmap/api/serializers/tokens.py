"""Tokens: the secret is in the answer to their making, and nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.utils import timezone
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from argmap.api.serializers.strict import StrictSerializer
from argmap.core.limits import TITLE_LIMIT
from argmap.models import ApiToken

LONGEST = timedelta(days=366)


class TokenSerializer(serializers.ModelSerializer[ApiToken]):
    """A token, by what it starts with."""

    number = serializers.IntegerField(source="pk")
    address = serializers.HyperlinkedIdentityField(
        view_name="api:token", lookup_field="pk", lookup_url_kwarg="number"
    )

    class Meta:
        model = ApiToken
        fields: ClassVar[list[str]] = [
            "number",
            "name",
            "hint",
            "created_at",
            "expires_at",
            "used_at",
            "address",
        ]
        read_only_fields = fields


class MadeTokenSerializer(TokenSerializer):
    """A new token with its secret, which is shown this once."""

    secret = serializers.SerializerMethodField()

    class Meta(TokenSerializer.Meta):
        fields: ClassVar[list[str]] = [*TokenSerializer.Meta.fields, "secret"]
        read_only_fields = fields

    def get_secret(self, row: ApiToken) -> str:
        """Return what goes into the Authorization header after `Bearer`."""
        secret: str = self.context["secret"]
        return secret


@extend_schema_serializer(
    examples=[OpenApiExample("For 90 days", {"name": "Nightly export"}, request_only=True)]
)
class NewTokenSerializer(StrictSerializer):
    """What the token is for, and how long it lasts: 90 days where that is left out."""

    name = serializers.CharField(max_length=TITLE_LIMIT)
    expires_at = serializers.DateTimeField(required=False)

    def validate_expires_at(self, value: datetime) -> datetime:
        """Refuse what is past, and what nobody would remember to renew."""
        now = timezone.now()
        if not now < value <= now + LONGEST:
            raise serializers.ValidationError(
                f"A token ends after now, and within {LONGEST.days} days."
            )
        return value
