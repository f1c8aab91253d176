"""Moving statements to another map, with what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions import rows
from argmap.actions.base import Edit
from argmap.actions.carrying import carry, headed, said_of, whereabouts
from argmap.actions.records import Record, excerpt_from
from argmap.actions.removal import remove_rows
from argmap.actions.standing import Standing, standing
from argmap.actions.together import Chosen, editing_together, fetch_chosen, lacking_room
from argmap.core.formats import native
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, SOURCE_LETTER, key_order
from argmap.core.kinds import Kind, Verb
from argmap.core.moving import Branch, branch
from argmap.models import ArgumentMap, Source


@dataclass(frozen=True)
class Moved:
    """What a move did: its batch, and the new key of each element that went, by its old one."""

    batch: UUID
    keys: Mapping[str, str]


def move_statements(
    *,
    actor: User | None,
    argument_map: ArgumentMap,
    keys: Sequence[str],
    target: ArgumentMap,
    seen: int | None = None,
) -> Moved:
    """Move statements to the map `target`, with what hangs on them as `core.moving.branch` says.

    Their excerpts go along, and what people said of them: comments, suggestions, answers, ratings.
    Each source that they rest on is copied, with its text, unless the target has it: see
    `source_there`. Inferences that would join two maps go. What goes gets the next keys there. The
    actor must be editor of both maps; a Change on each.

    `seen` is the version of `argument_map` that the author saw. Raises ValidationError, Gone, or
    Conflict where anything that goes changed after it.
    """
    if argument_map == target:
        raise ValidationError("The statements are on this map already.")
    with editing_together([argument_map, target], actor=actor, verb=Verb.MOVE) as together:
        leaving, arriving = together.of(argument_map), together.of(target)
        fetch_chosen(leaving, Chosen(leaving.map, keys, seen))
        going = branch(graphs.load_frame(leaving.map), {*keys})
        moving = _Moving(leaving, arriving, going, seen)
        moving.write()
    return Moved(together.batch, moving.new)


def source_there(source: Source, candidates: Sequence[Source]) -> Source | None:
    """Return the one of `candidates` that is the same document as `source`, where there is one.

    The same file by its hash; or, where not both have a hash, the same title and address.
    """
    if source.sha256:
        for other in candidates:
            if other.sha256 == source.sha256:
                return other
    for other in candidates:
        told = (source.title, source.url) == (other.title, other.url)
        if told and not (source.sha256 and other.sha256):
            return other
    return None


class _Moving:
    def __init__(self, leaving: Edit, arriving: Edit, going: Branch, seen: int | None) -> None:
        self.leaving = leaving
        self.arriving = arriving
        self.statements = self.found("statement", going.statements)
        self.inferences = self.found("inference", going.inferences)
        self.cut = self.found("inference", going.cut)
        rows = [each.row.pk for each in self.statements]
        quoting = leaving.map.excerpts.filter(statement__in=rows)
        self.excerpts = self.found("excerpt", quoting.values_list("key", flat=True))
        for each in (*self.statements, *self.inferences, *self.cut):
            leaving.expect(each.row, seen)
        self.new: dict[str, str] = {}

    def found(self, type_: str, keys: Iterable[str]) -> list[Standing]:
        """Return rows of the map that is left, in natural order."""
        rows = standing(self.leaving.map, type_, [*keys])
        return [rows[key] for key in sorted(rows, key=key_order)]

    def write(self) -> None:
        """Write all of it on the other map, let go over what is said of it, and remove it here."""
        self.need_room(statements=len(self.statements), inferences=len(self.inferences))
        self.name_anew()
        writer = rows.Writer(self.arriving.map, self.arriving.version)
        writer.sources = self.bring_sources()
        self.insert(writer)
        self.carry_what_is_said()
        remove_rows(self.leaving, [each.row for each in self.cut])
        for gone in (self.inferences[::-1], self.excerpts, self.statements):
            remove_rows(self.leaving, [each.row for each in gone])

    def need_room(self, **more: int) -> None:
        """Raise ValidationError where the other map has no room for so many more of each."""
        full = lacking_room(self.arriving.map, **more)
        if full:
            raise ValidationError(f"“{self.arriving.map}” is full. {full}")

    def name_anew(self) -> None:
        """Take the next keys of the other map, in the order of the present ones."""
        by_letter: dict[str, list[str]] = defaultdict(list)
        for each in self.statements:
            by_letter[Kind(each.row.kind).letter].append(each.row.key)
        by_letter[INFERENCE_LETTER] = [each.row.key for each in self.inferences]
        by_letter[EXCERPT_LETTER] = [each.row.key for each in self.excerpts]
        for letter, keys in by_letter.items():
            if keys:
                self.new |= zip(keys, self.arriving.next_keys(letter, len(keys)), strict=True)

    def bring_sources(self) -> dict[str, Source]:
        """Return the sources there by key, new copies among them (two queries for each copy)."""
        there = list(self.arriving.map.sources.order_by("pk").defer("text"))
        used: dict[str, Source] = {}
        for source in {each.row.source: None for each in self.excerpts}:
            same = source_there(source, there) or self.copy(source)
            self.new[source.key] = same.key
            used[same.key] = same
        return used

    def copy(self, source: Source) -> Source:
        self.need_room(sources=1)
        columns = rows.source_columns(graphs.source_of(source))
        key = self.arriving.next_key(SOURCE_LETTER)
        made = Source(map=self.arriving.map, key=key, text=source.text, **columns)
        return self.arriving.add(made)

    def insert(self, writer: rows.Writer) -> None:
        statements = [self.renamed(each.record) for each in self.statements]
        excerpts = [self.renamed(each.record) for each in self.excerpts]
        inferences = [self.renamed(each.record) for each in self.inferences]
        writer.schemes = {
            each.row.scheme.slug: each.row.scheme for each in self.inferences if each.row.scheme
        }
        writer.insert_statements([native.statement_from(each) for each in statements])
        writer.insert_excerpts([excerpt_from(each) for each in excerpts])
        writer.insert_inferences([native.inference_from(each) for each in inferences])
        for made, records in (
            (writer.statements, statements),
            (writer.excerpts, excerpts),
            (writer.inferences, inferences),
        ):
            for each in records:
                self.arriving.log(made[each["key"]], before=None, after=each)

    def renamed(self, record: Record) -> Record:
        """Return a record with the keys that it and what it names have on the other map."""
        named = {
            name: record[name]
            for name in ("key", "statement", "source", "conclusion")
            if name in record
        }
        found = {**record, **{name: self.new[key] for name, key in named.items()}}
        if "premises" in found:
            found["premises"] = [self.new[key] for key in found["premises"]]
        return found

    def carry_what_is_said(self) -> None:
        """Let it go along, as if its authors had seen the version made now."""
        said = said_of(each.row for each in (*self.statements, *self.inferences, *self.excerpts))
        for row in said:
            self.leaving.log(row, before=whereabouts(row), after=None)
        anew = {"version_seen": self.arriving.version, "lost_target": ""}
        carry(
            self.arriving,
            {
                row: {name: anew.get(name, value) for name, value in end.items()}
                for row, end in headed(said, self.new).items()
            },
        )
