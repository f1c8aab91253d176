"""What is being typed, in the place where it will stand."""

from __future__ import annotations

from dataclasses import replace

from argmap.core.draft import with_inference, with_statement
from argmap.core.focus import around, whole
from argmap.core.graph import Excerpt
from argmap.core.kinds import Kind
from tests.core.maps import attack, graph_of, statement, support

BARE = graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "I1"))
QUOTING = replace(BARE.statement["E1"], excerpts=(Excerpt(key="X1", source="S1"),))
GRAPH = replace(BARE, statements=(QUOTING, *(each for each in BARE.statements if each.key != "E1")))


def test_a_statement_stands_as_it_is_typed_on_its_excerpts() -> None:
    typed = replace(statement("E1", "Typed."), kind=Kind.CLAIM)
    view = with_statement(whole(GRAPH), typed)
    assert view.graph.statement["E1"] == replace(typed, excerpts=QUOTING.excerpts)
    assert view.graph.inferences == GRAPH.inferences
    assert view.frame is GRAPH


def test_a_statement_that_is_not_shown_changes_nothing() -> None:
    view = around(GRAPH, "K1")
    assert with_statement(view, statement("E9", "Typed.")) is view


def test_an_inference_stands_in_its_own_place_or_beside_the_others() -> None:
    changed = attack("I1", "E2", "C1")
    assert with_inference(GRAPH, changed).inferences == (changed, GRAPH.inference["I2"])
    new = support("I3", "K1", "I2")
    assert with_inference(GRAPH, new).inferences == (*GRAPH.inferences, new)
