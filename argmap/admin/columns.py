"""The columns of the three lists of statements: what it says, and how much hangs on it."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap.admin.facets import OF_STATEMENTS
from argmap.admin.gathering import last_change
from argmap.admin.lists import KeyColumn, PageAdmin, counted
from argmap.admin.searching import SearchingAdmin
from argmap.core.kinds import CommentState, Confidence, Credibility, Likelihood, Stance, Word
from argmap.models import Comment, Element, Excerpt, Inference, Statement

M = TypeVar("M", bound=Element)

TEXT_LENGTH = 140

_BEARING = Inference.objects.filter(conclusion_statement__isnull=False)
_THREADS = Comment.objects.filter(state=CommentState.OPEN, parent=None)

SUPPORTS = counted(_BEARING.filter(stance=Stance.SUPPORT), "conclusion_statement")
ATTACKS = counted(_BEARING.filter(stance=Stance.ATTACK), "conclusion_statement")
EXCERPTS = counted(Excerpt.objects.all(), "statement")
OPEN_COMMENTS = counted(_THREADS, "statement")


def _in_order(field: str, words: type[Word]) -> Case:
    """Sort by what the words of a field stand for, and not by their letters; no word comes first."""
    return Case(
        *(When(**{field: word}, then=Value(place)) for place, word in enumerate(words)),
        default=Value(-1),
        output_field=IntegerField(),
    )


BY_LIKELIHOOD = _in_order("likelihood", Likelihood)
BY_CONFIDENCE = _in_order("confidence", Confidence)


class LastChange:
    """The column of who changed a row last, and when. `tell_last_change` fetches both."""

    @admin.display(description="last change", ordering=last_change("at"))
    def changed(self, obj: Any) -> SafeString | str:
        if obj.changed_at is None:
            return "–"
        at = timezone.localtime(obj.changed_at)
        return format_html(
            '<time datetime="{}" title="{}">{}</time> {}',
            at.isoformat(timespec="seconds"),
            format_date(at, "j F Y, H:i"),
            format_date(at, "j M Y"),
            obj.changed_by,
        )


def tell_last_change(rows: QuerySet[M]) -> QuerySet[M]:
    """Add to elements who touched them last, and when."""
    told: QuerySet[M] = rows.annotate(
        changed_at=last_change("at"), changed_by=last_change("actor_name")
    )
    return told


class StatementColumns(KeyColumn, LastChange, SearchingAdmin[Statement], PageAdmin[Statement]):
    """What the lists show of a statement, and how it is found there."""

    list_filter = OF_STATEMENTS
    show_facets = admin.ShowFacets.ALWAYS
    searched = ("text", "title", "note")
    hanging = ((Excerpt, "statement", ("exact", "source__title")),)
    search_told = "Words of the text, title, note, quotations and titles of sources; or a key."

    def tell(self, rows: QuerySet[Statement]) -> QuerySet[Statement]:
        told: QuerySet[Statement] = tell_last_change(rows).annotate(
            supports_count=SUPPORTS,
            attacks_count=ATTACKS,
            excerpts_count=EXCERPTS,
            comments_count=OPEN_COMMENTS,
        )
        return told

    @admin.display(description="text", ordering="text")
    def words(self, obj: Statement) -> SafeString:
        cut = Truncator(" ".join(obj.text.split())).chars(TEXT_LENGTH)
        if not obj.title:
            return format_html('<span dir="auto">{}</span>', cut)
        return format_html(
            '<strong dir="auto">{}</strong><br><span dir="auto">{}</span>', obj.title, cut
        )

    @admin.display(ordering=SUPPORTS)
    def supports(self, obj: Any) -> int:
        return int(obj.supports_count)

    @admin.display(ordering=ATTACKS)
    def attacks(self, obj: Any) -> int:
        return int(obj.attacks_count)

    @admin.display(ordering=EXCERPTS)
    def excerpts(self, obj: Any) -> int:
        return int(obj.excerpts_count)

    @admin.display(description="open comments", ordering=OPEN_COMMENTS)
    def open_comments(self, obj: Any) -> int:
        return int(obj.comments_count)

    @admin.display(description="grade", ordering="credibility")
    def grade(self, obj: Statement) -> SafeString | str:
        if not obj.credibility:
            return "–"
        meaning = Credibility(obj.credibility).label
        return format_html('<abbr title="{}">{}</abbr>', meaning, obj.credibility)

    @admin.display(description="likelihood", ordering=BY_LIKELIHOOD)
    def probable(self, obj: Statement) -> SafeString | str:
        """Show how probable it is, in percent."""
        if not obj.likelihood:
            return "–"
        word = Likelihood(obj.likelihood)
        return format_html('<abbr title="{}">{}</abbr>', word.label, word.percent)

    @admin.display(description="confidence", ordering=BY_CONFIDENCE)
    def founded(self, obj: Statement) -> str:
        """Show how well founded that judgement is: ICD 203 keeps the two apart."""
        return obj.get_confidence_display().lower() or "–"
