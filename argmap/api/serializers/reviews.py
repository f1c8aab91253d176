"""Ratings, verdicts and rounds, as read and as written."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from argmap.api.serializers.addresses import NumberedAddress
from argmap.api.serializers.strict import StrictSerializer
from argmap.core.kinds import Confidence, Likelihood, Verdict
from argmap.core.limits import REVIEWERS_LIMIT, TEXT_LIMIT, WHOLE_LIMIT
from argmap.models import Rating, Review, Round

SEEN: dict[str, Any] = {
    "required": False,
    "min_value": 0,
    "max_value": WHOLE_LIMIT,
    "help_text": "The version of the map that the author saw; the present one where left out.",
}


class ConfirmSerializer(StrictSerializer):
    """That one's own judgement still holds, on the version that one saw."""

    version_seen = serializers.IntegerField(
        min_value=0, max_value=WHOLE_LIMIT, help_text="The version on which it still holds."
    )


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """One person's figures for one statement."""

    about = serializers.CharField(help_text="The key of the statement; empty where it is gone.")
    author = serializers.CharField(source="author_name")
    confidence = serializers.ChoiceField([("", "None"), *Confidence.choices()])
    blind = serializers.BooleanField(
        help_text="Whether it was given, and revised, before the others' could be seen."
    )
    stale = serializers.BooleanField(help_text="Whether the statement says something else since.")

    class Meta:
        model = Rating
        fields: ClassVar[list[str]] = [
            "about",
            "lost_target",
            "author",
            "likelihood",
            "confidence",
            "blind",
            "version_seen",
            "created_at",
            "changed_at",
            "stale",
        ]
        read_only_fields = fields


class FiguresSerializer(serializers.Serializer[Any]):
    """What ratings come to: probabilities, by the middles of the bands."""

    mean = serializers.FloatField()
    median = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()
    deviation = serializers.FloatField(help_text="The standard deviation.")
    disagreement = serializers.FloatField(help_text="From 0, unanimous, to 1, as far as can be.")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By band.")


class RatingsSerializer(serializers.Serializer[Any]):
    """The ratings of one statement: the others' are hidden until one has given one's own."""

    about = serializers.CharField(source="statement.key")
    count = serializers.IntegerField(source="seen.count", help_text="Of all ratings.")
    hidden = serializers.BooleanField(source="seen.hidden")
    own = RatingSerializer(source="seen.own", allow_null=True)
    others = RatingSerializer(source="seen.others", many=True)
    figures = FiguresSerializer(source="seen.figures", allow_null=True)


class NewRatingSerializer(StrictSerializer):
    """One's own figures for a statement, in place of those that one gave before."""

    about = serializers.RegexField(
        r"\A[CEK][1-9][0-9]{0,8}\Z", error_messages={"invalid": "This is no key of a statement."}
    )
    likelihood = serializers.ChoiceField(Likelihood.choices())
    confidence = serializers.ChoiceField(Confidence.choices(), required=False, allow_blank=True)
    version_seen = serializers.IntegerField(**SEEN)


class ReviewSerializer(serializers.ModelSerializer[Review]):
    """One verdict on the map. It is stale once the graph has changed."""

    number = serializers.IntegerField(source="pk")
    reviewer = serializers.CharField(source="reviewer_name")
    round = serializers.IntegerField(source="round_id", allow_null=True)
    verdict = serializers.ChoiceField(Verdict.choices())
    stale = serializers.BooleanField()
    brought = serializers.BooleanField(
        help_text="Whether a file brought it: nobody here gave it, and it counts for nothing."
    )
    address = NumberedAddress("api:verdict")

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = [
            "number",
            "reviewer",
            "round",
            "verdict",
            "summary",
            "version_seen",
            "finished_at",
            "stale",
            "brought",
            "address",
        ]
        read_only_fields = fields


class NewReviewSerializer(StrictSerializer):
    """A verdict, in a round that asks for it or unasked."""

    verdict = serializers.ChoiceField(Verdict.choices())
    summary = serializers.CharField(
        max_length=TEXT_LIMIT,
        required=False,
        allow_blank=True,
        help_text="What would have to change; it goes with a verdict that asks for that.",
    )
    round = serializers.IntegerField(required=False, min_value=1, max_value=WHOLE_LIMIT)
    version_seen = serializers.IntegerField(**SEEN)


class AskedSerializer(serializers.ModelSerializer[Review]):
    """One person whom a round asks, and whether they have given a verdict."""

    reviewer = serializers.CharField(source="reviewer_name")
    verdict = serializers.ChoiceField([("", "None"), *Verdict.choices()])

    class Meta:
        model = Review
        fields: ClassVar[list[str]] = ["reviewer", "verdict", "finished_at"]
        read_only_fields = fields


class RoundSerializer(serializers.ModelSerializer[Round]):
    """A request for a review of one version."""

    number = serializers.IntegerField(source="pk")
    asked_by = serializers.CharField(source="asked_by_name")
    reviewers = AskedSerializer(source="reviews", many=True)
    address = NumberedAddress("api:round")

    class Meta:
        model = Round
        fields: ClassVar[list[str]] = [
            "number",
            "version",
            "asked_by",
            "asked_at",
            "due",
            "message",
            "closed_at",
            "reviewers",
            "address",
        ]
        read_only_fields = fields


class NewRoundSerializer(StrictSerializer):
    """A request for a review, to people by the names of users."""

    reviewers = serializers.ListField(
        child=serializers.CharField(), allow_empty=False, max_length=REVIEWERS_LIMIT
    )
    due = serializers.DateField(required=False, allow_null=True)
    message = serializers.CharField(max_length=TEXT_LIMIT, required=False, allow_blank=True)
    version = serializers.IntegerField(**SEEN)


class CloseSerializer(StrictSerializer):
    """That a round takes no more verdicts."""

    closed = serializers.ChoiceField([(True, "Yes")])
