"""Reading what a client writes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from argmap.core.limits import WHOLE_LIMIT


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


class NumbersField(serializers.ListField):
    """Numbers of rows, one at least and `most` at the most."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        child = serializers.IntegerField(min_value=1, max_value=WHOLE_LIMIT)
        super().__init__(child=child, min_length=1, max_length=most, **kwargs)
