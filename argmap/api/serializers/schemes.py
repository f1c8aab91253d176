"""Argumentation schemes with their critical questions."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from argmap.models import CriticalQuestion, Scheme


class SchemeSerializer(serializers.ModelSerializer[Scheme]):
    """A stereotyped pattern of inference, and the questions that it must survive."""

    questions: serializers.SlugRelatedField[CriticalQuestion] = serializers.SlugRelatedField(
        "text", many=True, read_only=True
    )

    class Meta:
        model = Scheme
        fields: ClassVar[list[str]] = ["slug", "name", "description", "questions"]
        read_only_fields = fields
