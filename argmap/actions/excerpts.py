"""Making, editing and deleting excerpts."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.base import Edit, editing
from argmap.actions.removal import keep_comments
from argmap.core import anchors
from argmap.core import graph as core
from argmap.core.graph import EXCERPT_LETTER
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Comment, Excerpt, Source, Statement

POSITIVE = ("paragraph", "sentence", "last_sentence", "length")
SELECTORS = ("exact", "prefix", "suffix", "start", "end")
HASH = re.compile(r"[0-9a-f]{64}\Z")


def add_excerpt(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    statement: str,
    source: str,
    quotation: str = "",
    locator: dict[str, Any] | None = None,
    sha256: str = "",
) -> Excerpt:
    """Let a statement rest on a stretch of a source; all three are named by their keys.

    Where the source's text is here, `quotation` is looked up in it, and must occur; `locator`
    tells which place is meant where there are several. Where it is not, the excerpt is detached:
    it takes `locator`, and the hash of `quotation` or else `sha256`; the words are not kept.
    Raises ValidationError by field, or Gone.
    """
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        values = {
            "statement": edit.fetch(Statement, statement),
            "source": edit.fetch(Source, source),
        }
        excerpt = Excerpt(map=edit.map, key=edit.next_key(EXCERPT_LETTER), **values)
        _anchor(excerpt, quotation, _locator(locator), sha256)
        edit.touch(excerpt.statement)
        return edit.add(excerpt)


def edit_excerpt(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    seen: int | None = None,
    quotation: str = "",
    locator: dict[str, Any] | None = None,
    sha256: str = "",
) -> Excerpt:
    """Let an excerpt quote something else of its source, by the rules of `add_excerpt`.

    Raises ValidationError by field, Gone, or Conflict where it changed after version `seen`.
    """
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        excerpt = edit.fetch(Excerpt, key, seen=seen)
        draft = Excerpt(source=excerpt.source)
        _anchor(draft, quotation, _locator(locator), sha256)
        names = ("locator", "sha256", *SELECTORS)
        version = excerpt.changed_in
        edit.alter(excerpt, {name: getattr(draft, name) for name in names})
        if excerpt.changed_in != version:
            edit.touch(excerpt.statement)
        return excerpt


def delete_excerpt(
    *, actor: User | None, argument_map: ArgumentMap, key: str, seen: int | None = None
) -> None:
    """Delete an excerpt; comments on it are kept, on the map. Raises Gone or Conflict."""
    with editing(argument_map, actor=actor, verb=Verb.DELETE) as edit:
        remove_excerpt(edit, edit.fetch(Excerpt, key, seen=seen))


def remove_excerpt(edit: Edit, excerpt: Excerpt) -> None:
    """Delete an excerpt within an open edit."""
    keep_comments(Comment.objects.filter(excerpt=excerpt), excerpt.key)
    edit.touch(excerpt.statement)
    edit.remove(excerpt)


def _anchor(excerpt: Excerpt, quotation: str, locator: core.Locator | None, sha256: str) -> None:
    """Set an excerpt's selectors (the source's text is here) or its place and hash (it is not)."""
    if excerpt.source.text:
        document = anchors.read_document(excerpt.source.text)
        wanted = core.Excerpt(key="", source="", exact=quotation, locator=locator)
        selection = anchors.resolve(document, wanted).selection
        if selection is None:
            raise ValidationError({"quotation": "The source's text does not hold these words."})
        for name in SELECTORS:
            setattr(excerpt, name, getattr(selection, name))
        excerpt.sha256 = selection.sha256
        excerpt.locator = _members(selection.locator)
        return
    if locator is None:
        raise ValidationError(
            {"locator": "The source's text is not here: say where the quotation stands in it."}
        )
    if not quotation and not HASH.match(sha256):
        raise ValidationError({"quotation": "Give the quotation, or its SHA-256."})
    if quotation:
        length = len(anchors.normalise(quotation))
        locator = replace(locator, length=length)
    excerpt.sha256 = anchors.digest(quotation) if quotation else sha256
    excerpt.locator = _members(locator)


def _members(locator: core.Locator | None) -> dict[str, Any] | None:
    return asdict(locator) if locator else None


def _locator(given: dict[str, Any] | None) -> core.Locator | None:
    """Check a locator that came from outside. Raises ValidationError."""
    if not given:
        return None
    try:
        locator = core.Locator(**given)
    except TypeError as error:
        raise ValidationError(
            {"locator": "A locator names section, paragraph, sentence, and their like."}
        ) from error
    counts = [getattr(locator, name) for name in POSITIVE]
    counted = all(
        (isinstance(count, int) and count > 0) or (count is None and place > 1)
        for place, count in enumerate(counts)
    )
    if not (counted and isinstance(given["section"], str)):
        raise ValidationError(
            {"locator": "The section is a heading; paragraph and sentence count from 1."}
        )
    return locator
