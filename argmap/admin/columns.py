"""The columns of the three lists of statements: what it says, and how much hangs on it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap.admin.lists import NATURAL_KEY, counted
from argmap.core.kinds import CommentState, Stance
from argmap.models import Comment, Excerpt, Inference, Statement

TEXT_LENGTH = 140


def with_counts(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    """Add to each row the numbers that the columns show."""
    bearing = Inference.objects.filter(conclusion_statement__isnull=False)
    threads = Comment.objects.filter(state=CommentState.OPEN, parent=None)
    return rows.annotate(
        supports_count=counted(bearing.filter(stance=Stance.SUPPORT), "conclusion_statement"),
        attacks_count=counted(bearing.filter(stance=Stance.ATTACK), "conclusion_statement"),
        excerpts_count=counted(Excerpt.objects.all(), "statement"),
        comments_count=counted(threads, "statement"),
    )


class StatementColumns:
    """What the lists show of a statement."""

    @admin.display(description="key", ordering=NATURAL_KEY)
    def key_shown(self, obj: Statement) -> str:
        return obj.key

    @admin.display(description="text", ordering="text")
    def words(self, obj: Statement) -> SafeString:
        cut = Truncator(" ".join(obj.text.split())).chars(TEXT_LENGTH)
        if not obj.title:
            return format_html('<span dir="auto">{}</span>', cut)
        return format_html(
            '<strong dir="auto">{}</strong><br><span dir="auto">{}</span>', obj.title, cut
        )

    @admin.display(ordering="supports_count")
    def supports(self, obj: Any) -> int:
        return int(obj.supports_count)

    @admin.display(ordering="attacks_count")
    def attacks(self, obj: Any) -> int:
        return int(obj.attacks_count)

    @admin.display(ordering="excerpts_count")
    def excerpts(self, obj: Any) -> int:
        return int(obj.excerpts_count)

    @admin.display(description="open comments", ordering="comments_count")
    def open_comments(self, obj: Any) -> int:
        return int(obj.comments_count)
