"""Changes said in words: what others did meanwhile, and what an undo would take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from argmap.core.kinds import Verb
from argmap.core.telling import elements, told
from argmap.models import ArgumentMap, Change, ChangeItem

MOST = 20
"""Most changes that are told one by one."""


@dataclass(frozen=True, slots=True)
class News:
    """One change by someone else: who, what they did in words, and the keys that it touched."""

    who: str
    said: str
    keys: list[str]


def news_since(argument_map: ArgumentMap, activity: int, reader: int | None) -> list[News]:
    """Return what others than the reader changed after `activity`, oldest first (two queries)."""
    later = argument_map.changes.filter(activity__gt=activity).exclude(actor=reader)
    newest = list(later.order_by("-activity").prefetch_related("items")[:MOST])
    return [
        News(
            change.actor_name,
            in_words(change, change.items.all()),
            elements(item.about for item in change.items.all()),
        )
        for change in reversed(newest)
    ]


def in_words(change: Change, items: Iterable[ChangeItem]) -> str:
    """Return what a change, of these items, did: "added C4 and I7"; and who suggested it, if anybody.

    What was there before and was only joined with what is new is not told of as added.
    """
    verb, items = Verb(change.verb), list(items)
    made = [item for item in items if item.before is None] if verb is Verb.CREATE else []
    names = [item.about for item in made or items]
    return told(verb, names, suggested_by=change.proposed_by_name)
