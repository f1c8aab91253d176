"""What a table would change on a map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from argmap.core.formats import load_table
from argmap.core.graph import Excerpt, Graph, Source
from argmap.core.kinds import Kind, Likelihood, Stance, Status
from argmap.core.limits import TEXT_LIMIT
from argmap.core.revising import Difference, Revision, revise
from tests.core.maps import attack, graph_of, support

GRAPH = replace(
    graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "I1")),
    slug="harbour",
    sources=(Source(key="S1", title="Log"),),
)


def of(*lines: str, graph: Graph = GRAPH) -> Revision:
    return revise(graph, load_table("\n".join(lines).encode()))


def told(revision: Revision) -> list[str]:
    return [str(each) for each in revision.refused]


def test_a_change_names_each_field_and_leaves_the_rest() -> None:
    found = of("key,text,likelihood,tags", "E1,It froze.,likely,ice; old", "C1,What C1 says.,,")
    (altered,) = found.altered
    assert (altered.row, altered.key) == (2, "E1")
    assert altered.differences == (
        Difference("text", "What E1 says.", "It froze."),
        Difference("likelihood", None, Likelihood.LIKELY),
        Difference("tags", (), ("ice", "old")),
    )
    assert (found.unchanged, found.absent) == (1, ("E2", "K1"))


def test_an_emptied_cell_takes_a_value_away() -> None:
    graded = replace(GRAPH.statement["E1"], likelihood=Likelihood.LIKELY, note="Sure.")
    graph = replace(GRAPH, statements=(graded,), inferences=())
    (altered,) = of("key,likelihood,note", "E1,,", graph=graph).altered
    assert altered.fields == {"likelihood": None, "note": ""}


def test_a_new_row_bears_on_what_it_names() -> None:
    found = of(
        "key,kind,text,bears_on,stance",
        ",evidence,Ice.,C1,supports",
        ",evidence,Snow.,C1; I1,support; attack",
        ",claim,Alone.,,",
    )
    assert not found.refused
    ice, snow, alone = found.added
    assert (ice.statement.kind, ice.statement.status) == (Kind.EVIDENCE, Status.DRAFT)
    steps = [(step.premises, step.conclusion, step.stance) for step in snow.inferences]
    key = snow.statement.key
    assert steps == [((key,), "C1", Stance.SUPPORT), ((key,), "I1", Stance.ATTACK)]
    assert (ice.row, len(ice.inferences), len(alone.inferences)) == (2, 1, 0)


def test_keys_of_the_last_numbers_are_in_nobodys_way() -> None:
    graph = graph_of(support("I999999999", "E999999999", "C999999999"))
    found = of("kind,text,bears_on,stance", "evidence,Ice.,C999999999,attack", graph=graph)
    assert (found.refused, len(found.added)) == ((), 1)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("E9,evidence,Ice.,,", 'row 2, column key: this map has no statement "E9"'),
        ("I1,evidence,Ice.,,", 'row 2, column key: this map has no statement "I1"'),
        ("=,evidence,Ice.,,", 'row 2, column key: this map has no statement "="'),
        ("E1,evidence,,,", "row 2, column text: must not be empty"),
        ("E1,,Ice.,,", "row 2, column kind: must not be empty"),
        (",,Ice.,,", "row 2, column kind: must not be empty"),
        (",claim,,C1,attack", "row 2, column text: must not be empty"),
        (",claim,Ice.,C1,", "row 2, column stance: must say whether it supports or attacks"),
        (",claim,Ice.,,attack", "row 2, column bears_on: must say what it attacks"),
        (",claim,Ice.,C1,attack;attack", "row 2, column stance: 2 stances for 1 keys"),
        (
            ",claim,Ice.,C9,attack",
            'row 2, column bears_on: no statement or inference has the key "C9"',
        ),
        (
            ",claim,Ice.,S1,attack",
            'row 2, column bears_on: no statement or inference has the key "S1"',
        ),
        (f",claim,{'x' * (TEXT_LIMIT + 1)},,", "row 2, column text: has 10,001 characters"),
    ],
)
def test_refuses_a_row_and_says_where(row: str, why: str) -> None:
    found = of("key,kind,text,bears_on,stance", row)
    assert len(found.refused) == 1
    assert told(found)[0].startswith(why)


def test_a_key_that_stands_twice_is_refused() -> None:
    found = of("key,text", "E1,Ice.", "C1,Snow.", "e1,Hail.")
    assert told(found) == ["row 4, column key: E1 stands in row 2 already"]


def test_refusals_come_in_the_order_of_the_rows() -> None:
    found = of("key,text,status", "E9,Ice.,", "E1,,draft", "C1,Snow.,done", ",Hail.,draft")
    assert [str(each.place) for each in found.refused] == [
        "row 2, column key",
        "row 2, column status",
        "row 3, column text",
        "row 4, column status",
        "row 5, column kind",
    ]
    assert found.absent == ("E2", "K1")


def test_a_row_of_another_map_is_refused() -> None:
    found = of("key,text,map", "E1,Ice.,pier", "C1,What C1 says.,harbour")
    assert told(found) == ['row 2, column map: the row is of the map "pier", this is "harbour"']


def test_what_a_table_cannot_change_is_told_where_it_differs() -> None:
    quoting = replace(GRAPH.statement["E1"], excerpts=(Excerpt(key="X1", source="S1"),))
    graph = replace(GRAPH, statements=(*GRAPH.statements[:1], quoting, *GRAPH.statements[2:]))
    found = of(
        "key,kind,text,bears_on,stance,excerpts",
        "E1,evidence,What E1 says.,C1,support,X1 of S1",
        "E2,evidence,What E2 says.,K1,support,",
        "K1,counterargument,What K1 says.,I1,support,",
        ",claim,New.,,,X9 of S1",
        graph=graph,
    )
    assert [str(loss.place) for loss in found.losses] == [
        "row 3, column bears_on",
        "row 4, column stance",
        "row 5, column excerpts",
    ]
    assert (found.unchanged, len(found.altered), len(found.added)) == (3, 0, 1)


def test_more_tags_than_a_statement_holds_are_refused() -> None:
    tags = ";".join(f"t{number}" for number in range(31))
    assert told(of("key\ttags", f"E1\t{tags}")) == [
        "row 2, column tags: has 31 entries, 30 is the most"
    ]


def test_a_new_row_that_says_what_is_there_is_told() -> None:
    found = of("kind,text", "claim, What E1 says. ", "claim,New.")
    assert [str(loss) for loss in found.losses] == [
        "row 2, column text: E1 says the same: the map would have it twice"
    ]
    assert len(found.added) == 2


def test_a_row_that_is_refused_is_not_counted_as_unchanged() -> None:
    found = of("key,status", "E1,draft", "E2,done", "C1,draft")
    assert (found.unchanged, found.absent) == (2, ("K1",))
