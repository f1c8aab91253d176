"""Excerpts: on pages of their own, and on those of the statements that rest on them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from argmap import actions
from argmap.admin.asking import person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.elements import STATEMENTS, label, link
from argmap.admin.fields import KeyField
from argmap.admin.forms import ActionForm
from argmap.admin.inlines import RowInline
from argmap.admin.lists import KeyColumn, MapFilter
from argmap.admin.searching import SearchingAdmin
from argmap.core.graph import SOURCE_LETTER
from argmap.core.limits import LINE_LIMIT, TEXT_LIMIT
from argmap.merging import SeenField
from argmap.models import NATURAL_ORDER, Excerpt, Statement

TEXT_LENGTH = 140
PLACE = ("section", "paragraph", "sentence", "last_sentence")


class ExcerptForm(ActionForm[Excerpt]):
    """What is quoted of which source, and where it stands in it."""

    aliases = {"locator": "paragraph"}

    seen = SeenField()
    statement_key = KeyField(STATEMENTS, label="Statement")
    source_key = KeyField(SOURCE_LETTER, label="Source")
    quotation = forms.CharField(
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        max_length=TEXT_LIMIT,
        required=False,
        help_text="Word for word. Where the source's text is not here, only its hash is kept.",
    )
    section = forms.CharField(
        required=False, max_length=LINE_LIMIT, help_text="The heading; empty before the first."
    )
    paragraph = forms.IntegerField(required=False, min_value=1, help_text="Of the section.")
    sentence = forms.IntegerField(required=False, min_value=1, help_text="Of the paragraph.")
    last_sentence = forms.IntegerField(
        required=False, min_value=1, help_text="Where there are several."
    )

    class Meta:
        labels = {"sha256": "SHA-256 of the quotation"}
        help_texts = {"sha256": "Instead of the quotation, where the source's text is not here."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row: Excerpt | None = kwargs.get("instance")
        if row is not None and row.pk:
            shown = {name: (row.locator or {}).get(name) for name in PLACE}
            shown |= {"quotation": row.exact or "", "source_key": row.source.key}
            shown["statement_key"] = row.statement.key
            kwargs["initial"] = {**shown, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            if "source_key" in self.fields:
                source = self.instance.source
                self.fields["source_key"].widget.known = {source.key: label(source)}
            # An excerpt stays where it is: one of another source is another excerpt.
            for name in {"statement_key", "source_key"} & self.fields.keys():
                self.fields[name].disabled = True

    def add(self) -> Excerpt:
        return actions.add_excerpt(
            actor=self.person,
            argument_map=self.at_hand,
            statement=self._statement_key(),
            source=self.cleaned_data["source_key"],
            quotation=self.values()["quotation"],
            locator=self._place(),
            sha256=self.cleaned_data.get("sha256", ""),
        )

    def edit(self) -> None:
        given = self.values()
        actions.edit_excerpt(
            actor=self.person,
            argument_map=self.at_hand,
            key=self.instance.key,
            seen=self.seen_version,
            quotation=given["quotation"],
            locator=self._place(),
            sha256=given.get("sha256", ""),
        )

    def remove(self) -> None:
        actions.delete_excerpt(
            actor=self.person,
            argument_map=self.at_hand,
            key=self.instance.key,
            seen=self.seen_version,
        )

    def _statement_key(self) -> str:
        return str(self.cleaned_data["statement_key"])

    def _place(self) -> dict[str, Any] | None:
        """Return the locator that was typed; the length of unknown words stays as it was."""
        place = {name: self.cleaned_data.get(name) for name in PLACE}
        if not any(place.values()):
            return None
        length = (self.instance.locator or {}).get("length")
        return {**place, "section": place["section"] or "", "length": length}


class ExcerptRowForm(ExcerptForm):
    """An excerpt on the page of its statement."""

    parent: Statement
    statement_key = None  # type: ignore[assignment]

    def _statement_key(self) -> str:
        return self.parent.key


def how_it_stands(excerpt: Excerpt) -> str:
    """Say whether an excerpt's words are here, and found."""
    if excerpt.exact is None:
        return "Detached: its place and hash are known, its words are not here."
    if excerpt.start is None:
        return "Orphaned: the source's text does not hold these words."
    return f"In the source's text, characters {excerpt.start} to {excerpt.end}."


class ShownAs:
    """How an excerpt's parts are shown to those who may not change them."""

    @admin.display(description="state")
    def stands(self, obj: Excerpt) -> str:
        return how_it_stands(obj) if obj.pk else "–"

    @admin.display(description="statement")
    def statement_key(self, obj: Excerpt) -> str:
        return str(obj.statement)

    @admin.display(description="source")
    def source_key(self, obj: Excerpt) -> str:
        return str(obj.source)

    def quotation(self, obj: Excerpt) -> str:
        return obj.exact or "–"

    def section(self, obj: Excerpt) -> str:
        return _part(obj, "section")

    def paragraph(self, obj: Excerpt) -> str:
        return _part(obj, "paragraph")

    def sentence(self, obj: Excerpt) -> str:
        return _part(obj, "sentence")

    def last_sentence(self, obj: Excerpt) -> str:
        return _part(obj, "last_sentence")


def _part(excerpt: Excerpt, name: str) -> str:
    return str((excerpt.locator or {}).get(name) or "–")


class ExcerptInline(ShownAs, RowInline):
    """The excerpts that a statement rests on."""

    model = Excerpt
    form = ExcerptRowForm
    template = "admin/edit_inline/stacked.html"
    readonly_fields = ("stands",)
    ordering = NATURAL_ORDER

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj)
        own: list[Any] = [("source_key", "stands"), "quotation", PLACE, "sha256"]
        return [(None, {"fields": [*own, "seen"] if may_write else own})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Excerpt]:
        rows = super().get_queryset(request).select_related("source", "statement", "map")
        return rows.defer("source__text")


@admin.register(Excerpt)
class ExcerptAdmin(KeyColumn, ShownAs, SearchingAdmin[Excerpt], ActionAdmin[Excerpt]):
    """Excerpts of all statements."""

    form = ExcerptForm
    goes_too = "Comments on it are kept, on the map."
    list_display = ("key_shown", "on", "of", "quoted", "map_shown")
    list_filter = (MapFilter,)
    named_by = ("key", "statement__key", "source__key")
    searched = ("exact", "statement__text", "source__title")
    search_told = "Words of the quotation, the statement and the source's title; or a key."
    ordering = ("map__title", "map", *NATURAL_ORDER)
    list_select_related = ("map", "statement", "source")
    readonly_fields = ("map_shown", "key", "stands")

    def get_fieldsets(self, request: HttpRequest, obj: Excerpt | None = None) -> Any:
        own: list[Any] = ["map_shown", "key", "stands"] if obj else ["map_shown"]
        own += [("statement_key", "source_key"), "quotation", PLACE, "sha256"]
        if obj and self.has_change_permission(request, obj):
            own.append("seen")
        return [(None, {"fields": own})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Excerpt]:
        return super().get_queryset(request).defer("source__text")

    def rows(self, request: HttpRequest) -> QuerySet[Excerpt]:
        return super().rows(request).select_related("statement", "source")

    @admin.display(description="statement", ordering="statement")
    def on(self, obj: Excerpt) -> SafeString:
        return link(obj.statement, str(obj.statement))

    @admin.display(description="source", ordering="source")
    def of(self, obj: Excerpt) -> SafeString:
        return link(obj.source, str(obj.source))

    @admin.display(description="quotation")
    def quoted(self, obj: Excerpt) -> str:
        return Truncator(obj.exact or how_it_stands(obj)).chars(TEXT_LENGTH)

    def remove(self, request: HttpRequest, obj: Excerpt, seen: int | None) -> None:
        actions.delete_excerpt(
            actor=person_of(request), argument_map=obj.map, key=obj.key, seen=seen
        )
