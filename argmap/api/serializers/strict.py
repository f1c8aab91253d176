"""Reading what a client writes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class StrictSerializer(serializers.Serializer[Any]):
    """Reads the body of a write, and refuses a member that nobody would look at."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name each member that cannot be written."""
        unknown = [name for name in self.initial_data if name not in self.fields]
        if unknown:
            raise serializers.ValidationError(
                dict.fromkeys(unknown, "This field cannot be written.")
            )
        return attrs
