"""The ways back and forth through one's own changes of a map."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from argmap import access, actions
from argmap.models import ArgumentMap, Change, ChangeItem, Prepared
from argmap.web.news import in_words
from argmap.web.viewing import Wish


@dataclass(frozen=True, slots=True)
class Back:
    """Undo, or redo: `told` says what it would take back or make again, "" for nothing."""

    name: str
    label: str
    shortcut: str
    address: str
    told: str


def backs(argument_map: ArgumentMap, person: access.Person, wish: Wish) -> list[Back]:
    """Return undo and redo as they stand for `person`."""
    if not isinstance(person, User):
        return []
    last, next_ = actions.undoable(person, argument_map)
    return [
        Back(name, name.capitalize(), keys, _to(argument_map, name, wish), _told(change))
        for name, keys, change in (
            ("undo", "Control+Z", last),
            ("redo", "Control+Shift+Z", next_),
        )
    ]


def _to(argument_map: ArgumentMap, name: str, wish: Wish) -> str:
    return reverse(name, args=[argument_map.slug]) + wish.query


def _told(change: Change | None) -> str:
    return in_words(change, _items(change.pk)) if change else ""


@Prepared
def _items(change: int) -> QuerySet[ChangeItem, ChangeItem]:
    return ChangeItem.objects.filter(change=change)
