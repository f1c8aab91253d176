"""The pages between a list and what is done with what was chosen in it, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from argmap import actions
from argmap.admin.asking import person_of
from argmap.admin.bulk.acts import Act, ActForm, ChangeKind, ChangeTags, Delete, SetStatus
from argmap.admin.bulk.choice import MOST, Choice, read_numbers
from argmap.admin.bulk.merging import MergeDuplicates
from argmap.admin.bulk.moving import Move
from argmap.admin.bulk.preview import Preview
from argmap.admin.history import difference_table
from argmap.admin.reading import MapRowsAdmin
from argmap.models import Statement

ACTS: dict[str, type[Act]] = {
    act.name: act for act in (SetStatus, ChangeTags, ChangeKind, Move, MergeDuplicates, Delete)
}


class StaleError(Exception):
    """What would be done is not what the page had shown."""


class BulkMixin(MapRowsAdmin[Statement]):
    """Lists of statements in which several can be worked on at once."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return our acts, in the place of the stock deletion, by what the group may do."""
        if self.actions is None or IS_POPUP_VAR in request.GET:
            return {}
        stock: dict[str, Any] = {**super().get_actions(request)}
        stock.pop("delete_selected", None)
        mine = {
            act.name: (_opening(act), act.name, act.label)
            for act in ACTS.values()
            if self._allowed(request, act)
        }
        return {**mine, **stock}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = f"argmap_{self.opts.model_name}"
        mine = [
            path("bulk/<slug:name>/", view(self.bulk_view), name=f"{name}_bulk"),
            path("undo/<uuid:batch>/", view(self.undo_view), name=f"{name}_undo"),
        ]
        return [*mine, *super().get_urls()]

    def _allowed(self, request: HttpRequest, act: type[Act]) -> bool:
        return bool(getattr(self, f"has_{act.permission}_permission")(request))

    # --- From the list to what is done --------------------------------------------------------

    def open_act(
        self, request: HttpRequest, act: type[Act], queryset: QuerySet[Statement]
    ) -> HttpResponse | None:
        """Show the page of an act for what was chosen in the list."""
        numbers = list(queryset.values_list("pk", flat=True)[: MOST + 1])
        if len(numbers) > MOST:
            told = f"{MOST:,} statements are the most at once. Narrow the list by its filters."
            self.message_user(request, told, messages.ERROR)
            return None
        begun = self._begin(request, act, numbers)
        if begun.refusal:
            self.message_user(request, begun.refusal, messages.ERROR)
            return None
        return self._page(request, begun, begun.form(begun), request.GET.urlencode())

    def bulk_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Show what would be done, or do it where that was confirmed."""
        act = ACTS.get(name)
        if act is None:
            raise Http404("There is no such act.")
        if not self._allowed(request, act):
            raise PermissionDenied
        numbers = read_numbers(request.POST.get("chosen", ""))
        if not 0 < len(numbers) <= MOST:
            return HttpResponseRedirect(self._list_address(request))
        confirmed = "_confirm" in request.POST
        seen = request.POST.get("seen", "") if confirmed else ""
        begun = self._begin(request, act, numbers, seen)
        if begun.refusal:
            self.message_user(request, begun.refusal, messages.ERROR)
            return HttpResponseRedirect(self._list_address(request))
        form = begun.form(begun, request.POST)
        done = self._confirmed(request, begun, form) if confirmed and form.is_valid() else None
        return done or self._page(request, begun, form, request.POST.get("back", ""))

    def _begin(
        self, request: HttpRequest, act: type[Act], numbers: Sequence[int], seen: str = ""
    ) -> Act:
        person = person_of(request)
        return act(person, Choice(person, self.rows(request), numbers, seen))

    def _confirmed(self, request: HttpRequest, act: Act, form: ActForm) -> HttpResponse | None:
        """Do what was shown, all or nothing; say why it was not done, and return None."""
        try:
            with transaction.atomic():
                preview = act.preview(form.cleaned_data)
                batch = act.do(form.cleaned_data)
                _refuse_stale(request, preview)
        except actions.REFUSALS as error:
            told = actions.reason_of(error)
        except StaleError:
            told = (
                "What this does has changed since you looked. It is shown anew; nothing was done."
            )
        else:
            return self._done(request, preview, batch)
        self.message_user(request, told, messages.ERROR)
        return None

    def _done(self, request: HttpRequest, preview: Preview, batch: UUID) -> HttpResponse:
        context = {
            "said": preview.done,
            "undo": reverse(f"admin:argmap_{self.opts.model_name}_undo", args=[batch]),
            "back": request.POST.get("back", ""),
        }
        told = render_to_string("admin/argmap/bulk_done.html", context, request)
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self._list_address(request))

    def _page(self, request: HttpRequest, act: Act, form: ActForm, back: str) -> TemplateResponse:
        # A form that asks nothing, or that knows its answer, is shown at once with what it means.
        preview, told = None, ""
        if form.is_bound or not form.fields:
            preview, told = _previewed(act, form)
        context = {
            **self.admin_site.each_context(request),
            "title": act.label.rstrip("…"),
            "opts": self.opts,
            "act": act,
            "choice": act.choice,
            "form": form,
            "preview": preview,
            "told": told,
            "back": back,
            "list": self._list_address(request, back),
            "media": self.media + form.media,
            "address": reverse(f"admin:argmap_{self.opts.model_name}_bulk", args=[act.name]),
        }
        return TemplateResponse(request, "admin/argmap/bulk.html", context)

    # --- And back -----------------------------------------------------------------------------

    def undo_view(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        """Show what an act of one's own did, and take all of it back where that is asked."""
        person = person_of(request)
        changes = actions.batch_of(person, batch)
        if not changes:
            raise Http404("There is no such act of yours.")
        if request.method == "POST":
            return self._taken_back(request, batch)
        context = {
            **self.admin_site.each_context(request),
            "title": "Undo",
            "opts": self.opts,
            "tables": [(change, difference_table(change)) for change in changes],
            "taken_back": bool(actions.taken_back(changes)),
        }
        return TemplateResponse(request, "admin/argmap/bulk_undo.html", context)

    def _taken_back(self, request: HttpRequest, batch: UUID) -> HttpResponse:
        try:
            made = actions.undo_batch(actor=person_of(request), batch=batch)
        except actions.REFUSALS as error:
            self.message_user(request, actions.reason_of(error), messages.ERROR)
        else:
            where = "" if len(made) == 1 else f" on {len(made)} maps"
            self.message_user(request, f"Taken back{where}.", messages.SUCCESS)
        return HttpResponseRedirect(self._list_address(request))

    def _list_address(self, request: HttpRequest, back: str = "") -> str:
        """Return the address of the list, filtered and sorted as it was."""
        query = back or request.POST.get("back", "")
        address = reverse(f"admin:argmap_{self.opts.model_name}_changelist")
        return f"{address}?{query}" if query else address


def _refuse_stale(request: HttpRequest, preview: Preview) -> None:
    if preview.digest != request.POST.get("digest"):
        raise StaleError


def _opening(act: type[Act]) -> Callable[..., HttpResponse | None]:
    return lambda model_admin, request, rows: model_admin.open_act(request, act, rows)


def _previewed(act: Act, form: ActForm) -> tuple[Preview | None, str]:
    """Return what an act would do, or why it cannot be done."""
    if form.fields and not form.is_valid():
        return None, ""
    wanted: dict[str, Any] = form.cleaned_data if form.fields else {}
    try:
        return act.preview(wanted), ""
    except ValidationError as error:
        return None, actions.reason_of(error)
