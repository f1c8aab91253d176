"""Making, editing and deleting sources, and giving them their texts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions.base import Edit, editing, known_fields
from argmap.actions.records import record
from argmap.core import anchors
from argmap.core.graph import SOURCE_LETTER
from argmap.core.kinds import Outcome, Verb
from argmap.models import ArgumentMap, Excerpt, Source

FIELDS = frozenset(
    {
        "title",
        "authors",
        "publisher",
        "published",
        "url",
        "note",
        "reliability",
        "sha256",
        "media_type",
    }
)


def add_source(
    *, actor: User | None, argument_map: ArgumentMap, title: str, **fields: Any
) -> Source:
    """Add a source, without its text. Raises ValidationError by field."""
    values = known_fields({"title": title, **fields}, FIELDS)
    with editing(argument_map, actor=actor, verb=Verb.CREATE) as edit:
        key = edit.next_key(SOURCE_LETTER)
        return edit.add(Source(map=edit.map, key=key, **values))


def edit_source(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    key: str,
    seen: int | None = None,
    **fields: Any,
) -> Source:
    """Change what is said of a source. Raises ValidationError by field, Gone or Conflict."""
    values = known_fields(fields, FIELDS)
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        return edit.alter(edit.fetch(Source, key, seen=seen), values)


def delete_source(
    *, actor: User | None, argument_map: ArgumentMap, key: str, seen: int | None = None
) -> None:
    """Delete a source that nothing rests on. Raises ValidationError, Gone or Conflict."""
    with editing(argument_map, actor=actor, verb=Verb.DELETE) as edit:
        source = edit.fetch(Source, key, seen=seen)
        resting = source.excerpts.order_by("pk").values_list("key", flat=True)
        if resting:
            raise ValidationError(f"{source.key} cannot be deleted: {', '.join(resting)} quote it.")
        edit.remove(source)


@dataclass
class Attached:
    """What became of a source's excerpts when it was given its text."""

    source: Source
    expected_hash: bool
    found: list[Excerpt] = field(default_factory=list)
    moved: list[Excerpt] = field(default_factory=list)
    orphaned: list[Excerpt] = field(default_factory=list)


def attach_text(
    *, actor: User | None, argument_map: ArgumentMap, key: str, data: bytes, media_type: str
) -> Attached:
    """Give a source its text and look each of its excerpts up in it.

    `data` is a plain text in UTF-8. An excerpt whose words are not there stays detached. A file
    whose hash is not the one that the source names is said, not refused. Raises ValidationError
    where `data` is no text, and Gone.
    """
    text = _decode(data)
    hashed = sha256(data).hexdigest()
    with editing(argument_map, actor=actor, verb=Verb.ATTACH) as edit:
        source = edit.fetch(Source, key)
        attached = Attached(source, expected_hash=source.sha256 in {"", hashed})
        new = {"text": text, "media_type": media_type}
        edit.alter(source, new if source.sha256 else {**new, "sha256": hashed})
        document = anchors.read_document(text)
        for excerpt in source.excerpts.select_related("statement", "source"):
            _resolve(edit, document, excerpt, attached)
    return attached


def _decode(data: bytes) -> str:
    if data.startswith(b"%PDF-"):
        raise ValidationError({"text": "This is a PDF: for now a source takes plain text only."})
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ValidationError(
            {"text": f"This is no plain text in UTF-8: byte {error.start + 1} does not fit."}
        ) from error


def _resolve(edit: Edit, document: anchors.Document, excerpt: Excerpt, attached: Attached) -> None:
    """Give an excerpt its words and their place in the text, or note that they are not there."""
    resolution = anchors.resolve(document, graphs.excerpt_of(excerpt, attached.source.key))
    getattr(attached, resolution.outcome).append(excerpt)
    before = record(excerpt)
    place(excerpt, resolution)
    after = record(excerpt)
    if after != before:
        edit.save(excerpt, ["locator", "exact", "prefix", "suffix", "start", "end"])
        edit.touch(excerpt.statement)
        edit.log(excerpt, before=before, after=after)


def place(excerpt: Excerpt, resolution: anchors.Resolution) -> None:
    """Set an excerpt's selectors. An orphaned one keeps its words, if it has any, and no place."""
    selection = resolution.selection
    if selection is None:
        excerpt.start = excerpt.end = None
        return
    for name in ("exact", "prefix", "suffix", "start", "end"):
        setattr(excerpt, name, getattr(selection, name))
    if resolution.outcome is Outcome.MOVED and selection.locator is not None:
        excerpt.locator = asdict(selection.locator)
