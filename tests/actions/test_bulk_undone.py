"""Whatever is done to many statements at once, taking the batch back leads back on every map."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.formats.native import dump
from argmap.core.kinds import Kind, Status
from argmap.models import ArgumentMap, Comment, Scheme
from tests.strategies import filled, word
from tests.strategies import graphs as any_graph

BULK = ("edit", "delete", "merge", "move")


def written(a_map: ArgumentMap) -> str:
    """Return the map as argmap/1 writes it, its version apart."""
    a_map.refresh_from_db()
    return dump(replace(graphs.load_graph(a_map), version=0))


def said(maps: list[ArgumentMap]) -> list[tuple[int, int | None, str, str, int]]:
    """Return where each comment is."""
    rows = Comment.objects.filter(map__in=maps).order_by("pk")
    return [(row.pk, row.map_id, row.about, row.lost_target, row.version_seen) for row in rows]


def do(data: st.DataObject, name: str, actor: User, maps: list[ArgumentMap]) -> UUID:
    """Do something to some statements of the first map, or of both."""
    keys = [
        data.draw(st.lists(st.sampled_from(sorted(found)), min_size=1, max_size=4, unique=True))
        for found in ([row.key for row in each.statements.all()] for each in maps)
    ]
    if name == "merge":
        return actions.merge_statements(
            actor=actor, argument_map=maps[0], keys=keys[0], kept=keys[0][0]
        )
    if name == "move":
        return actions.move_statements(
            actor=actor, argument_map=maps[0], keys=keys[0], target=maps[1]
        ).batch
    chosen = [actions.Chosen(*each) for each in zip(maps, keys, strict=True)]
    if name == "delete":
        return actions.delete_statements(actor=actor, chosen=chosen)
    tags = st.lists(filled(20).map(str.strip).filter(bool), max_size=2)
    return actions.edit_statements(
        actor=actor,
        chosen=chosen,
        status=data.draw(word(Status)),
        kind=data.draw(word(Kind)),
        add_tags=data.draw(tags),
        remove_tags=data.draw(tags),
    )


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_batch_taken_back_leaves_no_trace_and_can_be_made_again(
    data: st.DataObject, analyst: User
) -> None:
    Scheme.objects.get_or_create(slug="sign", defaults={"name": "Argument from sign"})
    drawn = [data.draw(any_graph().filter(lambda graph: len(graph.statements) > 1)) for _ in "ab"]
    maps = [
        actions.import_graph(
            actor=analyst,
            graph=graph,
            owner=analyst,
        ).map
        for graph in drawn
    ]
    try:
        for a_map in maps:
            for key in [*graphs.load_graph(a_map).statement, *graphs.load_graph(a_map).inference]:
                thread = actions.add_comment(
                    actor=analyst, argument_map=a_map, about=key, body="Why?"
                )
                actions.add_comment(actor=analyst, argument_map=a_map, parent=thread.pk, body="So.")
        before = [written(a_map) for a_map in maps], said(maps)
        name = data.draw(st.sampled_from(BULK))
        try:
            batch = do(data, name, analyst, maps)
        except ValidationError:
            assert ([written(a_map) for a_map in maps], said(maps)) == before
            return
        after = [written(a_map) for a_map in maps], said(maps)
        for a_map in maps:
            assert not audit(a_map)
        if after == before and not actions.batch_of(analyst, batch):
            return

        actions.undo_batch(actor=analyst, batch=batch)
        assert ([written(a_map) for a_map in maps], said(maps)) == before
        for a_map in maps:
            assert not audit(a_map)
        with pytest.raises(actions.NothingToUndo, match="already"):
            actions.undo_batch(actor=analyst, batch=batch)

        changed = actions.batch_of(analyst, batch)[0].map
        assert changed is not None
        actions.redo(actor=analyst, argument_map=changed)
        assert ([written(a_map) for a_map in maps], said(maps)) == after
    finally:
        for a_map in maps:
            actions.delete_map(actor=None, argument_map=a_map)
