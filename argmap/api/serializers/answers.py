"""Answers to critical questions, as read and as written."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from argmap.api.serializers.addresses import NumberedAddress
from argmap.api.serializers.reviews import SEEN
from argmap.api.serializers.strict import StrictSerializer
from argmap.core.kinds import Satisfaction
from argmap.core.limits import TEXT_LIMIT, WHOLE_LIMIT
from argmap.models import Answer


class AnswerSerializer(serializers.ModelSerializer[Answer]):
    """What one person answers to one critical question. It is stale once the inference changed."""

    number = serializers.IntegerField(source="pk")
    about = serializers.CharField(source="inference.key", help_text="The key of the inference.")
    scheme = serializers.CharField(source="question.scheme.slug")
    question = serializers.IntegerField(
        source="question.order", help_text="Its place among the scheme's questions, from 1."
    )
    asks = serializers.CharField(source="question.text")
    author = serializers.CharField(source="author_name")
    says = serializers.ChoiceField(Satisfaction.choices())
    stale = serializers.BooleanField()
    address = NumberedAddress("api:answer")

    class Meta:
        model = Answer
        fields: ClassVar[list[str]] = [
            "number",
            "about",
            "scheme",
            "question",
            "asks",
            "author",
            "says",
            "why",
            "version_seen",
            "created_at",
            "changed_at",
            "stale",
            "address",
        ]
        read_only_fields = fields


class NewAnswerSerializer(StrictSerializer):
    """One's own answer, in place of the one that one gave before."""

    about = serializers.RegexField(
        r"\AI[1-9][0-9]{0,8}\Z", error_messages={"invalid": "This is no key of an inference."}
    )
    question = serializers.IntegerField(
        min_value=1,
        max_value=WHOLE_LIMIT,
        help_text="Its place among the questions of the inference's scheme, from 1.",
    )
    says = serializers.ChoiceField(Satisfaction.choices())
    why = serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True)
    version_seen = serializers.IntegerField(**SEEN)
