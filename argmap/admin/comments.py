"""Comments: written on, answered for, and settled."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator

from argmap import actions
from argmap.admin.asking import may, person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.elements import STATEMENTS, link
from argmap.admin.fields import KeyField
from argmap.admin.forms import ActionForm
from argmap.admin.lists import MapFilter
from argmap.admin.searching import SearchingAdmin
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER
from argmap.core.kinds import CommentState, Role
from argmap.core.proposals import proposal_from
from argmap.markdown import to_text
from argmap.models import Comment

TEXT_LENGTH = 140


class CommentForm(ActionForm[Comment]):
    """A new comment, one's own that is reworded, or a thread that is settled."""

    aliases = {"about": "about_key"}

    about_key = KeyField(
        STATEMENTS + INFERENCE_LETTER + EXCERPT_LETTER,
        label="About",
        required=False,
        help_text="Empty: the whole map.",
    )

    def add(self) -> Comment:
        values = self.values()
        about = values.pop("about_key")
        return actions.add_comment(
            actor=self.person, argument_map=self.at_hand, about=about, **values
        )

    def edit(self) -> None:
        on_it: dict[str, Any] = {
            "actor": self.person,
            "argument_map": self.at_hand,
            "comment": self.instance.pk,
        }
        changes = self.changes()
        if "body" in changes:
            actions.edit_comment(**on_it, body=changes["body"])
        if "state" in changes:
            actions.settle_thread(**on_it, state=CommentState(changes["state"]))


@admin.register(Comment)
class CommentAdmin(SearchingAdmin[Comment], ActionAdmin[Comment]):
    """What people say about maps and their elements."""

    role_to_write = Role.REVIEWER
    role_to_delete = Role.REVIEWER
    form = CommentForm
    list_display = (
        "said",
        "author_name",
        "kind",
        "flag",
        "state",
        "target",
        "suggests",
        "map_shown",
        "created_at",
    )
    list_filter = (MapFilter, "state", "kind", "flag", "created_at")
    named_by = ("statement__key", "inference__key", "excerpt__key")
    searched = ("body", "author_name")
    search_told = "Words of the comment, its author's name, or the key that it is about."
    ordering = ("-created_at", "-pk")
    list_select_related = ("map", "statement", "inference", "excerpt", "suggestion")
    readonly_fields = (
        "map_shown",
        "target",
        "author_name",
        "kind",
        "flag",
        "suggests",
        "created_at",
        "edited_at",
    )
    actions = ("resolve", "reopen")

    def get_fieldsets(self, request: HttpRequest, obj: Comment | None = None) -> Any:
        if obj is None:
            return [(None, {"fields": ["map_shown", "about_key", ("kind", "flag"), "body"]})]
        told = [("author_name", "created_at", "edited_at"), ("kind", "flag")]
        if obj.suggested:
            told.append(("suggests",))
        return [(None, {"fields": [("map_shown", "target"), *told, "body", "state"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Comment | None = None) -> Any:
        if obj is None:
            return ("map_shown",)
        fixed = list(self.readonly_fields)
        if obj.author_id != request.user.pk:
            fixed.append("body")
        if obj.parent_id:
            fixed.append("state")
        return fixed

    def get_form(
        self,
        request: HttpRequest,
        obj: Comment | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ActionForm[Comment]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            # What a comment is about never changes.
            form.base_fields.pop("about_key", None)
        return form

    def rows(self, request: HttpRequest) -> QuerySet[Comment]:
        about = ("statement", "inference", "excerpt", "suggestion")
        return super().rows(request).select_related(*about)

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        if obj is None:
            return allowed
        if obj.is_deleted:
            return False
        return allowed and (obj.author_id == request.user.pk or may(request, obj.map, Role.OWNER))

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.is_deleted)

    @admin.display(description="comment", ordering="body")
    def said(self, obj: Comment) -> str:
        if obj.is_deleted:
            return f"(deleted by {obj.deleted_by_name})"
        return Truncator(to_text(obj.body)).chars(TEXT_LENGTH)

    @admin.display(description="about")
    def target(self, obj: Comment) -> str:
        about = obj.statement or obj.inference or obj.excerpt
        if about is not None:
            return link(about)
        return f"{obj.lost_target} (deleted)" if obj.lost_target else "the map"

    @admin.display(description="suggests")
    def suggests(self, obj: Comment) -> str:
        suggestion = obj.suggested
        if obj.is_deleted or suggestion is None:
            return ""
        what = proposal_from(suggestion.proposal).heading.removeprefix("Suggests ")
        return f"{what} ({suggestion.get_outcome_display().lower()})"

    def remove(self, request: HttpRequest, obj: Comment, seen: int | None) -> None:
        if not obj.is_deleted:
            actions.delete_comment(actor=person_of(request), argument_map=obj.map, comment=obj.pk)

    @admin.action(description="Resolve the threads of the chosen comments", permissions=["change"])
    def resolve(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._settle(request, queryset, CommentState.RESOLVED)

    @admin.action(description="Reopen the threads of the chosen comments", permissions=["change"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Comment]) -> None:
        self._settle(request, queryset, CommentState.OPEN)

    def _settle(
        self, request: HttpRequest, queryset: QuerySet[Comment], state: CommentState
    ) -> None:
        """Settle threads, all or none: a change for each that differs."""
        with transaction.atomic():
            for comment in queryset:
                actions.settle_thread(
                    actor=person_of(request),
                    argument_map=comment.map,
                    comment=comment.pk,
                    state=state,
                )
        self.message_user(request, f"{state.label}: {len(queryset)} chosen.")
