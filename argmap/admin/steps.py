"""Inferences on the page of a statement: what bears on it, and what it bears on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap import actions, graphs
from argmap.admin.asking import once
from argmap.admin.elements import STATEMENTS, link, say, spoken
from argmap.admin.fields import KeyField, PlainSelect
from argmap.admin.forms import ActionForm
from argmap.admin.inlines import RowInline
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Kind, Stance
from argmap.core.limits import TEXT_LIMIT
from argmap.merging import SeenField
from argmap.models import Inference, Premise, Statement

M = TypeVar("M", bound=Model)

MOST = 60
"""Most rows of an inline, each of which takes some 10 ms: more are read on the map."""

TEXT_LENGTH = 200


class StepForm(ActionForm[M]):
    """What is typed of an inference on the page of a statement, the `parent`."""

    parent: Statement
    aliases: ClassVar[Mapping[str, str]] = {"scheme": "scheme_slug"}

    scheme_slug = forms.ChoiceField(label="Scheme", required=False, widget=PlainSelect)
    warrant = forms.CharField(
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        required=False,
        max_length=TEXT_LIMIT,
        help_text="Why the premises bear on the conclusion.",
    )

    def step(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the inference's own fields among `values`, named as actions name them."""
        names = {"stance": "stance", "scheme_slug": "scheme", "warrant": "warrant"}
        return {names[name]: value for name, value in values.items() if name in names}

    @property
    def on_map(self) -> dict[str, Any]:
        """Who writes on which map, as every action asks."""
        return {"actor": self.person, "argument_map": self.at_hand}


class ReasonForm(StepForm[Inference]):
    """An inference that concludes in the statement, and one more premise of it, or a new one."""

    aliases: ClassVar[Mapping[str, str]] = {
        **StepForm.aliases,
        "premises": "premise",
        "statement": "premise",
        "conclusion": "premise",
    }

    field_order = ("stance", "scheme_slug", "warrant", "text", "kind", "premise")

    seen = SeenField()
    text = forms.CharField(
        label="New statement",
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        required=False,
        max_length=TEXT_LIMIT,
        help_text="One sentence that can be true or false, clear without its context.",
    )
    kind = forms.ChoiceField(choices=Kind.choices, initial=Kind.EVIDENCE.value)
    premise = KeyField(STATEMENTS, label="Or one that is there", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row: Inference | None = kwargs.get("instance")
        if row is not None and row.pk:
            slug = row.scheme.slug if row.scheme else ""
            kwargs["initial"] = {"scheme_slug": slug, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.instance.pk and "text" in self.fields:
            self.fields["text"].label = "Further premise"
            for field in self.fields.values():
                field.help_text = ""

    def clean(self) -> None:
        super().clean()
        text, premise = (self.cleaned_data.get(name) for name in ("text", "premise"))
        if text and premise:
            self.add_error("premise", "Type a new statement or choose one that is there, not both.")
        is_new = not (self.instance.pk or self.went)
        if is_new and not (text or premise or {"text", "premise"} & self.errors.keys()):
            self.add_error("text", "Type the statement that bears on it, or choose one.")

    def add(self) -> Inference:
        given = self.values()
        step = self.step(given)
        about = self.parent.key
        if given["premise"]:
            return actions.add_inference(
                **self.on_map, premises=[given["premise"]], conclusion=about, **step
            )
        told = {"kind": given["kind"], "text": given["text"]}
        return actions.add_reason(**self.on_map, about=about, **told, **step)[1]

    def edit(self) -> None:
        given, changed = self.values(), self.step(self.changes())
        on_it = {**self.on_map, "key": self.instance.key, "seen": self.seen_version}
        if changed:
            actions.edit_inference(**on_it, **changed)
            # That was the author; nobody else can write on the map before all is saved.
            on_it["seen"] = None
        if given["text"]:
            actions.add_new_premise(**on_it, kind=given["kind"], text=given["text"])
        elif given["premise"]:
            actions.add_premise(**on_it, statement=given["premise"])

    def remove(self) -> None:
        actions.delete_inference(**self.on_map, key=self.instance.key, seen=self.seen_version)

    @property
    def heading(self) -> SafeString:
        """The inference's page, and what it starts from."""
        row = self.instance
        line = '<li>{} <span dir="auto">{}</span></li>'
        lines = format_html_join("", line, map(_said, row.premises.all()))
        return format_html(
            '<b>{}</b> <span class="stance {}">{} it</span><ul class="plain">{}</ul>{}',
            link(row),
            row.stance,
            Stance(row.stance).verb,
            lines,
            _borne_on_by(row),
        )

    def _remember_what_is_shown(self) -> None:
        super()._remember_what_is_shown()
        if "seen" in self.fields:
            # What falls with it is shown beside it: of that too this is the version that was seen.
            self.initial["seen"] = self.at_hand.version


def _said(premise: Premise) -> tuple[SafeString, str]:
    statement = premise.statement
    words = " ".join((statement.title or statement.text).split())
    return link(statement), Truncator(words).chars(TEXT_LENGTH)


def _borne_on_by(inference: Inference) -> SafeString | str:
    """Say what bears on an inference, which falls with it."""
    bearing = list(inference.borne_on_by.all())
    if not bearing:
        return ""
    keys = format_html_join(", ", "{}", ((link(other),) for other in bearing))
    return format_html('<p class="help">Borne on by {}, which would go with it.</p>', keys)


class StepInline(RowInline):
    """Inferences of a statement, which the form of each names the parts of."""

    template = "admin/argmap/steps.html"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.most = MOST
        if "scheme_slug" in formset.form.base_fields:
            names = once(request, "schemes", graphs.scheme_names)
            choices = sorted(names.items(), key=lambda item: item[1])
            formset.form.base_fields["scheme_slug"].choices = [("", "–"), *choices]
        return formset


class ReasonInline(StepInline):
    """What bears on a statement: the inferences whose conclusion it is."""

    model = Inference
    fk_name = "conclusion_statement"
    form = ReasonForm
    verbose_name = "reason"
    verbose_name_plural = "what bears on it"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not (self.has_add_permission(request, obj) or self.has_change_permission(request, obj)):
            return [(None, {"fields": []})]
        return [
            (None, {"fields": ["text", ("kind", "premise")]}),
            (None, {"fields": [("stance", "scheme_slug"), "warrant", "seen"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Inference]:
        bearing = Inference.objects.order_by("pk").only("key", "conclusion_inference")
        return spoken(super().get_queryset(request)).prefetch_related(
            Prefetch("borne_on_by", bearing)
        )


class UseForm(StepForm[Premise]):
    """A new inference that starts from the statement; those that there are have their own pages."""

    aliases: ClassVar[Mapping[str, str]] = {**StepForm.aliases, "premises": "conclusion"}

    stance = forms.ChoiceField(choices=Stance.choices, initial=Stance.SUPPORT.value)
    conclusion = KeyField(
        STATEMENTS + INFERENCE_LETTER,
        help_text="A statement, or an inference: to attack one is to undercut it.",
    )

    def add(self) -> Premise:
        given = self.values()
        inference = actions.add_inference(
            **self.on_map,
            premises=[self.parent.key],
            conclusion=given["conclusion"],
            **self.step(given),
        )
        return inference.premises.get()

    @property
    def heading(self) -> SafeString:
        """The inference's page, and what it says."""
        inference = self.instance.inference
        return format_html('{} <span dir="auto">{}</span>', link(inference), say(inference))


class UseInline(StepInline):
    """What a statement bears on: the inferences that it is a premise of."""

    model = Premise
    form = UseForm
    verbose_name = "inference from it"
    verbose_name_plural = "what it bears on"
    can_delete = False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if not self.has_add_permission(request, obj):
            return [(None, {"fields": []})]
        return [(None, {"fields": [("stance", "conclusion"), "scheme_slug", "warrant"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Premise]:
        inferences = spoken(Inference.objects.all())
        rows = super().get_queryset(request).order_by("inference")
        return rows.prefetch_related(Prefetch("inference", inferences))

    # A premise is part of an inference, and whoever may see or make those may see or make these.

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("argmap.view_inference")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("argmap.add_inference") and self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
