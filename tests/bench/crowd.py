"""A site with many made-up maps: rows as actions would have left them, inserted in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, User
from django.db.models import F

from argmap import actions
from argmap.actions.records import of_statement
from argmap.core.graph import Graph, Inference
from argmap.core.kinds import CommentKind, Stance, Verb
from argmap.graphs import statement_of
from argmap.models import ArgumentMap, Change, ChangeItem, Comment, Statement
from tests.bench.maps import made_up

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
BETWEEN = timedelta(hours=9)
"""From one change of a map to the next."""

BATCH = 2_000


class Shape(NamedTuple):
    """How much there is on one map."""

    statements: int
    inferences: int
    sources: int
    comments: int
    changes: int


FULL = Shape(500, 750, 60, 60, 1_250)
"""Enough to fill a page of each list, so that pages of both sites show as many rows."""

USUAL = Shape(98, 147, 10, 20, 245)
"""With 199 of these beside a full one: 20,002 statements, 30,003 inferences, 50,005 changes."""


def analyst() -> User:
    """Make someone who works in the admin and sees the maps of which they are a member, no others."""
    found = User.objects.create_user("bench", "bench@example.org", is_staff=True)
    found.groups.add(Group.objects.get(name="Analysts"))
    return found


def add_map(owner: User, number: int, shape: Shape) -> ArgumentMap:
    """Make one map, with its comments and its past. The same number makes the same rows."""
    chance = Random(number)  # noqa: S311 - a graph, not a secret
    graph = made_up(shape.statements, seed=number, sources=shape.sources)
    graph = replace(
        graph,
        title=f"Whether harbour {number} should close",
        slug=f"harbour-{number}",
        inferences=(*graph.inferences, *_more(graph, shape.inferences, chance)),
    )
    found = actions.import_graph(actor=owner, graph=graph, owner=owner).map
    statements = list(found.statements.order_by("pk"))
    _comment(found, owner, statements, shape.comments, chance)
    _remember(found, owner, statements, shape.changes - 1, chance)
    return found


def _more(graph: Graph, number: int, chance: Random) -> Iterator[Inference]:
    """Yield links across the tree until there are as many inferences as are wanted."""
    keys = [statement.key for statement in graph.statements]
    for place in range(len(graph.inferences) + 1, number + 1):
        premise, conclusion = chance.sample(keys, 2)
        stance = chance.choice(list(Stance))
        yield Inference(key=f"I{place}", stance=stance, premises=(premise,), conclusion=conclusion)


def _comment(
    argument_map: ArgumentMap, author: User, on: list[Statement], number: int, chance: Random
) -> None:
    Comment.objects.bulk_create(
        Comment(
            map=argument_map,
            statement=chance.choice(on),
            author=author,
            author_name=author.get_username(),
            kind=chance.choice(list(CommentKind)),
            body="How do we know?",
            version_seen=1,
        )
        for _ in range(number)
    )


def _remember(
    argument_map: ArgumentMap, author: User, edited: list[Statement], number: int, chance: Random
) -> None:
    """Let each of so many changes have written the note of one statement."""
    made: list[tuple[Statement, dict[str, Any], dict[str, Any]]] = []
    first = argument_map.version + 1
    for version in range(first, first + number):
        statement = chance.choice(edited)
        before = of_statement(statement_of(statement))
        statement.note, statement.changed_in = f"Looked at in version {version}.", version
        made.append((statement, before, of_statement(statement_of(statement))))
    changes = Change.objects.bulk_create(
        [
            Change(
                map=argument_map,
                map_slug=argument_map.slug,
                activity=argument_map.activity + place,
                version=argument_map.version + place,
                actor=author,
                actor_name=author.get_username(),
                verb=Verb.EDIT,
                undoable=True,
            )
            for place in range(1, number + 1)
        ],
        batch_size=BATCH,
    )
    ChangeItem.objects.bulk_create(
        [
            ChangeItem(
                change=change,
                map=argument_map,
                version=change.version,
                rewords=True,
                type="statement",
                key=row.key,
                before=before,
                after=after,
            )
            for change, (row, before, after) in zip(changes, made, strict=True)
        ],
        batch_size=BATCH,
    )
    Statement.objects.bulk_update(edited, ["note", "changed_in"], batch_size=100)
    counters = {"version": F("version") + number, "activity": F("activity") + number}
    ArgumentMap.objects.filter(pk=argument_map.pk).update(**counters)


def spread_out() -> None:
    """Give each change its time: they were all inserted just now."""
    for activity in Change.objects.order_by().values_list("activity", flat=True).distinct():
        at = BEGAN + activity * BETWEEN
        Change.objects.filter(activity=activity).update(at=at)
