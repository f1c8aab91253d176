"""Comments, as read and as written."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from argmap.api.replays import NONCE
from argmap.api.serializers.addresses import NumberedAddress
from argmap.api.serializers.strict import StrictSerializer
from argmap.api.serializers.suggestions import SuggestionSerializer
from argmap.core.kinds import CommentKind, CommentState, Flag
from argmap.core.limits import TEXT_LIMIT, WHOLE_LIMIT
from argmap.models import Comment


class CommentSerializer(serializers.ModelSerializer[Comment]):
    """One comment. Replies have a parent; the first comment of a thread has a state."""

    number = serializers.IntegerField(source="pk")
    about = serializers.CharField(help_text="The key of what it is about; empty for the map.")
    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="parent_id", allow_null=True, help_text="The number of the thread's first comment."
    )
    flag = serializers.ChoiceField([("", "None"), *Flag.choices()])
    author = serializers.CharField(source="author_name")
    state = serializers.SerializerMethodField()
    deleted_by = serializers.CharField(source="deleted_by_name")
    stale = serializers.BooleanField(
        help_text="Whether what it is about says something else since the version that it saw."
    )
    weight = serializers.IntegerField(
        allow_null=True,
        help_text="How much the thread matters: what to answer first. Null for a reply.",
    )
    suggestion = SuggestionSerializer(allow_null=True, default=None)
    address = NumberedAddress("api:comment")

    class Meta:
        model = Comment
        fields: ClassVar[list[str]] = [
            "number",
            "about",
            "lost_target",
            "parent",
            "kind",
            "flag",
            "body",
            "state",
            "author",
            "created_at",
            "edited_at",
            "deleted_at",
            "deleted_by",
            "version_seen",
            "stale",
            "weight",
            "suggestion",
            "address",
        ]
        read_only_fields = fields

    def get_state(self, row: Comment) -> str | None:
        """Return where the thread stands; null for a reply, which has no state of its own."""
        return None if row.parent_id else row.state


class NewCommentSerializer(StrictSerializer):
    """A comment to write, or a reply where `parent` names a comment."""

    body = serializers.CharField(max_length=TEXT_LIMIT, help_text="Markdown.")
    about = serializers.RegexField(
        r"\A[CEKIX][1-9][0-9]{0,8}\Z",
        required=False,
        allow_blank=True,
        error_messages={"invalid": "This is no key of a statement, an inference or an excerpt."},
        help_text="The key of a statement, an inference or an excerpt; the map where left out. "
        "A reply is about what its thread is about.",
    )
    kind = serializers.ChoiceField(CommentKind.choices(), required=False)
    flag = serializers.ChoiceField(Flag.choices(), required=False, allow_blank=True)
    parent = serializers.IntegerField(  # type: ignore[assignment]
        required=False, allow_null=True, min_value=1, max_value=WHOLE_LIMIT
    )
    version_seen = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=WHOLE_LIMIT,
        help_text="The version of the map that the author saw; the present one where left out.",
    )
    nonce = serializers.CharField(**NONCE)


class CommentEditSerializer(StrictSerializer):
    """A new wording by the author, a new state of the thread, or that it still holds."""

    body = serializers.CharField(max_length=TEXT_LIMIT, required=False, help_text="Markdown.")
    state = serializers.ChoiceField(CommentState.choices(), required=False)
    version_seen = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=WHOLE_LIMIT,
        help_text="The version on which the author finds that it still holds.",
    )


class EarlierSerializer(serializers.Serializer[Any]):
    """What a comment said, and until when."""

    body = serializers.CharField()
    until = serializers.DateTimeField()
