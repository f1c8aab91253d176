"""What a change did, said in words: "added C4 and I7"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, KEY, key_order
from argmap.core.kinds import Verb
from argmap.core.sentences import listed

NAMED = 4
"""Most elements of one change that are named."""

LOOKED_AT = 20
"""Rows of a change that are enough to name some: an import made thousands."""

_DID: Mapping[Verb, str] = {
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
    Verb.ACCEPT: "accepted a suggestion on",
    Verb.DECLINE: "declined a suggestion on",
    Verb.RATE: "rated",
    Verb.ASK: "asked for a review of",
    Verb.CLOSE: "closed a round of review of",
    Verb.CONFIRM: "confirmed a judgement of",
    Verb.WITHDRAW: "took back a judgement of",
}


def told(verb: Verb, names: Iterable[str], *, more: bool = False, suggested_by: str = "") -> str:
    """Return what a change did to what `names` name; what is no element's key is the map's affair.

    With `more`, there are others that nobody counted. Whoever suggested it is named too.
    """
    keys = elements(names)
    what = f"{', '.join(keys[:NAMED])} and more" if keys and more else named(keys)
    credit = f", suggested by {suggested_by}" if suggested_by else ""
    return f"{_DID[verb]} {what or 'the map'}{credit}"


def named(keys: Sequence[str]) -> str:
    """Return the keys of elements in words, the first few where there are many."""
    few = keys if len(keys) <= NAMED else [*keys[:NAMED], f"{len(keys) - NAMED} more"]
    return listed(few)


def elements(names: Iterable[str]) -> list[str]:
    """Return those of the names that are keys of elements, each once.

    Statements come first, then inferences: an excerpt is named where it changed alone.
    """
    keys = sorted({name for name in names if KEY.match(name)}, key=_rank)
    return [key for key in keys if key[0] != EXCERPT_LETTER] or keys


def _rank(key: str) -> tuple[int, str, int]:
    """Order keys by what they are of, and then as everywhere."""
    return key[0] == INFERENCE_LETTER, *key_order(key)
