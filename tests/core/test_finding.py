from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given

from argmap.core.finding import MOST, Found, plain, words_of
from argmap.core.finding import find as find_in
from argmap.core.graph import Excerpt, Graph, Source
from argmap.core.sentences import NO_NAMES
from tests.core.maps import graph_of, statement, support
from tests.strategies import graphs


def find(graph: Graph, asked: str, schemes: Mapping[str, str] = NO_NAMES) -> Found:
    return find_in(words_of(graph, schemes), asked)


LOG = Source(key="S1", title="The harbour master's log", authors=("A. Pilot", "Ö. Lotse"))
TOLD = replace(
    statement("E1", "Ships waited for the ÜBERSEE."),
    title="Ice",
    note="Counted twice.",
    tags=("winter",),
    excerpts=(Excerpt(key="X1", source="S1"),),
)
WARRANTED = replace(support("I1", "E1", "C1"), warrant="Ice stops ships.", scheme="sign")
MAP = replace(
    graph_of(WARRANTED, support("I2", "C12", "C1"), C1="The ice will go.", C12="No c1 here."),
    sources=(LOG,),
)
MAP = replace(MAP, statements=(*(s for s in MAP.statements if s.key != "E1"), TOLD))


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("waited übersee", ("E1",)),
        ("UBERSEE", ("E1",)),
        ("counted", ("E1",)),
        ("winter", ("E1",)),
        ("s1", ("E1",)),
        ("master's lotse", ("E1",)),
        ("ice counted lotse", ("E1",)),
        ("c1", ("C1", "C12")),
        ("C12", ("C12",)),
        ("i1", ("I1",)),
        ("argument sign", ("I1",)),
        ("stops", ("I1",)),
        ("ice", ("E1", "C1", "I1")),
        ("ice nowhere", ()),
        ("  ", ()),
        (".*", ()),
        ("\x00", ()),
    ],
)
def test_every_word_is_found_somewhere(asked: str, keys: tuple[str, ...]) -> None:
    assert find(MAP, asked, {"sign": "Argument from sign"}).keys == keys


def test_no_more_than_anyone_reads_are_given() -> None:
    many = Graph(statements=tuple(statement(f"C{n}", "Fog.") for n in range(1, MOST + 6)))
    found = find(many, "fog")
    assert len(found.keys) == MOST
    assert found.total == MOST + 5


@given(graphs())
def test_every_statement_is_found_by_its_key_and_by_its_own_words(graph: Graph) -> None:
    for each in graph.statements:
        assert find(graph, each.key.lower()).keys[0] == each.key
        words = plain(each.text).split()
        assert not words or find(graph, each.text).total >= 1
