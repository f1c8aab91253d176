"""Merging sources that are one document, and taking it back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions
from argmap.audit import audit
from argmap.core.formats.native import dump
from argmap.graphs import load_graph
from argmap.models import ArgumentMap, Change, Excerpt, Source

LOG = "Winter\n\nIt froze early. On forty days no ship came in.\n"
PLACE = {"section": "Winter", "paragraph": 1, "sentence": 1}


@pytest.fixture
def on(analyst: User, a_map: ArgumentMap) -> dict[str, Any]:
    """The map with a second source S2, of which X2 for E2 is taken."""
    found: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_source(**found, title="The harbour log", url="https://x.example/", publisher="Port")
    actions.add_excerpt(
        **found, statement="E2", source="S2", quotation="It froze early.", locator=PLACE
    )
    return found


def source(a_map: ArgumentMap, key: str) -> Source:
    return Source.objects.get(map=a_map, key=key)


def attach(on: dict[str, Any], key: str, text: str = LOG) -> None:
    actions.attach_text(**on, key=key, data=text.encode(), media_type="text/plain")


def test_excerpts_move_to_the_one_that_stays_and_gaps_are_filled(
    on: dict[str, Any], a_map: ArgumentMap
) -> None:
    actions.merge_sources(**on, keep="S1", others=["S2", "S1", "S2"])
    kept = Source.objects.get(map=a_map)
    assert {excerpt.key for excerpt in kept.excerpts.all()} == {"X1", "X2"}
    told = (kept.title, kept.authors, kept.published, kept.url, kept.publisher)
    assert told == (
        "The harbour master's log",
        ["A. Pilot"],
        "2016-12",
        "https://x.example/",
        "Port",
    )
    change = Change.objects.filter(map=a_map).latest("activity")
    told_of = {item.key: item.fields for item in change.items.exclude(after=None)}
    assert change.verb == "merge"
    assert told_of == {"S1": ["publisher", "url"], "X2": ["source"]}
    assert not audit(a_map)


def test_a_merge_is_undone_and_redone_whole(on: dict[str, Any], a_map: ArgumentMap) -> None:
    before = dump(load_graph(a_map)).split('"version"')
    actions.merge_sources(**on, keep="S1", others=["S2"])
    merged = dump(load_graph(a_map)).split('"version"')
    actions.undo(**on)
    assert dump(load_graph(a_map)).split('"version"')[0] == before[0]
    assert source(a_map, "S2").excerpts.get().key == "X2"
    assert source(a_map, "S1").url == ""
    actions.redo(**on)
    assert dump(load_graph(a_map)).split('"version"')[0] == merged[0]
    assert Source.objects.get(map=a_map).excerpts.count() == 2
    assert not audit(a_map)


def test_a_text_that_both_have_comes_back_with_an_undo(
    on: dict[str, Any], a_map: ArgumentMap
) -> None:
    attach(on, "S1")
    attach(on, "S2")
    stood = Excerpt.objects.get(map=a_map, key="X2")
    actions.merge_sources(**on, keep="S1", others=["S2"])
    moved = Excerpt.objects.get(map=a_map, key="X2")
    assert (moved.start, moved.end, moved.exact) == (stood.start, stood.end, stood.exact)
    actions.undo(**on)
    assert source(a_map, "S2").text == LOG
    assert source(a_map, "S2").excerpts.get().start == stood.start


def test_a_text_that_was_replaced_since_does_not_come_back_as_another(
    on: dict[str, Any], a_map: ArgumentMap
) -> None:
    attach(on, "S1")
    attach(on, "S2")
    actions.merge_sources(**on, keep="S1", others=["S2"])
    attach(on, "S1", LOG.replace("forty", "fifty"))
    with pytest.raises(ValidationError, match="with its text"):
        actions.undo(**on)
    assert not Source.objects.filter(map=a_map, key="S2").exists()


def test_a_text_of_its_own_is_not_lost(on: dict[str, Any], a_map: ArgumentMap) -> None:
    attach(on, "S2")
    with pytest.raises(ValidationError, match="let S2 stay"):
        actions.merge_sources(**on, keep="S1", others=["S2"])
    assert source(a_map, "S2").text == LOG


def test_excerpts_without_words_are_looked_up_in_the_text(
    on: dict[str, Any], a_map: ArgumentMap
) -> None:
    attach(on, "S1")
    actions.merge_sources(**on, keep="S1", others=["S2"])
    found = Excerpt.objects.get(map=a_map, key="X2")
    assert (found.exact, LOG[found.start : found.end]) == ("It froze early.", "It froze early.")
    actions.undo(**on)
    found.refresh_from_db()
    assert (found.exact, found.start, found.source.key) == (None, None, "S2")


@pytest.mark.parametrize("others", [[], ["S1"]])
def test_nothing_to_merge_is_refused(on: dict[str, Any], others: list[str]) -> None:
    with pytest.raises(ValidationError, match="two sources or more"):
        actions.merge_sources(**on, keep="S1", others=others)


def test_what_changed_or_went_meanwhile_is_refused(on: dict[str, Any], a_map: ArgumentMap) -> None:
    seen = a_map.version
    actions.edit_source(**on, key="S2", note="New.")
    with pytest.raises(actions.Conflict, match="S2"):
        actions.merge_sources(**on, keep="S1", others=["S2"], seen=seen)
    with pytest.raises(actions.Gone):
        actions.merge_sources(**on, keep="S1", others=["S9"])


def test_who_may_only_read_merges_nothing(
    on: dict[str, Any], a_map: ArgumentMap, reviewer: User
) -> None:
    with pytest.raises(PermissionDenied):
        actions.merge_sources(actor=reviewer, argument_map=a_map, keep="S1", others=["S2"])
