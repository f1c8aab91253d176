"""Changes said in words: what others did meanwhile, and what an undo would take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, KEY, key_order
from argmap.core.kinds import Verb
from argmap.core.sentences import listed
from argmap.models import ArgumentMap, Change

MOST = 20
"""Most changes that are told one by one."""

NAMED = 4
"""Most elements of one change that are named."""

_DID = {
    Verb.CREATE: "added",
    Verb.EDIT: "edited",
    Verb.DELETE: "deleted",
    Verb.JOIN: "linked",
    Verb.SPLIT: "split apart",
    Verb.PASTE: "pasted",
    Verb.UNDO: "took back a change of",
    Verb.REDO: "made again a change of",
    Verb.IMPORT: "imported",
    Verb.ATTACH: "attached a text to",
    Verb.COMMENT: "commented on",
    Verb.RESOLVE: "resolved a thread on",
    Verb.REOPEN: "reopened a thread on",
    Verb.REVIEW: "reviewed",
    Verb.SHARE: "changed who may use",
    Verb.SNAPSHOT: "took a snapshot of",
    Verb.COPY: "copied",
    Verb.ARCHIVE: "changed the archiving of",
    Verb.MOVE: "moved",
    Verb.MERGE: "merged",
    Verb.RESTORE: "restored",
    Verb.ANSWER: "answered about",
}


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
        News(change.actor_name, in_words(change), keys_of(change)) for change in reversed(newest)
    ]


def in_words(change: Change) -> str:
    """Return what a change did: "added C4 and I7"."""
    return f"{_DID.get(Verb(change.verb), change.verb)} {named(keys_of(change)) or 'the map'}"


def named(keys: Sequence[str]) -> str:
    """Return the keys of elements in words, the first few where there are many."""
    few = keys if len(keys) <= NAMED else [*keys[:NAMED], f"{len(keys) - NAMED} more"]
    return listed(few)


def keys_of(change: Change) -> list[str]:
    """Return the keys of the elements that a change is about, each once.

    Statements come first, then inferences: an excerpt is named where it changed alone.
    """
    found = {item.about for item in change.items.all()}
    keys = sorted((key for key in found if KEY.match(key)), key=_rank)
    return [key for key in keys if key[0] != EXCERPT_LETTER] or keys


def _rank(key: str) -> tuple[int, str, int]:
    """Order keys by what they are of, and then as everywhere."""
    return key[0] == INFERENCE_LETTER, *key_order(key)
