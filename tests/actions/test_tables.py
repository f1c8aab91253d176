"""Tables of statements, written to a map."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.formats import Table, csv_table, load_table
from argmap.core.formats.cells import plain
from argmap.core.formats.native import dump
from argmap.core.graph import Graph
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Change
from tests.strategies import filled
from tests.strategies import graphs as any_graph


def table(*lines: str) -> Table:
    return load_table("\n".join(lines).encode())


MIXED = table(
    "key,kind,text,status,tags,bears_on,stance",
    "C1,claim,The harbour closes.,reviewed,winter,,",
    "E2,evidence,Each blocked day costs more than a month of keeping it open.,draft,,,",
    ",evidence,Tugs are dear.,,costs; tugs,C1,supports",
    ",counterargument,Tugs are cheap.,,,I1; E2,attacks",
)


def test_all_of_a_table_is_one_change(a_map: ArgumentMap, editor: User) -> None:
    before = Change.objects.count()

    made = actions.write_table(actor=editor, argument_map=a_map, table=MIXED)

    assert made == actions.Tabled(("E3", "K2"), ("C1",))
    assert Change.objects.count() == before + 1
    change = a_map.changes.latest("activity")
    assert (change.verb, change.version) == (Verb.IMPORT, a_map.version)
    assert [(item.key, item.fields) for item in change.items.filter(before__isnull=False)] == [
        ("C1", ["status", "tags", "text"])
    ]
    assert sorted(change.items.filter(before__isnull=True).values_list("key", flat=True)) == [
        "E3",
        "I3",
        "I4",
        "I5",
        "K2",
    ]
    graph = graphs.load_graph(a_map)
    assert graph.statement["C1"].text == "The harbour closes."
    assert graph.statement["E3"].tags == ("costs", "tugs")
    steps = [(each.key, each.stance, each.premises, each.conclusion) for each in graph.inferences]
    assert steps[2:] == [
        ("I3", "support", ("E3",), "C1"),
        ("I4", "attack", ("K2",), "I1"),
        ("I5", "attack", ("K2",), "E2"),
    ]
    assert not audit(a_map)


def test_one_undo_takes_it_back_and_one_redo_makes_it_again(
    a_map: ArgumentMap, editor: User
) -> None:
    before = graphs.load_graph(a_map)
    actions.write_table(actor=editor, argument_map=a_map, table=MIXED)
    after = graphs.load_graph(a_map)

    actions.undo(actor=editor, argument_map=a_map)
    undone = graphs.load_graph(a_map)
    actions.redo(actor=editor, argument_map=a_map)
    redone = graphs.load_graph(a_map)

    assert replace(undone, version=0) == replace(before, version=0)
    assert replace(redone, version=0) == replace(after, version=0)


def test_an_import_of_a_whole_map_is_not_taken_back(a_map: ArgumentMap, outsider: User) -> None:
    graph = graphs.load_graph(a_map)
    made = actions.import_graph(actor=outsider, graph=graph, owner=outsider).map
    assert actions.undoable(outsider, made) == (None, None)


def test_a_table_that_says_what_stands_writes_nothing(a_map: ArgumentMap, editor: User) -> None:
    activity = a_map.activity
    same = load_table(csv_table.dump(graphs.load_graph(a_map)).encode())

    assert actions.write_table(actor=editor, argument_map=a_map, table=same).altered == ()

    a_map.refresh_from_db()
    assert a_map.activity == activity


def test_a_statement_that_changed_after_the_preview_is_a_conflict(
    a_map: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = a_map.version
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="Mine.")
    version = a_map.version

    with pytest.raises(actions.Conflict, match=r"analyst changed C1 \(note\)"):
        actions.write_table(actor=editor, argument_map=a_map, table=MIXED, seen=seen)

    a_map.refresh_from_db()
    assert (a_map.version, a_map.statements.count()) == (version, 4)


def test_a_change_elsewhere_is_no_conflict(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    seen = a_map.version
    actions.edit_statement(actor=analyst, argument_map=a_map, key="K1", note="Mine.")
    made = actions.write_table(actor=editor, argument_map=a_map, table=MIXED, seen=seen)
    assert made.altered == ("C1",)


def test_one_refused_row_keeps_all_others_out(a_map: ArgumentMap, editor: User) -> None:
    version = a_map.version
    some = table("key,kind,text", "C1,claim,Changed.", "E9,evidence,Ice.", ",,Snow.")

    with pytest.raises(ValidationError) as refused:
        actions.write_table(actor=editor, argument_map=a_map, table=some)

    assert refused.value.messages == [
        'row 3, column key: this map has no statement "E9": a new one has no key yet',
        "row 4, column kind: must not be empty",
    ]
    a_map.refresh_from_db()
    assert a_map.version == version


def test_who_may_not_edit_may_not_import(a_map: ArgumentMap, reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.write_table(actor=reviewer, argument_map=a_map, table=MIXED)


def test_an_import_that_is_left_half_way_leaves_nothing(a_map: ArgumentMap, editor: User) -> None:
    version = a_map.version
    steps = actions.write_table_in_steps(actor=editor, argument_map=a_map, table=MIXED)
    assert next(steps) == actions.Progress(1, 3)
    assert next(steps) == actions.Progress(3, 3)
    steps.close()
    a_map.refresh_from_db()
    assert (a_map.version, a_map.statements.count()) == (version, 4)


@pytest.mark.parametrize("more", [1, 40])
def test_new_rows_cost_the_same_however_many(
    a_map: ArgumentMap,
    editor: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    some = table("kind,text,bears_on,stance", *["evidence,Ice.,C1,support"] * more)
    # begin, map, role; the graph: sources, excerpts, statements, inferences, premises, version;
    # what the new ones bear on, twice; counters, looked up and saved, for two letters; statements,
    # inferences, premises; the map's counters, the change, what it changed, commit
    with django_assert_num_queries(22):
        actions.write_table(actor=editor, argument_map=a_map, table=some)


@pytest.mark.django_db
@given(graph=any_graph().filter(lambda graph: bool(graph.statements)), data=st.data())
@settings(
    max_examples=15,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_a_spreadsheet_changed_is_changed_and_undone(
    admin: User, graph: Graph, data: st.DataObject
) -> None:
    made = actions.import_graph(actor=None, graph=graph).map
    try:
        before = graphs.load_graph(made)
        chosen = data.draw(st.sets(st.sampled_from(sorted(before.statement)), max_size=2))
        typed = {key: data.draw(filled()) for key in sorted(chosen)}
        wanted = replace(
            before,
            statements=tuple(
                replace(each, text=typed.get(each.key, each.text)) for each in before.statements
            ),
        )
        read = load_table(csv_table.dump(wanted).encode())
        keys = actions.write_table(actor=admin, argument_map=made, table=read).altered
        assert {*keys} <= {*typed}
        after = graphs.load_graph(made)
        for key, text in typed.items():
            assert plain(after.statement[key].text) == plain(text)
        if keys:
            actions.undo(actor=admin, argument_map=made)
            undone = graphs.load_graph(made)
            # As files have it: PostgreSQL writes figures of other tools in its own way.
            assert dump(replace(undone, version=0)) == dump(replace(before, version=0))
    finally:
        actions.delete_map(actor=None, argument_map=made)
