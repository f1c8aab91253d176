from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from argmap import actions, graphs
from argmap.models import ArgumentMap, Change, Inference


def test_premises_are_replaced_in_the_order_given(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", premises=["E2", "K1", "E1"])

    assert graphs.load_graph(a_map).inference["I1"].premises == ("E2", "K1", "E1")
    item = Change.objects.filter(map=a_map).latest("activity").items.get()
    assert item.before
    assert item.after
    assert (item.before["premises"], item.after["premises"]) == (["E1", "E2"], ["E2", "K1", "E1"])


def test_an_undercut_may_be_turned_on_a_statement(a_map: ArgumentMap, analyst: User) -> None:
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I2", conclusion="E1")

    graph = graphs.load_graph(a_map)
    assert graph.inference["I2"].relation == "attacked by"
    assert not graph.bearing_on("I1")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"conclusion": "I1"}, "conclusion"),
        ({"conclusion": "I2"}, "conclusion"),
        ({"conclusion": "E1"}, "conclusion"),
        ({"conclusion": "C9"}, "conclusion"),
        ({"conclusion": ""}, "conclusion"),
        ({"premises": ["C1"]}, "conclusion"),
        ({"premises": []}, "premises"),
        ({"premises": ["E1", "E1"]}, "premises"),
        ({"premises": ["E9"]}, "premises"),
        ({"premises": "E1"}, "premises"),
        ({"scheme": "no-such"}, "scheme"),
        ({"stance": "neutral"}, "stance"),
        ({"weight": -0.1}, "weight"),
        ({"changed_in": 0}, "changed_in"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    before = graphs.load_graph(a_map)

    with pytest.raises(ValidationError) as caught:
        actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", **fields)

    a_map.refresh_from_db()
    assert list(caught.value.message_dict) == [field]
    assert graphs.load_graph(a_map) == before


def test_a_ring_of_undercuts_is_refused_however_long(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(**on_it, stance="attack", premises=["E1"], conclusion="I2")

    with pytest.raises(ValidationError, match="by way of others"):
        actions.edit_inference(**on_it, key="I1", conclusion="I3")


def test_no_inference_joins_two_maps(a_map: ArgumentMap, analyst: User) -> None:
    other = actions.create_map(actor=analyst, title="Another")
    actions.add_statement(actor=analyst, argument_map=other, kind="claim", text="Elsewhere.")

    for fields in (
        {"premises": ["E1"], "conclusion": "C1"},
        {"premises": ["C1"], "conclusion": "E1"},
    ):
        with pytest.raises(ValidationError):
            actions.add_inference(
                actor=analyst,
                argument_map=other,
                stance="support",
                **fields,  # type: ignore[arg-type]
            )


def test_the_database_itself_refuses_two_conclusions_and_none(a_map: ArgumentMap) -> None:
    first, second = a_map.inferences.order_by("key")
    for fields in (
        {"conclusion_inference": second.pk},
        {"conclusion_statement": None},
        {"conclusion_statement": None, "conclusion_inference": first.pk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Inference.objects.filter(pk=first.pk).update(**fields)


def test_deleting_an_inference_keeps_its_premises(a_map: ArgumentMap, analyst: User) -> None:
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I1")

    graph = graphs.load_graph(a_map)
    assert not graph.inferences
    assert len(graph.statements) == 4


def test_a_step_is_not_taken_twice(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    before = graphs.load_graph(a_map)

    supports = {"stance": "support", "premises": ["E2", "E1"], "conclusion": "C1", "scheme": "sign"}
    undercuts = {"stance": "attack", "premises": ["K1"], "conclusion": "I1"}
    steps: list[tuple[dict[str, Any], str]] = [
        (supports, "E2 and E1 already support C1 (I1)."),
        (undercuts, "K1 already undercuts I1 (I2)."),
    ]
    for fields, said in steps:
        with pytest.raises(actions.Repeated) as caught:
            actions.add_inference(**on_it, **fields)
        assert caught.value.message_dict == {"conclusion": [said]}

    a_map.refresh_from_db()
    assert graphs.load_graph(a_map) == before


@pytest.mark.parametrize(
    "other",
    [
        {"stance": "attack"},
        {"premises": ["E1"]},
        {"premises": ["E1", "E2", "K1"]},
        {"conclusion": "K1"},
        {"conclusion": "I1"},
        {"scheme": None},
        {"warrant": "Ice is a sign of frost."},
    ],
)
def test_another_step_from_the_same_premises_may_be_taken(
    a_map: ArgumentMap, analyst: User, other: dict[str, Any]
) -> None:
    step = {"stance": "support", "premises": ["E1", "E2"], "conclusion": "C1", "scheme": "sign"}
    made = actions.add_inference(actor=analyst, argument_map=a_map, **{**step, **other})
    assert made.key == "I3"


def test_no_step_is_made_like_another(a_map: ArgumentMap, analyst: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    step: dict[str, Any] = {"stance": "support", "conclusion": "C1"}
    actions.add_inference(**on_it, **step, premises=["E1", "E2"])
    actions.add_inference(**on_it, **step, premises=["E1"], scheme="sign")

    with pytest.raises(actions.Repeated, match=r"already support C1 \(I1\)"):
        actions.edit_inference(**on_it, key="I3", scheme="sign")
    with pytest.raises(actions.Repeated, match=r"already support C1 \(I1\)"):
        actions.add_premise(**on_it, key="I4", statement="E2")
    actions.edit_inference(**on_it, key="I3", scheme="sign", warrant="Ice breaks.")


def test_what_a_file_brings_twice_is_kept_and_can_be_edited(
    a_map: ArgumentMap, analyst: User
) -> None:
    graph = graphs.load_graph(a_map)
    again = replace(graph.inference["I1"], key="I3")
    brought = actions.import_graph(
        actor=analyst,
        owner=analyst,
        graph=replace(graph, inferences=(*graph.inferences, again)),
        slug="again",
    ).map

    on_it: dict[str, Any] = {"actor": analyst, "argument_map": brought}
    assert actions.edit_inference(**on_it, key="I3", weight=0.5, stance="support").weight == 0.5
    actions.delete_inference(**on_it, key="I3")
    actions.undo(**on_it)
    assert graphs.load_graph(brought).inference["I3"].weight == 0.5
