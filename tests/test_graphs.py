from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions, graphs
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
    monkeypatch.setattr(graphs, "_stored_version", lambda argument_map: -1)

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
