"""Inferences: their premises in order, and what they bear on, named by keys."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap import actions
from argmap.admin.answers import AnswerInline
from argmap.admin.asking import may, person_of
from argmap.admin.deleting import Falling, falling_answers, falling_inferences
from argmap.admin.elements import STATEMENTS, link, listed, premises_of, say, spoken
from argmap.admin.fields import KeyField, KeysField
from argmap.admin.forms import ActionForm
from argmap.admin.inference_columns import InferenceColumns
from argmap.admin.neighbourhood import NeighbourhoodAdmin, Typed
from argmap.admin.picture import Picture, around
from argmap.admin.timeline import LATEST, changes_of, timeline
from argmap.admin.typed import typed_inference
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Role
from argmap.merging import SeenField
from argmap.models import NATURAL_ORDER, ArgumentMap, Inference


class InferenceForm(ActionForm[Inference]):
    """An inference; its scheme is named by the row that was chosen."""

    seen = SeenField()
    premises = KeysField(
        STATEMENTS,
        help_text="In the order in which they are said. Several are linked: they hold together "
        "or not at all.",
    )
    conclusion = KeyField(
        STATEMENTS + INFERENCE_LETTER,
        help_text="A statement, or an inference: to attack one is to undercut it, to support "
        "one is to back it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row: Inference | None = kwargs.get("instance")
        if row is not None and row.pk and row.conclusion:
            shown = {"premises": premises_of(row), "conclusion": row.conclusion.key}
            kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def add(self) -> Inference:
        return actions.add_inference(
            actor=self.person, argument_map=self.at_hand, **_with_slug(self.values())
        )

    def edit(self) -> None:
        actions.edit_inference(
            actor=self.person,
            argument_map=self.at_hand,
            key=self.instance.key,
            seen=self.seen_version,
            **_with_slug(self.changes()),
        )


def _with_slug(values: dict[str, Any]) -> dict[str, Any]:
    """Name the scheme as actions do."""
    if "scheme" in values:
        values["scheme"] = values["scheme"].slug if values["scheme"] else None
    return values


@admin.register(Inference)
class InferenceAdmin(InferenceColumns, NeighbourhoodAdmin[Inference]):
    """Inferences, said in words. Reviewers open them to answer their critical questions."""

    form = InferenceForm
    drawn_fields = ("stance", "premises", "conclusion", "scheme", "warrant")
    inlines = [AnswerInline]
    goes_too = "Comments on any of these are kept, on the map."
    ordering = ("map__title", "map", *NATURAL_ORDER)
    readonly_fields = ("map_shown", "key", "bears_on_it")

    def get_fieldsets(self, request: HttpRequest, obj: Inference | None = None) -> Any:
        own: list[Any] = [("map_shown", "key")] if obj else ["map_shown"]
        own += ["stance", "premises", "conclusion", "scheme", "warrant", "weight"]
        if obj:
            own.append("bears_on_it")
        if obj and self.may_edit(request, obj):
            own.append("seen")
        return [(None, {"fields": own})]

    def get_inlines(self, request: HttpRequest, obj: Inference | None) -> Any:
        return self.inlines if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Inference | None = None) -> Any:
        if obj is None or self.may_edit(request, obj):
            return self.readonly_fields
        return (*flatten_fieldsets(self.get_fieldsets(request, obj)), "seen")

    def has_change_permission(self, request: HttpRequest, obj: Inference | None = None) -> bool:
        if super().has_change_permission(request, obj):
            return True
        # Their answers are sent with the page, all of which but these they only read.
        may_answer = person_of(request).has_perm("argmap.add_answer")
        return obj is not None and may_answer and may(request, obj.map, Role.REVIEWER)

    def rows(self, request: HttpRequest) -> QuerySet[Inference]:
        return spoken(super().rows(request)).select_related("map")

    @admin.display(description="what bears on it")
    def bears_on_it(self, obj: Inference) -> SafeString | str:
        bearing = spoken(obj.map.inferences.filter(conclusion_inference=obj))
        return listed(format_html("{} · {}", link(other), say(other)) for other in bearing)

    # --- What is said and drawn of it -----------------------------------------------------------

    def picture(self, obj: Inference) -> Picture:
        return around(obj.map, obj.key)

    def typed(self, data: QueryDict, argument_map: ArgumentMap, obj: Inference | None) -> Typed:
        return typed_inference(data, argument_map, obj.key if obj else None)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Inference | None = None,
    ) -> HttpResponse:
        if obj is not None:
            context |= {"said": say(obj), "entries": timeline(obj, changes_of(obj)[:LATEST])}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: Any,
        change: bool,
    ) -> None:
        for row in formset.forms:
            row.parent_is_new = bool(form.changed_data)
        super().save_formset(request, form, formset, change)

    # Shown to those who may not change them.

    def premises(self, obj: Inference) -> SafeString | str:
        return listed(
            format_html("{} · {}", link(premise.statement), premise.statement.text)
            for premise in obj.premises.all()
        )

    def conclusion(self, obj: Inference) -> str:
        return link(obj.conclusion) if obj.conclusion else "–"

    def remove(self, request: HttpRequest, obj: Inference, seen: int | None) -> None:
        actions.delete_inference(
            actor=person_of(request), argument_map=obj.map, key=obj.key, seen=seen
        )

    def falling_with(self, obj: Inference) -> list[Falling]:
        return [falling_inferences(obj), falling_answers(obj)]
