"""What review of a map has come to, and what has changed since someone judged it: to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from argmap.api.serializers.reviews import FiguresSerializer, ReviewSerializer
from argmap.core.kinds import Verdict
from argmap.core.saying import SAID
from argmap.review import Moved

ADDED, DELETED, CHANGED, BROUGHT = "added", "deleted", "changed", "brought"


class StandingSerializer(serializers.Serializer[Any]):
    """The standing review: what the last verdicts of all reviewers come to at this version."""

    version = serializers.IntegerField()
    overall = serializers.ChoiceField(
        Verdict.choices(),
        allow_null=True,
        help_text="The gravest verdict on this version; null where nobody has judged it.",
    )
    stale = serializers.BooleanField(
        help_text="Whether there are verdicts, and all of them are on earlier versions."
    )
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Verdicts on this version, by verdict."
    )
    verdicts = ReviewSerializer(many=True, help_text="The last one of each reviewer.")
    unanswered = serializers.IntegerField(
        help_text="Critical questions that nobody has answered: questions/?answered=false."
    )


class DisagreementSerializer(serializers.Serializer[Any]):
    """A statement on which reviewers differ."""

    about = serializers.CharField(help_text="The key of the statement.")
    figures = FiguresSerializer()


class QuestionSerializer(serializers.Serializer[Any]):
    """A critical question that an inference must survive, by the scheme that it has now."""

    about = serializers.CharField(source="key", help_text="The key of the inference.")
    scheme = serializers.CharField(source="scheme__slug")
    question = serializers.IntegerField(help_text="Its place in the scheme, from 1.")
    asks = serializers.CharField()
    answered = serializers.BooleanField(help_text="Whether anybody has answered it.")


class DifferenceSerializer(serializers.Serializer[Any]):
    """One field, before and after. What was added had none before; what was deleted, none after."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class MovedSerializer(serializers.Serializer[Any]):
    """One element that says something else since, or the map itself."""

    type = serializers.ChoiceField([(name, name) for name in SAID])
    key = serializers.CharField(help_text="Empty for the map.")
    done = serializers.ChoiceField(
        [(word, word) for word in (ADDED, DELETED, CHANGED, BROUGHT)],
        help_text="Brought: it had changed before an import, whose file does not tell how.",
    )
    by = serializers.ListField(child=serializers.CharField(), help_text="Who changed it.")
    at = serializers.DateTimeField(help_text="When it was changed last.")
    differences = DifferenceSerializer(many=True)


def moved_records(moved: Iterable[Moved]) -> list[dict[str, Any]]:
    """Return what has changed as it is written."""
    return list(MovedSerializer([_record(each) for each in moved], many=True).data)


def _record(moved: Moved) -> dict[str, Any]:
    before, after = moved.before or {}, moved.after or {}
    differing = [name for name in SAID[moved.type] if before.get(name) != after.get(name)]
    return {
        "type": moved.type,
        "key": "" if moved.type == "map" else moved.key,
        "done": _done(moved),
        "by": list(moved.by),
        "at": moved.at,
        "differences": [
            {"field": name, "before": before.get(name), "after": after.get(name)}
            for name in differing
        ],
    }


def _done(moved: Moved) -> str:
    if moved.untold:
        return BROUGHT
    if moved.before is None:
        return ADDED
    return DELETED if moved.after is None else CHANGED
