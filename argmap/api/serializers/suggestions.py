"""Suggestions, as read and as written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from argmap.actions import Accepted
from argmap.api.replays import NONCE
from argmap.api.schema import inlined
from argmap.api.serializers.addresses import NumberedAddress
from argmap.api.serializers.strict import NumbersField, StrictSerializer
from argmap.core.formats import SCHEMA
from argmap.core.kinds import Flag, Proposed, Settlement
from argmap.core.limits import TEXT_LIMIT, WHOLE_LIMIT
from argmap.core.proposals import FIELDS, STATEMENT_FIELDS
from argmap.models import Suggestion

MOST_AT_ONCE = 100
"""Most suggestions of one request: each is a transaction's worth of work."""

PROPOSED = inlined(SCHEMA["$defs"]["proposed"])


@extend_schema_field(PROPOSED)
class ProposedField(serializers.JSONField):
    """Fields of a statement, as argmap/1 writes them."""


class SuggestionSerializer(serializers.ModelSerializer[Suggestion]):
    """What a comment proposes, and what became of it. The comment with its number says why."""

    number = serializers.IntegerField(source="comment_id")
    on = serializers.CharField(source="proposal.on", help_text="The key of what it is on.")
    before = ProposedField(source="proposal.before", help_text="What its author saw.")
    after = ProposedField(source="proposal.after")
    author = serializers.CharField(source="comment.author_name")
    settled_by = serializers.CharField(source="settled_by_name")
    change = serializers.SerializerMethodField(
        help_text="The activity of the map at which it was accepted."
    )
    address = NumberedAddress("api:suggestion", lookup_field="comment_id")

    class Meta:
        model = Suggestion
        fields: ClassVar[list[str]] = [
            "number",
            "does",
            "on",
            "before",
            "after",
            "author",
            "outcome",
            "settled_by",
            "settled_at",
            "change",
            "address",
        ]
        read_only_fields = fields

    def get_change(self, row: Suggestion) -> int | None:
        """Return the number of the change in the map's log, null where there is none."""
        return row.change.activity if row.change else None


class NewSuggestionSerializer(StrictSerializer):
    """A change to suggest."""

    does = serializers.ChoiceField(Proposed.choices())
    on = serializers.RegexField(
        r"\A[CEKI][1-9][0-9]{0,8}\Z",
        error_messages={"invalid": "This is no key of a statement or an inference."},
        help_text="The key of the statement to edit; or of what the new statement bears on.",
    )
    after = ProposedField(
        help_text="Of an edit, the fields that would differ; of a new statement, all that it has, "
        "with the warrant and the scheme of the inference that it comes with."
    )
    body = serializers.CharField(
        max_length=TEXT_LIMIT, required=False, allow_blank=True, help_text="Why; Markdown."
    )
    flag = serializers.ChoiceField(Flag.choices(), required=False, allow_blank=True)
    nonce = serializers.CharField(**NONCE)
    version_seen = serializers.IntegerField(required=False, min_value=0, max_value=WHOLE_LIMIT)

    def validate_after(self, value: Any) -> dict[str, Any]:
        """Refuse what is no object."""
        if not isinstance(value, dict):
            raise serializers.ValidationError("This is an object of fields.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Name each field of `after` that what is suggested does not have."""
        require_fields(attrs["after"], Proposed(attrs["does"]))
        return super().validate(attrs)


def require_fields(after: Mapping[str, Any], does: Proposed) -> None:
    """Refuse fields that a proposal which `does` this cannot have. Raises ValidationError."""
    known = STATEMENT_FIELDS if does is Proposed.EDIT else FIELDS
    told = f"This is none of {', '.join(known)}."
    unknown = {name: told for name in after if name not in known}
    if unknown:
        raise serializers.ValidationError({"after": unknown})


class SettleSerializer(StrictSerializer):
    """What is to become of a suggestion."""

    outcome = serializers.ChoiceField(
        [choice for choice in Settlement.choices() if choice[0] != Settlement.OPEN]
    )
    after = ProposedField(
        required=False, help_text="The fields in place of those suggested, where amended."
    )
    reason = serializers.CharField(
        max_length=TEXT_LIMIT, required=False, help_text="Why it is declined; Markdown."
    )
    seen = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=WHOLE_LIMIT,
        help_text="The version of the map that the editor saw.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for what goes with the outcome, and refuse what does not."""
        outcome, wanted = attrs["outcome"], {"amended": "after", "declined": "reason"}
        for word, name in wanted.items():
            if outcome == word and name not in attrs:
                raise serializers.ValidationError({name: f"This goes with {word}."})
            if outcome != word and name in attrs:
                raise serializers.ValidationError({name: f"This goes with {word} alone."})
        return super().validate(attrs)


class AcceptSerializer(StrictSerializer):
    """Which suggestions are to be accepted, in this order."""

    outcome = serializers.ChoiceField([(Settlement.ACCEPTED.value, Settlement.ACCEPTED.label)])
    numbers = NumbersField(most=MOST_AT_ONCE, help_text="The numbers of their comments.")


class AcceptedSerializer(serializers.Serializer[Any]):
    """What became of one of several suggestions."""

    number = serializers.IntegerField(source="comment")
    accepted = serializers.SerializerMethodField()
    problem = serializers.CharField(help_text="Why it is left as it is; empty where it is not.")

    def get_accepted(self, row: Accepted) -> bool:
        """Tell whether it was."""
        return row.suggestion is not None
