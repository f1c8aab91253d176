from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.graph import Graph
from argmap.core.kinds import Verb
from argmap.core.limits import PREMISES_LIMIT, TEXT_LIMIT
from argmap.models import ArgumentMap, Change, Scheme


def graph(a_map: ArgumentMap) -> Graph:
    a_map.refresh_from_db()
    return graphs.load_graph(a_map)


def latest(a_map: ArgumentMap) -> Change:
    return Change.objects.filter(map=a_map).latest("activity")


@pytest.fixture
def convergent(a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    """I3 and I4, from E1 and K1, support C1 each on its own; I5 undercuts I4, I6 attacks C1."""
    Scheme.objects.get_or_create(slug="consequences", defaults={"name": "From consequences"})
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(
        **on_it, stance="support", premises=["E1"], conclusion="C1", warrant="Ice.", weight=0.4
    )
    actions.add_inference(
        **on_it,
        stance="support",
        premises=["K1", "E1"],
        conclusion="C1",
        warrant="Cold.",
        scheme="consequences",
    )
    actions.add_inference(**on_it, stance="attack", premises=["E2"], conclusion="I4")
    actions.add_inference(**on_it, stance="attack", premises=["K1"], conclusion="C1")
    return a_map


def join(a_map: ArgumentMap, actor: User, *keys: str, seen: int | None = None) -> str:
    return actions.join_inferences(actor=actor, argument_map=a_map, keys=keys, seen=seen).key


def test_joined_inferences_are_one_with_all_premises_in_order(
    convergent: ArgumentMap, analyst: User
) -> None:
    activity = convergent.activity

    assert join(convergent, analyst, "I3", "I4", "I1") == "I3"

    found = graph(convergent)
    kept = found.inference["I3"]
    assert kept.premises == ("E1", "K1", "E2")
    assert kept.warrant == "Ice.\n\nCold.\n\nWhat was so dear last winter will be dear again."
    assert (kept.scheme, kept.weight) == ("consequences", 0.4)
    assert {each.key: each.conclusion for each in found.inferences} == {
        "I2": "I3",
        "I3": "C1",
        "I5": "I3",
        "I6": "C1",
    }
    change = latest(convergent)
    assert (change.verb, convergent.activity) == (Verb.JOIN, activity + 1)
    items = change.items.values_list("key", flat=True)
    assert sorted(items) == ["I1", "I2", "I3", "I4", "I5"]
    assert not audit(convergent)


def test_comments_go_over_to_the_one_that_stays(
    convergent: ArgumentMap, analyst: User, reviewer: User
) -> None:
    on_it: dict[str, Any] = {"actor": reviewer, "argument_map": convergent}
    first = actions.add_comment(**on_it, about="I4", body="Why?")
    actions.add_comment(**on_it, parent=first.pk, body="Because.")

    join(convergent, analyst, "I3", "I4")

    comments = convergent.comments.all()
    assert [(each.about, each.lost_target) for each in comments] == [("I3", "I4")] * 2


def test_a_scheme_that_is_there_stays_and_a_warrant_is_said_once(
    convergent: ArgumentMap, analyst: User
) -> None:
    actions.edit_inference(actor=analyst, argument_map=convergent, key="I3", warrant="Cold.")

    join(convergent, analyst, "I4", "I3")

    kept = graph(convergent).inference["I4"]
    assert (kept.scheme, kept.warrant, kept.premises) == ("consequences", "Cold.", ("K1", "E1"))


def test_inferences_that_say_the_same_are_joined_too(
    convergent: ArgumentMap, analyst: User
) -> None:
    actions.add_inference(
        actor=analyst,
        argument_map=convergent,
        stance="attack",
        premises=["K1"],
        conclusion="C1",
        scheme="sign",
    )

    join(convergent, analyst, "I6", "I7")

    assert "I7" not in graph(convergent).inference
    assert convergent.inferences.get(key="I6").changed_in == convergent.version


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ([], "two inferences or more"),
        (["I3", "I3"], "two inferences or more"),
        (["I3", "I2"], "I3 and I2 conclude in different things"),
        (["I3", "I6"], "One of I3 and I6 supports"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    convergent: ArgumentMap, analyst: User, keys: list[str], why: str
) -> None:
    before = graph(convergent)

    with pytest.raises(ValidationError, match=why) as caught:
        join(convergent, analyst, *keys)

    assert list(caught.value.message_dict) == ["keys"]
    assert graph(convergent) == before


def test_what_would_be_too_much_for_one_inference_is_refused(
    convergent: ArgumentMap, analyst: User
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": convergent}
    actions.edit_inference(**on_it, key="I3", warrant="w" * TEXT_LIMIT)
    with pytest.raises(ValidationError) as caught:
        join(convergent, analyst, "I3", "I4")
    assert list(caught.value.message_dict) == ["warrant"]

    more = [
        actions.add_statement(**on_it, kind="evidence", text="Ice.").key
        for _ in range(PREMISES_LIMIT - 1)
    ]
    actions.edit_inference(**on_it, key="I3", premises=more, warrant="")
    with pytest.raises(ValidationError) as caught:
        join(convergent, analyst, "I3", "I4")
    assert list(caught.value.message_dict) == ["premises"]


def test_joining_what_is_gone_or_was_changed(
    convergent: ArgumentMap, analyst: User, editor: User
) -> None:
    seen = convergent.version
    with pytest.raises(actions.Gone, match="I9"):
        join(convergent, analyst, "I3", "I9")

    actions.edit_inference(actor=editor, argument_map=convergent, key="I4", weight=0.2)
    with pytest.raises(actions.Conflict, match=r"editor changed I4 \(weight\)"):
        join(convergent, analyst, "I3", "I4", seen=seen)


def test_joining_and_splitting_are_the_editors(convergent: ArgumentMap, reviewer: User) -> None:
    with pytest.raises(PermissionDenied):
        join(convergent, reviewer, "I3", "I4")
    with pytest.raises(PermissionDenied):
        actions.split_inference(actor=reviewer, argument_map=convergent, key="I1")


def test_a_split_makes_one_inference_for_each_premise(
    convergent: ArgumentMap, analyst: User
) -> None:
    activity = convergent.activity
    actions.edit_inference(actor=analyst, argument_map=convergent, key="I4", weight=0.3)

    made = actions.split_inference(actor=analyst, argument_map=convergent, key="I4")

    found = graph(convergent)
    assert [row.key for row in made] == ["I4", "I7"]
    first, second = (found.inference[row.key] for row in made)
    assert (first.premises, second.premises) == (("K1",), ("E1",))
    for name in ("stance", "conclusion", "scheme", "warrant", "weight"):
        assert getattr(first, name) == getattr(second, name)
    assert found.inference["I5"].conclusion == "I4"
    change = latest(convergent)
    assert (change.verb, convergent.activity) == (Verb.SPLIT, activity + 2)
    assert list(change.items.values_list("key", flat=True)) == ["I4", "I7"]


def test_a_split_inference_joins_to_what_it_was(a_map: ArgumentMap, analyst: User) -> None:
    before = graph(a_map)

    made = actions.split_inference(actor=analyst, argument_map=a_map, key="I1")
    join(a_map, analyst, *(row.key for row in made))

    assert graph(a_map).inferences == before.inferences


def test_what_cannot_be_split(a_map: ArgumentMap, analyst: User, editor: User) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    seen = a_map.version
    with pytest.raises(ValidationError, match="I2 has one premise"):
        actions.split_inference(**on_it, key="I2")
    with pytest.raises(actions.Gone):
        actions.split_inference(**on_it, key="I9")

    actions.edit_inference(actor=editor, argument_map=a_map, key="I1", weight=0.2)
    with pytest.raises(actions.Conflict):
        actions.split_inference(**on_it, key="I1", seen=seen)
