from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.core.kinds import Kind, Verb
from argmap.core.limits import STATEMENTS_LIMIT
from argmap.models import ArgumentMap, Change, KeyCounter, Statement

LIST = """
+ [Trade]: Trade would go elsewhere. #cost
  - Winter trade is small.
    _ It was small only last winter.
      - Nobody counted.
- Ships could wait. #evidence
"""


def paste(a_map: ArgumentMap, actor: User, about: str, text: str = LIST) -> actions.Pasted:
    return actions.paste_branch(actor=actor, argument_map=a_map, about=about, text=text)


def graph(a_map: ArgumentMap) -> Graph:
    a_map.refresh_from_db()
    return graphs.load_graph(a_map)


def steps(found: Graph, pasted: actions.Pasted) -> list[tuple[str, str, str]]:
    made = [found.inference[key] for key in pasted.inferences]
    return [(step.premises[0], step.relation, step.conclusion) for step in made]


def test_a_list_becomes_a_branch_in_one_change(a_map: ArgumentMap, analyst: User) -> None:
    activity = a_map.activity

    pasted = paste(a_map, analyst, "C1")

    assert pasted == actions.Pasted(("C2", "K2", "K3", "K4", "E3"), ("I3", "I4", "I5", "I6", "I7"))
    found = graph(a_map)
    assert steps(found, pasted) == [
        ("C2", "supported by", "C1"),
        ("K2", "attacked by", "C2"),
        ("K3", "undercut by", "I4"),
        ("K4", "attacked by", "K3"),
        ("E3", "attacked by", "C1"),
    ]
    trade = found.statement["C2"]
    assert (trade.title, trade.text, trade.tags) == (
        "Trade",
        "Trade would go elsewhere.",
        ("cost",),
    )
    assert found.statement["E3"].kind is Kind.EVIDENCE
    change = Change.objects.filter(map=a_map).latest("activity")
    assert (change.verb, change.activity) == (Verb.PASTE, activity + 1)
    assert sorted(change.items.values_list("key", flat=True)) == sorted(
        [*pasted.statements, *pasted.inferences]
    )
    assert set(a_map.statements.filter(changed_in=a_map.version).values_list("key", flat=True)) == {
        *pasted.statements
    }
    assert not audit(a_map)


def test_under_an_inference_plus_backs_and_minus_undercuts(
    a_map: ArgumentMap, analyst: User
) -> None:
    pasted = paste(a_map, analyst, "I1", "+ The log is exact.\n  _ It is a copy.\n- Ice is rare.")

    assert steps(graph(a_map), pasted) == [
        ("C2", "backed by", "I1"),
        ("K2", "undercut by", "I3"),
        ("K3", "undercut by", "I1"),
    ]


def test_the_log_holds_what_a_record_of_each_row_would(a_map: ArgumentMap, analyst: User) -> None:
    pasted = paste(a_map, analyst, "C1")
    after = graph(a_map)

    for _ in range(2):
        actions.undo(actor=analyst, argument_map=a_map)
        assert not {*pasted.statements} & graph(a_map).statement.keys()
        actions.redo(actor=analyst, argument_map=a_map)
        again = graph(a_map)
        assert (again.statements, again.inferences) == (after.statements, after.inferences)


def test_what_cannot_be_read_names_the_line_and_leaves_nothing(
    a_map: ArgumentMap, analyst: User
) -> None:
    before = graph(a_map)

    with pytest.raises(ValidationError) as caught:
        paste(a_map, analyst, "C1", "+ Ice.\nSnow.")

    assert caught.value.message_dict == {
        "text": ["Line 2: start it with + (supports) or - (attacks)."]
    }
    assert graph(a_map) == before


def test_a_map_takes_no_more_than_it_can_hold(a_map: ArgumentMap, analyst: User) -> None:
    room = 4
    more = range(2, 2 + STATEMENTS_LIMIT - a_map.statements.count() - room)
    Statement.objects.bulk_create(
        Statement(map=a_map, key=f"C{number}", kind=Kind.CLAIM, text="More.") for number in more
    )
    KeyCounter.objects.filter(map=a_map, letter="C").update(last=more[-1])

    with pytest.raises(ValidationError, match="20,000 statements at the most"):
        paste(a_map, analyst, "C1")
    assert len(paste(a_map, analyst, "C1", "+ A\n" * room).statements) == room


def test_pasting_under_what_is_gone(a_map: ArgumentMap, analyst: User) -> None:
    for about in ("C9", "I9", "S1"):
        with pytest.raises(actions.Gone):
            paste(a_map, analyst, about)


def test_pasting_is_the_editors(a_map: ArgumentMap, reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        paste(a_map, reviewer, "C1")


def test_a_long_list_costs_no_more_queries_than_a_short_one(
    a_map: ArgumentMap, analyst: User
) -> None:
    """Each list holds claims, counterarguments and undercuts, for which there are counters."""

    def cost(times: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            paste(a_map, analyst, "C1", "+ A\n  - B\n    _ C\n" * times)
        return sum(not each["sql"].startswith(("SAVEPOINT", "RELEASE")) for each in queries)

    # The map, the role, what it is about; how many there are, of both; three counters, read and
    # raised; statements; inferences on statements and on inferences; premises; the map; the change
    # and its items.
    assert (cost(1), cost(10)) == (18, 18)
