"""Writing what a table says of a map's statements: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions import records, rows
from argmap.actions.base import Edit, editing
from argmap.actions.steps import Progress, Steps, batches, finish
from argmap.core import graph as core
from argmap.core.formats import native
from argmap.core.formats.table import Table
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Verb
from argmap.core.revising import Added, Altered, revise
from argmap.models import ArgumentMap


@dataclass(frozen=True)
class Tabled:
    """The keys of the statements that a table made, in the order of its rows, and changed."""

    added: tuple[str, ...]
    altered: tuple[str, ...]


def write_table(
    *, actor: User | None, argument_map: ArgumentMap, table: Table, seen: int | None = None
) -> Tabled:
    """Change the statements of a map as `core.revising` says of a table, and add its new ones.

    All of it or nothing, in one Change, which an undo takes back whole. Raises ValidationError
    with a line for each row that is refused, or Conflict where one that it changes was changed
    after version `seen`. A query for each statement that is changed; those for new ones come in
    batches.
    """
    return finish(
        write_table_in_steps(actor=actor, argument_map=argument_map, table=table, seen=seen)
    )


def write_table_in_steps(
    *, actor: User | None, argument_map: ArgumentMap, table: Table, seen: int | None = None
) -> Steps[Tabled]:
    """Do what `write_table` does, and say after each BATCH of statements how far it is."""
    with editing(argument_map, actor=actor, verb=Verb.IMPORT) as edit:
        revision = revise(graphs.load_graph(edit.map), table)
        if revision.refused:
            raise ValidationError([str(refusal) for refusal in revision.refused])
        done = 0
        for part in batches(revision.altered):
            _alter(edit, part, seen)
            done += len(part)
            yield Progress(done, revision.size)
        writer = _writer(edit, revision.added)
        keyed = _keyed(edit, revision.added)
        for some in batches(keyed):
            _add(edit, writer, some)
            done += len(some)
            yield Progress(done, revision.size)
    return Tabled(
        tuple(each.statement.key for each in keyed), tuple(each.key for each in revision.altered)
    )


def _alter(edit: Edit, altered: Sequence[Altered], seen: int | None) -> None:
    found = edit.map.statements.filter(key__in=[each.key for each in altered])
    by_key = {row.key: row for row in found}
    for each in altered:
        row = by_key[each.key]
        edit.expect(row, seen)
        columns = rows.statement_columns(replace(graphs.statement_of(row), **each.fields))
        edit.alter(row, {name: columns[name] for name in each.fields})


def _writer(edit: Edit, added: Sequence[Added]) -> rows.Writer:
    """Return a writer that knows what the new statements bear on (a query for each table)."""
    borne_on = {step.conclusion for each in added for step in each.inferences}
    writer = rows.Writer(edit.map, edit.version)
    writer.statements = {row.key: row for row in edit.map.statements.filter(key__in=borne_on)}
    writer.inferences = {row.key: row for row in edit.map.inferences.filter(key__in=borne_on)}
    return writer


def _keyed(edit: Edit, added: Sequence[Added]) -> list[Added]:
    """Give new statements and inferences the next keys, in the order of the rows."""
    letters = [each.statement.kind.letter for each in added]
    keys = {
        letter: iter(edit.next_keys(letter, letters.count(letter)))
        for letter in dict.fromkeys(letters)
    }
    steps = sum(len(each.inferences) for each in added)
    step_keys = iter(edit.next_keys(INFERENCE_LETTER, steps) if steps else [])
    keyed = []
    for each, letter in zip(added, letters, strict=True):
        key = next(keys[letter])
        inferences = tuple(
            replace(step, key=next(step_keys), premises=(key,)) for step in each.inferences
        )
        keyed.append(
            replace(each, statement=replace(each.statement, key=key), inferences=inferences)
        )
    return keyed


def _add(edit: Edit, writer: rows.Writer, added: Sequence[Added]) -> None:
    statements = [each.statement for each in added]
    inferences: list[core.Inference] = [step for each in added for step in each.inferences]
    writer.insert_statements(statements)
    writer.insert_inferences(inferences)
    for statement in statements:
        made = writer.statements[statement.key]
        edit.log(made, before=None, after=records.of_statement(statement))
    for inference in inferences:
        step = writer.inferences[inference.key]
        edit.log(step, before=None, after=native.inference_record(inference))
