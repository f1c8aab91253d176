"""Deleting by actions: saying before what goes, and afterwards why it did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from argmap.actions import REFUSALS, falling, reason_of
from argmap.admin.elements import say, spoken
from argmap.admin.reading import MapRowsAdmin
from argmap.core.numbers import whole_or_none
from argmap.models import Inference, Statement

M = TypeVar("M", bound=Model)


class Falling(NamedTuple):
    """What of one sort falls with a row: the word for several, how many, and each in a line."""

    word: str
    number: int
    lines: list[str]

    @classmethod
    def of(cls, word: str, lines: list[str]) -> Falling:
        """Return those that `lines` name."""
        return cls(word, len(lines), lines)


def falling_inferences(*elements: Statement | Inference) -> Falling:
    """Return the inferences that fall with elements of one map, in words."""
    argument_map = elements[0].map
    fallen = [inference.pk for inference in falling(argument_map, *elements)]
    sentences = spoken(argument_map.inferences.filter(pk__in=fallen))
    return Falling.of("inferences", [f"{found.key}: {say(found)}" for found in sentences])


def falling_answers(element: Statement | Inference) -> Falling:
    """Return what was answered about the inferences that go, with an element or as one."""
    going = falling(element.map, element)
    going += [element] if isinstance(element, Inference) else []
    answers = element.map.answers.filter(inference__in=going).select_related("inference")
    lines = [f"On {answer.inference.key}, {answer}" for answer in answers.order_by("pk")]
    return Falling.of("answers to critical questions", lines)


class DeletingAdmin(MapRowsAdmin[M]):
    """Rows that actions delete, one or several at once."""

    goes_too: ClassVar[str] = ""
    """What the page that asks whether to delete says beside the list of what goes."""

    delete_confirmation_template = "admin/argmap/delete_confirmation.html"

    def remove(self, request: HttpRequest, obj: M, seen: int | None) -> None:
        """Delete a row by its action."""
        raise NotImplementedError

    def falling_with(self, obj: M) -> list[Falling]:
        """Return what else is deleted with a row."""
        return []

    def held_by(self, obj: M) -> list[str]:
        """Return what keeps a row from being deleted."""
        return []

    def delete_model(self, request: HttpRequest, obj: M) -> None:
        self.remove(request, obj, whole_or_none(request.POST.get("seen", "")))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[M]) -> None:
        """Delete rows one by one, all or none; some may fall with others before their turn."""
        with transaction.atomic():
            for obj in queryset:
                if self.rows(request).filter(pk=obj.pk).exists():
                    self.remove(request, obj, None)

    def get_deleted_objects(
        self, objs: Sequence[M] | QuerySet[M], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Say what the actions delete, which is not what the tables' cascades would tell."""
        listed: list[Any] = []
        counts: Counter[str] = Counter()
        lacking: set[str] = set()
        holding: list[str] = []
        for obj in objs:
            listed.append(str(obj))
            counts[str(self.opts.verbose_name_plural)] += 1
            fallen = self.falling_with(obj)
            counts.update({each.word: each.number for each in fallen if each.number})
            below = [line for each in fallen for line in each.lines]
            if below:
                listed.append(below)
            if not self.has_delete_permission(request, obj):
                lacking.add(str(self.opts.verbose_name))
            holding += self.held_by(obj)
        return listed, dict(counts), lacking, holding

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        seen = self.map_of(obj).version if obj else ""
        extra = {"goes_too": self.goes_too, "seen": seen, **(extra_context or {})}
        stock = super().delete_view
        return self._or_told(request, lambda: stock(request, object_id, extra))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        stock = super().changelist_view
        return self._or_told(request, lambda: stock(request, extra_context))

    def _or_told(self, request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
        """Return the answer; where an action refuses, show the page again with the reason."""
        try:
            found = answer()
        except REFUSALS as error:
            self.message_user(request, reason_of(error), messages.ERROR)
        else:
            return found
        return HttpResponseRedirect(request.get_full_path())
