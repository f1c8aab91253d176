"""Sources, and the files that give them their texts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from argmap import actions
from argmap.admin.asking import person_of
from argmap.admin.base import ActionAdmin
from argmap.admin.elements import link, listed
from argmap.admin.excerpts import how_it_stands
from argmap.admin.fields import LinesField
from argmap.admin.forms import ActionForm
from argmap.admin.source_columns import SourceColumns
from argmap.admin.source_likeness import LikenessAdmin
from argmap.admin.source_merging import MergingAdmin
from argmap.merging import SeenField
from argmap.models import NATURAL_ORDER, Source

PLAIN = "text/plain"


class SourceForm(ActionForm[Source]):
    """A source, and the file to take its text from."""

    aliases = {"text": "file"}

    seen = SeenField()
    authors = LinesField(help_text="One a line.")
    file = forms.FileField(
        label="Attach a text",
        required=False,
        help_text="A plain text file in UTF-8. Every excerpt of this source is looked up in it.",
    )
    attached: actions.Attached | None = None

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        most: int = settings.ARGMAP_MAX_UPLOAD_BYTES
        if file and (file.size or 0) > most:
            raise ValidationError(f"The file is larger than {filesizeformat(most)}.")
        return file

    def add(self) -> Source:
        values = self.values()
        file = values.pop("file", None)
        source = actions.add_source(actor=self.person, argument_map=self.at_hand, **values)
        self._attach(source.key, file)
        return source

    def edit(self) -> None:
        changes = self.changes()
        file = changes.pop("file", None)
        if changes:
            actions.edit_source(
                actor=self.person,
                argument_map=self.at_hand,
                key=self.instance.key,
                seen=self.seen_version,
                **changes,
            )
        self._attach(self.instance.key, file)

    def _attach(self, key: str, file: UploadedFile | None) -> None:
        if not file:
            return
        file.seek(0)
        self.attached = actions.attach_text(
            actor=self.person,
            argument_map=self.at_hand,
            key=key,
            data=file.read(),
            media_type=PLAIN,
        )


@admin.register(Source)
class SourceAdmin(SourceColumns, MergingAdmin, LikenessAdmin, ActionAdmin[Source]):
    """The documents that maps cite."""

    form = SourceForm
    ordering = ("map__title", "map", *NATURAL_ORDER)
    readonly_fields = (
        "map_shown",
        "key",
        "authors_shown",
        "text_here",
        "resting_on_it",
        "duplicates",
    )

    def get_fieldsets(self, request: HttpRequest, obj: Source | None = None) -> Any:
        said: list[Any] = [("map_shown", "key")] if obj else ["map_shown"]
        reads = obj is not None and not self.has_change_permission(request, obj)
        said += [
            "title",
            "authors_shown" if reads else "authors",
            ("publisher", "published"),
            "url",
            "note",
            "reliability",
        ]
        document: list[Any] = ["text_here", "sha256"] if obj else ["sha256"]
        if obj is None or self.has_change_permission(request, obj):
            document.insert(0, "file")
        if obj and self.has_change_permission(request, obj):
            said.append("seen")
        sets = [(None, {"fields": said}), ("The document", {"fields": document})]
        if obj:
            around = ["resting_on_it", "duplicates"]
            sets.append(("Its place among others", {"fields": around}))
        return sets

    @admin.display(description="authors")
    def authors_shown(self, obj: Source) -> str:
        return "; ".join(obj.authors) or "–"

    @admin.display(description="text")
    def text_here(self, obj: Source) -> str:
        return f"{len(obj.text):,} characters" if obj.text else "Not here."

    @admin.display(description="what rests on it")
    def resting_on_it(self, obj: Source) -> SafeString | str:
        excerpts = obj.excerpts.order_by(*NATURAL_ORDER).select_related("statement")
        return listed(
            format_html(
                "{} for {} · {}",
                link(excerpt),
                link(excerpt.statement, str(excerpt.statement)),
                how_it_stands(excerpt),
            )
            for excerpt in excerpts
        )

    def save_model(
        self,
        request: HttpRequest,
        obj: Source,
        form: Any,
        change: bool,
    ) -> None:
        super().save_model(request, obj, form, change)
        if form.attached is not None:
            self._tell(request, form.attached)

    def _tell(self, request: HttpRequest, attached: actions.Attached) -> None:
        found, moved, orphaned = attached.found, attached.moved, attached.orphaned
        level = messages.WARNING if orphaned else messages.SUCCESS
        told = "The text is attached."
        if found or moved or orphaned:
            told = f"{len(found)} found, {len(moved)} moved, {len(orphaned)} orphaned."
        self.message_user(request, told, level)
        for excerpt in orphaned:
            lost = f"Orphaned: {excerpt.key}, on which {excerpt.statement} rests."
            self.message_user(request, lost, messages.WARNING)
        if not attached.expected_hash:
            self.message_user(
                request, "This is not the file whose SHA-256 the source names.", messages.WARNING
            )

    def remove(self, request: HttpRequest, obj: Source, seen: int | None) -> None:
        actions.delete_source(
            actor=person_of(request), argument_map=obj.map, key=obj.key, seen=seen
        )

    def held_by(self, obj: Source) -> list[str]:
        excerpts = obj.excerpts.order_by(*NATURAL_ORDER).select_related("statement")
        return [f"excerpt {excerpt.key} of {excerpt.statement}" for excerpt in excerpts]
