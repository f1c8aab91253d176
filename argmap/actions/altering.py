"""Editing and deleting many statements at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User

from argmap.actions.removal import remove_with_what_hangs_on_it
from argmap.actions.together import Chosen, alter_statements, editing_together, fetch_chosen
from argmap.core.kinds import Verb
from argmap.models import Statement


def edit_statements(
    *,
    actor: User | None,
    chosen: Sequence[Chosen],
    status: str = "",
    kind: str = "",
    add_tags: Collection[str] = (),
    remove_tags: Collection[str] = (),
) -> UUID:
    """Set the status or the kind of statements, add tags and remove tags; return the batch.

    What is empty stays as it is; a kind that changes keeps its key. A Change for each map on which
    something comes to differ, all or none, in a number of queries that grows with the maps. Raises
    ValidationError, Gone or Conflict, each of which names the statement.
    """
    wanted: dict[str, Any] = {
        "status": status,
        "kind": kind,
        "add_tags": add_tags,
        "remove_tags": remove_tags,
    }
    maps = [each.map for each in chosen]
    with editing_together(maps, actor=actor, verb=Verb.EDIT) as together:
        for each in chosen:
            edit = together.of(each.map)
            rows = fetch_chosen(edit, each)
            alter_statements(edit, [(row, new_values(row, **wanted)) for row in rows])
    return together.batch


def new_values(
    row: Statement,
    *,
    status: str = "",
    kind: str = "",
    add_tags: Collection[str] = (),
    remove_tags: Collection[str] = (),
) -> dict[str, Any]:
    """Return what `edit_statements` would write of a statement: the fields that come to differ."""
    tags = sorted({*row.tags, *add_tags} - {*remove_tags})
    values = {"status": status or row.status, "kind": kind or row.kind, "tags": tags}
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def delete_statements(*, actor: User | None, chosen: Sequence[Chosen]) -> UUID:
    """Delete statements with all that falls with them; return the batch.

    As `delete_statement` does with one: their excerpts go, each inference of which one is a premise
    or the conclusion, and whatever bears on those; comments are kept, on the map. A Change for each
    map, all or none. Raises Gone, or Conflict where any of it changed after the version seen.
    """
    maps = [each.map for each in chosen]
    with editing_together(maps, actor=actor, verb=Verb.DELETE) as together:
        for each in chosen:
            edit = together.of(each.map)
            remove_with_what_hangs_on_it(edit, fetch_chosen(edit, each), each.seen)
    return together.batch
