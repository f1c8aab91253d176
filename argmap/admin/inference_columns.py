"""The columns of the list of inferences: what each says in words, and what is said against it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import IntegerField, QuerySet, Subquery
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap.admin.columns import LastChange, tell_last_change
from argmap.admin.elements import say, spoken
from argmap.admin.facets import OF_INFERENCES
from argmap.admin.gathering import open_questions
from argmap.admin.lists import KeyColumn, PageAdmin, counted
from argmap.admin.searching import SearchingAdmin
from argmap.core.kinds import CommentState, Stance
from argmap.models import Comment, Inference, Premise

_THREADS = Comment.objects.filter(state=CommentState.OPEN, parent=None)
OPEN_COMMENTS = counted(_THREADS, "inference")
UNDERCUTS = counted(Inference.objects.filter(stance=Stance.ATTACK), "conclusion_inference")
OPEN_QUESTIONS = Coalesce(
    Subquery(open_questions().values("scheme").annotate(number=Count("pk")).values("number")),
    0,
    output_field=IntegerField(),
)


class InferenceColumns(KeyColumn, LastChange, SearchingAdmin[Inference], PageAdmin[Inference]):
    """What the list shows of an inference, and how it is found there."""

    list_display = (
        "key_shown",
        "sentence",
        "stance",
        "scheme",
        "open_questions",
        "undercuts",
        "comments",
        "changed",
        "map_shown",
    )
    list_filter = OF_INFERENCES
    show_facets = admin.ShowFacets.ALWAYS
    searched = ("warrant", "conclusion_statement__text", "scheme__name")
    named_by = ("key", "conclusion_statement__key", "conclusion_inference__key")
    hanging = ((Premise, "inference", ("statement__key", "statement__text")),)
    search_told = (
        "Words of premises, conclusion, warrant and scheme; or the key of one, or its own."
    )

    def tell(self, rows: QuerySet[Inference]) -> QuerySet[Inference]:
        told: QuerySet[Inference] = tell_last_change(spoken(rows)).annotate(
            comments_count=OPEN_COMMENTS,
            undercuts_count=UNDERCUTS,
            questions_count=OPEN_QUESTIONS,
        )
        return told

    @admin.display(description="in words", ordering="conclusion_statement__text")
    def sentence(self, obj: Inference) -> SafeString:
        return format_html('<span dir="auto">{}</span>', say(obj))

    @admin.display(description="open critical questions", ordering=OPEN_QUESTIONS)
    def open_questions(self, obj: Any) -> int:
        return int(obj.questions_count)

    @admin.display(description="undercuts", ordering=UNDERCUTS)
    def undercuts(self, obj: Any) -> int:
        return int(obj.undercuts_count)

    @admin.display(description="open comments", ordering=OPEN_COMMENTS)
    def comments(self, obj: Any) -> int:
        return int(obj.comments_count)
