"""What waits for someone over all maps, and where it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from argmap.api.serializers.strict import NumbersField, StrictSerializer
from argmap.core.kinds import Frequency
from argmap.core.limits import SLUG_LIMIT
from argmap.models import Answer, ArgumentMap, Comment, Mention, Rating, Review, Round

Row = Comment | Mention | Review | Round | Answer | Rating

MOST_AT_ONCE = 500
"""Most mentions of one request: as many as a page of them has."""


class WantedSerializer(serializers.Serializer[Any]):
    """Which part of it is wanted."""

    map = serializers.SlugField(
        required=False, max_length=SLUG_LIMIT, help_text="The slug of the one map that is meant."
    )


class SectionSerializer(serializers.Serializer[Any]):
    """One section of the inbox."""

    name = serializers.CharField()
    count = serializers.IntegerField()
    address = serializers.URLField()


class InboxSerializer(serializers.Serializer[Any]):
    """What waits for someone, in sections."""

    waiting = serializers.IntegerField(
        help_text="How much others wait for one to do or to read, on all maps; 100 at most."
    )
    sections = SectionSerializer(many=True)


class LineSerializer(serializers.Serializer[Any]):
    """One thing that waits, whatever it is."""

    sort = serializers.ChoiceField(
        [(word, word) for word in ("comment", "round", "verdict", "answer", "rating")]
    )
    map = serializers.CharField(help_text="The slug of its map.")
    about = serializers.CharField(help_text="The key of what it is about; empty for the map.")
    said = serializers.CharField()
    by = serializers.CharField(help_text="Who spoke last, asked, called or judged.")
    at = serializers.DateTimeField()
    due = serializers.DateField(allow_null=True, help_text="Of a round, its last day.")
    missing = serializers.IntegerField(
        allow_null=True, help_text="Of a round that one asked for, the verdicts that are not given."
    )
    weight = serializers.IntegerField(
        allow_null=True, help_text="Of a thread, how much it matters."
    )
    address = serializers.URLField()


class MentionSerializer(serializers.Serializer[Any]):
    """A comment that calls one by name."""

    number = serializers.IntegerField(source="comment_id")
    map = serializers.CharField(source="comment.map.slug")
    about = serializers.CharField(source="comment.about")
    author = serializers.CharField(source="comment.author_name")
    said = serializers.CharField(source="comment.body")
    at = serializers.DateTimeField(source="comment.created_at")
    read_at = serializers.DateTimeField(allow_null=True)
    address = serializers.SerializerMethodField()

    def get_address(self, row: Mention) -> str:
        """Return where the comment is."""
        return _address(self.context["request"], "comment", row.comment.map, number=row.comment_id)


class MarkSerializer(StrictSerializer):
    """Which mentions have been read."""

    read = serializers.ChoiceField([(True, "Yes")])
    numbers = NumbersField(most=MOST_AT_ONCE, help_text="The numbers of the comments.")


class MarkedSerializer(serializers.Serializer[Any]):
    """What came of it."""

    marked = serializers.IntegerField(help_text="How many had not been read before.")


class DigestSerializer(StrictSerializer):
    """How often one is told by e-mail what concerns one."""

    how_often = serializers.ChoiceField(Frequency.choices())


def line_record(row: Row, request: HttpRequest | Request) -> dict[str, Any]:
    """Return a row of any section as a line of the inbox."""
    if isinstance(row, Mention):
        return {**line_record(row.comment, request), "weight": None}
    if isinstance(row, Review) and row.round is not None and row.finished_at is None:
        row.round.map = row.map
        return line_record(row.round, request)
    shown, number, where = _shown(row)
    return {
        "map": row.map.slug,
        "about": "",
        "due": None,
        "missing": None,
        "weight": None,
        **shown,
        "address": _address(request, where, row.map, **number),
    }


def _shown(row: Any) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Return what a line says of a row, and by what its address names it."""
    number = {"number": row.pk}
    if isinstance(row, Comment):
        shown = {
            "sort": "comment",
            "about": row.about or row.lost_target,
            "said": row.body,
            "by": getattr(row, "last_by_name", row.author_name),
            "at": row.created_at,
            "weight": getattr(row, "weight", None),
        }
        return shown, number, "comment"
    if isinstance(row, Round):
        shown = {
            "sort": "round",
            "said": row.message,
            "by": row.asked_by_name,
            "at": row.asked_at,
            "due": row.due,
            "missing": getattr(row, "missing", None),
        }
        return shown, number, "round"
    if isinstance(row, Review):
        shown = {"sort": "verdict", "said": row.verdict, "by": row.reviewer_name}
        return {**shown, "at": row.finished_at}, number, "verdict"
    judged = {"by": row.author_name, "at": row.changed_at or row.created_at}
    if isinstance(row, Answer):
        shown = {"sort": "answer", "about": row.inference.key, "said": row.says}
        return {**shown, **judged}, number, "answer"
    shown = {"sort": "rating", "about": row.about, "said": row.likelihood}
    return {**shown, **judged}, {"key": row.about}, "rating"


def _address(
    request: HttpRequest | Request, name: str, argument_map: ArgumentMap, **named: Any
) -> str:
    where = {"slug": argument_map.slug, **named}
    return str(reverse(f"api:{name}", kwargs=where, request=request))
