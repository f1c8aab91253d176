"""A copy of a map: the same graph, and nothing of what people made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.core.kinds import Visibility
from argmap.core.limits import LINE_LIMIT
from argmap.models import ArgumentMap, Change, Comment, Source
from tests.strategies import graphs as any_graph

TEXT = "The winter. On forty days no ship came in."


def bare(graph: Graph) -> Graph:
    """Leave out what tells a copy from its original."""
    return replace(graph, title="", slug="", version=0)


def test_a_copy_is_the_same_graph_private_and_its_makers(
    a_map: ArgumentMap, analyst: User, viewer: User
) -> None:
    actions.attach_text(
        actor=analyst,
        argument_map=a_map,
        key="S1",
        data=TEXT.encode(),
        media_type="text/plain",
    )
    actions.add_comment(actor=analyst, argument_map=a_map, body="Mine.", about="C1")
    actions.take_snapshot(actor=analyst, argument_map=a_map, name="First")
    before = a_map.changes.count()

    made = actions.copy_map(actor=viewer, argument_map=a_map)

    assert bare(graphs.load_graph(made)) == bare(graphs.load_graph(a_map))
    assert (made.title, made.slug) == (
        "The harbour should close (copy)",
        "the-harbour-should-close-copy",
    )
    assert (made.version, made.activity, made.visibility) == (1, 1, Visibility.PRIVATE)
    roles = made.memberships.values_list("user__username", "role")
    assert list(roles) == [("viewer", "owner")]
    assert made.sources.get().text == TEXT
    assert not made.snapshots.exists()
    assert not Comment.objects.filter(map=made).exists()
    assert a_map.changes.count() == before


def test_its_log_says_what_was_made(a_map: ArgumentMap, analyst: User) -> None:
    Source.objects.update(text=TEXT)
    made = actions.copy_map(actor=analyst, argument_map=a_map, title="What if it froze?")

    change = Change.objects.get(map=made)
    assert (change.verb, change.actor, made.slug) == ("copy", analyst, "what-if-it-froze")
    items = {item.key: item.after for item in change.items.all()}
    elements = {"C1", "E1", "E2", "K1", "I1", "I2", "S1", "X1"}
    assert items.keys() == elements | {"what-if-it-froze"}
    source = items["S1"]
    assert source is not None
    assert source["text_length"] == len(TEXT)


def test_new_elements_of_a_copy_have_new_keys(a_map: ArgumentMap, analyst: User) -> None:
    made = actions.copy_map(actor=analyst, argument_map=a_map)
    added = actions.add_statement(actor=analyst, argument_map=made, kind="evidence", text="Tugs.")
    assert added.key == "E3"


def test_who_may_not_read_may_not_copy(a_map: ArgumentMap, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.copy_map(actor=outsider, argument_map=a_map)
    assert ArgumentMap.objects.count() == 1


def test_an_archived_map_is_copied_into_one_in_use(a_map: ArgumentMap, analyst: User) -> None:
    actions.archive_map(actor=analyst, argument_map=a_map)
    made = actions.copy_map(actor=analyst, argument_map=a_map)
    actions.add_statement(actor=analyst, argument_map=made, kind="claim", text="Go on.")
    assert made.archived_at is None


def test_the_longest_title_has_room_for_the_word(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, title="T" * LINE_LIMIT)
    made = actions.copy_map(actor=analyst, argument_map=a_map)
    assert len(made.title) == LINE_LIMIT
    assert made.title.endswith("T (copy)")


@pytest.mark.django_db
@given(graph=any_graph())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_copy_of_any_map_is_the_same_graph(graph: Graph, analyst: User) -> None:
    original = actions.import_graph(actor=analyst, graph=graph, owner=analyst).map
    made = actions.copy_map(actor=analyst, argument_map=original)
    try:
        assert bare(graphs.load_graph(made)) == bare(graphs.load_graph(original))
        assert not audit(made)
    finally:
        actions.delete_map(actor=None, argument_map=made)
        actions.delete_map(actor=None, argument_map=original)
