"""The History button: an element's changes, from our own log."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from argmap import access, actions
from argmap.admin.asking import may, person_of
from argmap.admin.elements import admin_url
from argmap.admin.timeline import MOST_ITEMS, changes_of, timeline
from argmap.core.kinds import Role
from argmap.core.numbers import whole
from argmap.models import Change, ChangeItem, Inference, Statement

PAGE = 50


def changes_for(person: User) -> QuerySet[Change]:
    """Return the changes of maps that `person` may read; of deleted maps too for a superuser."""
    return Change.objects.all() if person.is_superuser else access.rows_for(Change, person)


class Difference(NamedTuple):
    """One field that a change altered; of a row that it made or removed there are no others."""

    key: str
    field: str
    before: str
    after: str


def differences(change: Change) -> list[Difference]:
    """Return what a change altered, from the items that were fetched with it."""
    found: list[Difference] = []
    for item in list(change.items.all())[:MOST_ITEMS]:
        if item.before is None or item.after is None:
            what = "made" if item.before is None else "deleted"
            found.append(Difference(item.key, f"{item.type} {what}", *_summaries(item)))
            continue
        for name in item.fields:
            before, after = item.before.get(name), item.after.get(name)
            found.append(Difference(item.key, name, _readable(before), _readable(after)))
    return found


def difference_table(change: Change) -> SafeString:
    """Return the differences of a change as an HTML table."""
    rows = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td>{}</td><td dir="auto">{}</td><td dir="auto">{}</td></tr>',
        differences(change),
    )
    heads = format_html_join("", '<th scope="col">{}</th>', ((head,) for head in HEADS))
    return format_html(
        '<table class="differences"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        heads,
        rows,
    )


HEADS = ("Element", "Field", "Before", "After")
TELLING = ("text", "title", "body", "warrant", "user", "source")
"""What tells best which row it was, in the order of preference."""


def _summaries(item: ChangeItem) -> tuple[str, str]:
    """Return what a removed row said, or what a new one says."""
    return _summary(item.before), _summary(item.after)


def _summary(record: dict[str, Any] | None) -> str:
    told = (_readable(record[name]) for name in TELLING if record and record.get(name))
    return next(told, "")


def _readable(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class HistoryMixin(admin.ModelAdmin[Any]):
    """Changes are the log. Django's own, which knows no maps, is neither written nor shown."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the action has."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the action has."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """Write nothing: the action does."""

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Any,
        add: bool = False,
    ) -> list[dict[str, dict[str, Any]]]:
        return []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_view_or_change_permission(request, obj):
            return super().history_view(request, object_id, extra_context)
        if request.method == "POST":
            return self.restore(request, obj)
        paginator = self.get_paginator(request, changes_of(obj), PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {obj}",
            "changes": page,
            "entries": timeline(obj, page),
            "restores": self.may_restore(request, obj),
            "page_range": paginator.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            "object": obj,
            "opts": self.opts,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/argmap/history.html", context)

    def may_restore(self, request: HttpRequest, obj: Model) -> bool:
        """Tell whether who is signed in may set a row back to how an earlier change left it."""
        return (
            isinstance(obj, Statement | Inference)
            and may(request, obj.map, Role.EDITOR)
            and self.has_change_permission(request, obj)
        )

    def restore(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Set a row back to how the change that the form names left it, or say why not."""
        if not self.may_restore(request, obj):
            raise PermissionDenied
        activity, seen = (whole(request.POST.get(name, "")) for name in ("activity", "seen"))
        try:
            row = actions.restore_element(
                actor=person_of(request),
                argument_map=obj.map,
                key=obj.key,
                activity=activity,
                seen=seen,
            )
        except actions.REFUSALS as error:
            self.message_user(request, actions.reason_of(error), messages.ERROR)
        else:
            self.message_user(request, f"{row.key} is as change {activity} left it.")
            return HttpResponseRedirect(admin_url(row))
        return HttpResponseRedirect(request.get_full_path())
