from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions, graphs
from argmap.core.boxes import grade
from argmap.core.focus import View, focused, overview
from argmap.core.graph import Graph
from argmap.graphs import steady
from argmap.models import ArgumentMap, Statement


def test_a_graph_is_what_the_rows_say(a_map: ArgumentMap) -> None:
    graph = graphs.load_graph(a_map)

    assert (graph.slug, graph.version) == ("harbour", a_map.version)
    assert [statement.key for statement in graph.statements] == ["C1", "E1", "E2", "K1"]
    assert graph.inference["I1"].premises == ("E1", "E2")
    assert graph.inference["I1"].scheme == "sign"
    assert graph.inference["I2"].relation == "undercut by"
    assert [excerpt.source for excerpt in graph.statement["E1"].excerpts] == ["S1"]


def test_queries_do_not_grow_with_the_map(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    for number in range(5):
        made = actions.add_statement(**on_it, kind="evidence", text=f"Seen {number} times.")
        actions.add_inference(**on_it, stance="support", premises=[made.key], conclusion="C1")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        graphs.load_graph(a_map)

    # Sources, excerpts, statements, inferences with schemes, premises, and the version again.
    assert len(queries) == 6


def test_a_graph_is_never_of_two_versions(
    a_map: ArgumentMap, analyst: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = ArgumentMap.objects.get(pk=a_map.pk)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Written meanwhile.")

    graph = graphs.load_graph(stale)

    assert (graph.version, stale.version) == (a_map.version, a_map.version)
    assert graph.statement["C1"].text == "Written meanwhile."


def test_a_map_that_never_holds_still_is_an_error_not_a_mixture(
    a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steady, "stored_version", lambda argument_map: -1)

    with pytest.raises(graphs.TornRead, match="harbour"):
        graphs.load_graph(a_map)


def test_the_words_of_the_rows_become_the_cores(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_statement(
        actor=analyst,
        argument_map=a_map,
        key="C1",
        likelihood="likely",
        confidence="low",
        credibility="6",
        base_score=0.25,
    )

    found = graphs.load_graph(a_map).statement["C1"]
    row = Statement.objects.get(map=a_map, key="C1")
    assert (found.likelihood, found.confidence, found.credibility) == ("likely", "low", "6")
    assert found == graphs.statement_of(row)


def overview_of(argument_map: ArgumentMap) -> View:
    return graphs.load_view(argument_map, overview)


def test_a_frame_is_the_graph_without_its_words(a_map: ArgumentMap) -> None:
    frame, graph = graphs.load_frame(a_map), graphs.load_graph(a_map)

    assert (frame.title, frame.sources) == ("", ())
    assert [(each.key, each.kind) for each in frame.statements] == [
        (each.key, each.kind) for each in graph.statements
    ]
    assert list(frame.inferences) == [replace(each, weight=1.0) for each in graph.inferences]
    assert {each.text for each in frame.statements} == {""}


def test_a_view_has_the_words_of_what_it_shows(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_source(actor=analyst, argument_map=a_map, key="S1", reliability="B")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", credibility="2")
    graph = graphs.load_graph(a_map)

    view = overview_of(a_map)

    assert (view.graph.title, view.graph.version) == (graph.title, graph.version)
    assert view.graph.inferences == graph.inferences
    for shown, stored in zip(view.graph.statements, graph.statements, strict=True):
        # No drawing says those.
        bare = replace(stored, note="", tags=(), base_score=None, foreign={})
        assert replace(shown, excerpts=()) == replace(bare, excerpts=())
        assert grade(view.graph, shown) == grade(graph, stored)
    assert grade(view.graph, view.graph.statement["E1"]) == "B2"
    part = graphs.load_view(a_map, lambda frame: overview(frame, 1))
    assert [each.text for each in part.graph.statements] == [graph.statement["C1"].text]
    assert part.hidden_under == {"E1": "C1", "E2": "C1", "K1": "C1"}


@pytest.mark.django_db(transaction=True)
def test_a_view_is_never_of_two_versions(a_map: ArgumentMap, analyst: User) -> None:
    stale = ArgumentMap.objects.get(pk=a_map.pk)
    graphs.load_frame(stale)
    looks = []

    def choose(frame: Graph) -> View:
        looks.append(list(frame.statement))
        if len(looks) == 1:
            actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Meanwhile.")
            actions.delete_statement(actor=analyst, argument_map=a_map, key="E2")
        return overview(frame)

    view = graphs.load_view(stale, choose)

    assert looks == [["C1", "E1", "E2", "K1"], ["C1", "E1", "K1"]]
    assert view.graph.version == a_map.version
    assert view.graph.statement["C1"].text == "Meanwhile."
    assert "E2" not in view.graph.statement


def test_a_fault_in_choosing_is_no_torn_read(a_map: ArgumentMap) -> None:
    with pytest.raises(KeyError, match="C9"):
        graphs.load_view(a_map, lambda frame: focused(frame, "C9"))
