"""Claims, evidence and counterarguments: three pages over one table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap import access, actions
from argmap.admin.asking import person_of
from argmap.admin.bulk import BulkMixin
from argmap.admin.columns import TEXT_LENGTH, StatementColumns
from argmap.admin.deleting import Falling, falling_answers, falling_inferences
from argmap.admin.downloads import Downloads
from argmap.admin.elements import admin_url, listed
from argmap.admin.excerpts import ExcerptInline
from argmap.admin.fields import TagsField
from argmap.admin.forms import ActionForm
from argmap.admin.neighbourhood import NeighbourhoodAdmin, Typed
from argmap.admin.picture import Picture, around
from argmap.admin.steps import ReasonInline, UseInline
from argmap.admin.timeline import LATEST, changes_of, timeline
from argmap.admin.typed import DrawnStatement, typed_statement
from argmap.core.kinds import CommentState, Confidence, Credibility, Likelihood, Stance
from argmap.markdown import to_text
from argmap.merging import SeenField
from argmap.models import (
    NATURAL_ORDER,
    ArgumentMap,
    Claim,
    Counterargument,
    Evidence,
    Statement,
)


def _with_bands() -> list[tuple[str, str]]:
    return [("", "–"), *((word.value, f"{word.label} · {word.percent}") for word in Likelihood)]


class StatementForm(ActionForm[Statement]):
    """A statement, with likelihood and confidence as the two things that they are."""

    seen = SeenField()
    tags = TagsField(help_text="One a line.")
    likelihood = forms.ChoiceField(
        choices=_with_bands,
        required=False,
        help_text="How probable it is, in the words of ICD 203 with their bands. The end of a band"
        " belongs to the next.",
    )
    confidence = forms.ChoiceField(
        choices=[("", "–"), *Confidence.choices()],
        required=False,
        help_text="How well founded that judgement is: its sources, its assumptions, its reasoning.",
    )
    credibility = forms.ChoiceField(
        choices=[("", "–"), *Credibility.choices()],
        required=False,
        help_text="Admiralty grade of the information, whatever its source is worth."
        " 6 is no worst grade: it cannot be judged.",
    )

    def add(self) -> Statement:
        return actions.add_statement(
            actor=self.person,
            argument_map=self.at_hand,
            kind=self._meta.model.of_kind or "",
            **self.values(),
        )

    def edit(self) -> None:
        actions.edit_statement(
            actor=self.person,
            argument_map=self.at_hand,
            key=self.instance.key,
            seen=self.seen_version,
            **self.changes(),
        )


class StatementAdmin(BulkMixin, Downloads, StatementColumns, NeighbourhoodAdmin[Statement]):
    """What the three kinds' pages share."""

    form = StatementForm
    drawn_fields = DrawnStatement.Meta.fields
    inlines = [ExcerptInline, ReasonInline, UseInline]
    goes_too = "Comments on any of these are kept, on the map."

    list_display: tuple[str, ...] = (
        "key_shown",
        "words",
        "status",
        "probable",
        "founded",
        "supports",
        "attacks",
        "excerpts",
        "open_comments",
        "changed",
        "map_shown",
    )
    ordering = ("map__title", "map", *NATURAL_ORDER)
    readonly_fields = ("map_shown", "key", "tags_shown", "comments_shown")

    def get_fieldsets(self, request: HttpRequest, obj: Statement | None = None) -> Any:
        own = ("map_shown", "key", "kind") if obj else ("map_shown",)
        said: list[Any] = [own, "text", "title", "note"]
        if obj and self.has_change_permission(request, obj):
            said.append("seen")
        tags = "tags" if obj is None or self.has_change_permission(request, obj) else "tags_shown"
        worked_on = ["status", tags, *(["comments_shown"] if obj else [])]
        return [
            (None, {"fields": said}),
            ("How probable it is, and how sure that is", {"fields": ["likelihood", "confidence"]}),
            ("What it weighs", {"fields": ["credibility", "base_score"]}),
            ("The work on it", {"fields": worked_on}),
        ]

    def rows(self, request: HttpRequest) -> QuerySet[Statement]:
        # Of each kind: a claim that someone turned into evidence while it was open here is found,
        # and what was typed is not lost.
        readable = access.readable_maps(person_of(request))
        rows: QuerySet[Statement] = self.model._base_manager.filter(map__in=readable)
        return rows.select_related("map")

    # --- What is said and drawn of it -----------------------------------------------------------

    @admin.display(description="open comments")
    def comments_shown(self, obj: Statement) -> SafeString | str:
        threads = obj.comments.filter(state=CommentState.OPEN, parent=None)
        return listed(
            format_html(
                '{}: <a href="{}">{}</a>',
                thread.author_name,
                reverse("comment", args=[obj.map.slug, thread.pk]),
                Truncator(to_text(thread.body)).chars(TEXT_LENGTH),
            )
            for thread in threads
        )

    @admin.display(description="tags")
    def tags_shown(self, obj: Statement) -> str:
        return ", ".join(obj.tags) or "–"

    def picture(self, obj: Statement) -> Picture:
        return around(obj.map, obj.key)

    def typed(self, data: QueryDict, argument_map: ArgumentMap, obj: Statement | None) -> Typed:
        return typed_statement(data, argument_map, obj.key) if obj else Typed()

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Statement | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context["entries"] = timeline(obj, changes_of(obj)[:LATEST])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def tools(self, request: HttpRequest, obj: Statement) -> list[tuple[str, str]]:
        if not self.has_change_permission(request, obj):
            return []
        address = f"{reverse('admin:argmap_inference_add')}?map={obj.map_id}&conclusion={obj.key}"
        return [(f"{address}&stance={stance}", f"Add {stance}") for stance in Stance]

    # --- Writing ------------------------------------------------------------------------------

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "GET":
            found = self.get_object(request, object_id)
            if found is not None and found.kind != self.model.of_kind:
                return HttpResponseRedirect(admin_url(found))
        return super().change_view(request, object_id, form_url, extra_context)

    def response_change(self, request: HttpRequest, obj: Statement) -> HttpResponse:
        if obj.kind == self.model.of_kind:
            return super().response_change(request, obj)
        told = format_html(
            "{} is now a statement of the kind {}: this is its page.", obj.key, obj.kind
        )
        self.message_user(request, told)
        return HttpResponseRedirect(admin_url(obj))

    def remove(self, request: HttpRequest, obj: Statement, seen: int | None) -> None:
        actions.delete_statement(
            actor=person_of(request), argument_map=obj.map, key=obj.key, seen=seen
        )

    def falling_with(self, obj: Statement) -> list[Falling]:
        excerpts = obj.excerpts.order_by(*NATURAL_ORDER).select_related("source")
        return [
            falling_inferences(obj),
            falling_answers(obj),
            Falling.of("excerpts", [f"{excerpt.key} of {excerpt.source}" for excerpt in excerpts]),
        ]


@admin.register(Claim)
class ClaimAdmin(StatementAdmin):
    """Statements argued for."""


@admin.register(Evidence)
class EvidenceAdmin(StatementAdmin):
    """Statements that rest on a source."""

    list_display = tuple(
        "grade" if name == "probable" else name
        for name in StatementAdmin.list_display
        if name != "founded"
    )


@admin.register(Counterargument)
class CounterargumentAdmin(StatementAdmin):
    """Statements brought against others, or against inferences."""
