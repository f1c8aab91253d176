from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions, graphs
from argmap.core.graph import Graph
from argmap.core.kinds import Verb
from argmap.core.limits import PREMISES_LIMIT
from argmap.models import ArgumentMap, Change

NEW: dict[str, Any] = {"kind": "evidence", "text": "The ice lasted longer each year."}


def latest(a_map: ArgumentMap) -> Change:
    return Change.objects.filter(map=a_map).latest("activity")


def keys_of(change: Change) -> list[str]:
    return list(change.items.values_list("key", flat=True))


def graph(a_map: ArgumentMap) -> Graph:
    a_map.refresh_from_db()
    return graphs.load_graph(a_map)


@pytest.mark.parametrize(("about", "relation"), [("C1", "supported by"), ("I1", "backed by")])
def test_a_reason_is_a_statement_and_its_step_in_one_change(
    a_map: ArgumentMap, analyst: User, about: str, relation: str
) -> None:
    activity = a_map.activity

    statement, inference = actions.add_reason(
        actor=analyst,
        argument_map=a_map,
        about=about,
        stance="support",
        scheme="sign",
        warrant="More ice, more days lost.",
        tags=["ice"],
        **NEW,
    )

    found = graph(a_map)
    step = found.inference[inference.key]
    assert (step.premises, step.conclusion, step.relation) == (("E3",), about, relation)
    assert (step.scheme, step.warrant) == ("sign", "More ice, more days lost.")
    assert found.statement[statement.key].tags == ("ice",)
    assert a_map.activity == activity + 1
    assert latest(a_map).verb == Verb.CREATE
    assert keys_of(latest(a_map)) == ["E3", "I3"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": " "}, "text"),
        ({"kind": "premise"}, "kind"),
        ({"stance": "neutral"}, "stance"),
        ({"scheme": "no-such"}, "scheme"),
        ({"warrant": "a NUL \x00 byte"}, "warrant"),
        ({"weight": 1.0}, "weight"),
    ],
)
def test_a_reason_that_is_refused_leaves_nothing(
    a_map: ArgumentMap, analyst: User, fields: dict[str, Any], field: str
) -> None:
    before = graph(a_map)

    with pytest.raises(ValidationError) as caught:
        actions.add_reason(
            actor=analyst,
            argument_map=a_map,
            **{"about": "C1", "stance": "support", **NEW, **fields},
        )

    assert list(caught.value.message_dict) == [field]
    assert graph(a_map) == before


@pytest.mark.parametrize("about", ["C9", "I9", "S1", ""])
def test_a_reason_for_what_is_not_there(a_map: ArgumentMap, analyst: User, about: str) -> None:
    with pytest.raises(actions.Gone):
        actions.add_reason(actor=analyst, argument_map=a_map, about=about, stance="attack", **NEW)


def test_a_statement_becomes_one_more_premise_behind_the_others(
    a_map: ArgumentMap, analyst: User
) -> None:
    made = actions.add_statement(actor=analyst, argument_map=a_map, **NEW)

    actions.add_premise(actor=analyst, argument_map=a_map, key="I1", statement=made.key)

    assert graph(a_map).inference["I1"].premises == ("E1", "E2", "E3")
    item = latest(a_map).items.get()
    assert (item.key, item.fields) == ("I1", ["premises"])


def test_a_new_statement_becomes_one_more_premise_in_one_change(
    a_map: ArgumentMap, analyst: User
) -> None:
    activity = a_map.activity

    statement, inference = actions.add_new_premise(
        actor=analyst, argument_map=a_map, key="I1", note="Seen.", **NEW
    )

    assert graph(a_map).inference[inference.key].premises == ("E1", "E2", statement.key)
    assert a_map.activity == activity + 1
    assert (latest(a_map).verb, keys_of(latest(a_map))) == (Verb.CREATE, ["E3", "I1"])


@pytest.mark.parametrize("statement", ["E1", "C1"])
def test_no_premise_is_there_twice_or_is_the_conclusion(
    a_map: ArgumentMap, analyst: User, statement: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.add_premise(actor=analyst, argument_map=a_map, key="I1", statement=statement)

    assert list(caught.value.message_dict) == ["statement"]


def test_an_inference_starts_from_no_more_premises_than_its_limit(
    a_map: ArgumentMap, analyst: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    more = [actions.add_statement(**on_it, **NEW).key for _ in range(PREMISES_LIMIT - 2)]
    actions.edit_inference(**on_it, key="I1", premises=["E1", "E2", *more])
    before = graph(a_map)

    with pytest.raises(ValidationError, match="50 is the most") as caught:
        actions.add_new_premise(**on_it, key="I1", **NEW)

    assert list(caught.value.message_dict) == ["premises"]
    assert graph(a_map) == before


Add = Callable[..., object]
PREMISES: list[tuple[Add, dict[str, Any]]] = [
    (actions.add_premise, {"statement": "K1"}),
    (actions.add_new_premise, NEW),
]


@pytest.mark.parametrize(("add", "fields"), PREMISES)
def test_premises_of_an_inference_that_changed_or_went(
    a_map: ArgumentMap, analyst: User, editor: User, add: Add, fields: dict[str, Any]
) -> None:
    seen = a_map.version
    actions.edit_inference(actor=editor, argument_map=a_map, key="I1", warrant="Better.")
    with pytest.raises(actions.Conflict, match=r"editor changed I1 \(warrant\)"):
        add(actor=analyst, argument_map=a_map, key="I1", seen=seen, **fields)

    actions.delete_inference(actor=editor, argument_map=a_map, key="I1")
    with pytest.raises(actions.Gone, match="I1"):
        add(actor=analyst, argument_map=a_map, key="I1", **fields)


def test_reasons_and_premises_are_the_editors(a_map: ArgumentMap, reviewer: User) -> None:
    for add, fields in PREMISES:
        with pytest.raises(PermissionDenied):
            add(actor=reviewer, argument_map=a_map, key="I1", **fields)
    with pytest.raises(PermissionDenied):
        actions.add_reason(actor=reviewer, argument_map=a_map, about="C1", stance="support", **NEW)
