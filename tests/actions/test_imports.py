from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings

from argmap import actions, graphs
from argmap.core.formats.native import dump
from argmap.core.graph import Graph, Inference, Source, Statement
from argmap.core.kinds import Kind, Role, Stance, Verb
from argmap.models import ArgumentMap, Change, Scheme
from tests.strategies import graphs as any_graph


@pytest.mark.django_db
@given(graph=any_graph())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_comes_in_goes_out_the_same_bytes(graph: Graph) -> None:
    made = actions.import_graph(actor=None, graph=graph).map
    try:
        out = graphs.load_graph(made)
        assert dump(out).replace(f'"slug": "{made.slug}"', f'"slug": "{graph.slug}"') == dump(graph)
    finally:
        actions.delete_map(actor=None, argument_map=made)


def test_an_import_keeps_keys_and_version_and_leaves_one_change(
    a_map: ArgumentMap, outsider: User
) -> None:
    graph = graphs.load_graph(a_map)

    made = actions.import_graph(actor=outsider, graph=graph, owner=outsider).map

    assert (made.slug, made.version) == ("harbour-2", a_map.version)
    assert made.memberships.get().role == Role.OWNER
    change = Change.objects.get(map=made)
    assert (change.verb, change.activity, change.version) == (Verb.IMPORT, 1, a_map.version)
    keys = set(change.items.exclude(type="map").values_list("key", flat=True))
    assert keys == {"C1", "E1", "E2", "K1", "I1", "I2", "S1", "X1"}


def test_keys_of_the_file_are_not_handed_out_again(analyst: User) -> None:
    graph = Graph(title="Gaps", statements=(Statement(key="C40", kind=Kind.CLAIM, text="Far on."),))
    made = actions.import_graph(actor=analyst, graph=graph, owner=analyst).map

    added = actions.add_statement(actor=analyst, argument_map=made, kind="claim", text="Next.")

    assert added.key == "C41"


def test_unknown_schemes_are_made_bare_and_reported(analyst: User) -> None:
    statements = tuple(
        Statement(key=key, kind=Kind.CLAIM, text=f"{key} holds.") for key in ("C1", "C2")
    )
    step = Inference(
        key="I1", stance=Stance.SUPPORT, premises=("C2",), conclusion="C1", scheme="tea-leaves"
    )
    graph = Graph(title="Odd", statements=statements, inferences=(step,))

    made = actions.import_graph(actor=analyst, graph=graph)

    assert made.new_schemes == ("tea-leaves",)
    assert Scheme.objects.get(slug="tea-leaves").name == "Tea leaves"


def test_what_the_tables_refuse_names_its_place_and_nothing_is_written(analyst: User) -> None:
    graph = Graph(
        title="Bad",
        sources=(
            Source(key="S1", title="Good"),
            Source(key="S2", title="Bad", url="javascript:alert(1)"),
        ),
    )

    with pytest.raises(ValidationError, match=r"sources\[1\]\.url"):
        actions.import_graph(actor=analyst, graph=graph)

    assert not ArgumentMap.objects.exists()
