"""Merging sources of one map that are one document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions.base import Edit, editing
from argmap.actions.records import record
from argmap.actions.sources import place
from argmap.core import anchors
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Excerpt, Source

FILLED = ("authors", "publisher", "published", "url", "sha256")
"""What the source that stays takes from the others where it says nothing itself."""


def merge_sources(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    keep: str,
    others: Sequence[str],
    seen: int | None = None,
) -> Source:
    """Let the source `keep` stand for the `others`: it takes over their excerpts, and they go.

    It fills what it does not say itself (FILLED) from them, in the order in which they are named;
    its title, note, grade and text stay. Excerpts without their words are looked up in its text.

    Raises ValidationError where no other is named, or where one has a text that is not the text of
    the one that stays, since the log keeps no texts; Gone; or Conflict where one of them changed
    after version `seen`.
    """
    going = [key for key in dict.fromkeys(others) if key != keep]
    if not going:
        raise ValidationError("Choose two sources or more: one stays, and the others go.")
    with editing(argument_map, actor=actor, verb=Verb.MERGE) as edit:
        kept = edit.fetch(Source, keep, seen=seen)
        merged = [edit.fetch(Source, key, seen=seen) for key in going]
        before = record(kept)
        edit.save(kept, _fill(kept, merged))
        # Even where nothing was filled: its history tells of the merge, and an undo finds it.
        edit.log(kept, before=before, after=record(kept))
        for other in merged:
            _take_over(edit, kept, other)
        return kept


def text_problem(kept: Source, other: Source) -> str:
    """Return why `kept` cannot stand for a source with the text of `other`, "" where it can."""
    if not other.text or other.text == kept.text:
        return ""
    return (
        f"{other.key} has a text that is not the text of {kept.key}, and the log keeps no texts: "
        f"let {other.key} stay, or give {kept.key} that text first."
    )


def fillings(kept: Source, merged: Sequence[Source]) -> dict[str, Any]:
    """Return the fields that `kept` takes from others, with their values."""
    found = {
        name: next((value for other in merged if (value := getattr(other, name))), None)
        for name in FILLED
        if not getattr(kept, name)
    }
    return {name: value for name, value in found.items() if value}


def _fill(kept: Source, merged: Sequence[Source]) -> list[str]:
    values = fillings(kept, merged)
    for name, value in values.items():
        setattr(kept, name, value)
    return list(values)


def _take_over(edit: Edit, kept: Source, other: Source) -> None:
    if problem := text_problem(kept, other):
        raise ValidationError(problem)
    look_up = bool(kept.text) and not other.text
    document = anchors.read_document(kept.text) if look_up else None
    for excerpt in other.excerpts.select_related("statement", "source").order_by("pk"):
        before = record(excerpt)
        excerpt.source = kept
        if document is not None:
            _look_up(document, excerpt)
        edit.save(excerpt, ["source", "locator", "exact", "prefix", "suffix", "start", "end"])
        edit.touch(excerpt.statement)
        edit.log(excerpt, before=before, after=record(excerpt))
    edit.remove(other)


def _look_up(document: anchors.Document, excerpt: Excerpt) -> None:
    wanted = graphs.excerpt_of(excerpt, excerpt.source.key)
    place(excerpt, anchors.resolve(document, wanted))
