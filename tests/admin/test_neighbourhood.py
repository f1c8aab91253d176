"""What lies around an element, drawn as it stands and as the form changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from argmap import actions
from argmap.models import ArgumentMap, Change, Inference, Statement

Desks = Callable[[User], Any]

CLAIM = {"kind": "claim", "text": "Close it.", "title": "", "status": "draft"}
STEP = {"stance": "attack", "premises": ["E2"], "conclusion": "C1", "warrant": "It is so."}


def address(a_map: ArgumentMap, name: str, key: str = "") -> str:
    if not key:
        return f"{reverse(f'admin:argmap_{name}_neighbourhood_of_new')}?map={a_map.pk}"
    rows = a_map.inferences if name == "inference" else a_map.statements
    return reverse(f"admin:argmap_{name}_neighbourhood", args=[rows.get(key=key).pk])


def test_the_page_shows_what_lies_one_step_around(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    actions.add_reason(
        actor=analyst, argument_map=a_map, about="E2", stance="support", kind="claim", text="Far."
    )
    claim = Statement.objects.get(map=a_map, key="C1")
    html = desk(analyst).open("claim_change", claim.pk).content.decode()
    for key in ("C1", "E1", "E2", "K1"):
        assert f'id="n-{key}"' in html
    assert 'id="n-C2"' not in html
    row = Statement.objects.get(map=a_map, key="E1")
    assert reverse("admin:argmap_evidence_change", args=[row.pk]) in html
    assert address(a_map, "claim", "C1") in html


def test_what_is_typed_is_drawn_and_not_written(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    before = Change.objects.count()
    typed = {**CLAIM, "kind": "evidence", "title": "<Typed>", "likelihood": "very_likely"}
    answer = desk(analyst).client.post(address(a_map, "claim", "C1"), typed).json()
    assert "&lt;Typed&gt;" in answer["svg"]
    assert "very likely" in answer["svg"].lower()
    assert 'class="node evidence draft focus"' in answer["svg"]
    assert answer["note"] == ""
    assert Change.objects.count() == before
    assert Statement.objects.get(map=a_map, key="C1").title == ""


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": " "}, "Text: This field is required."),
        ({"kind": "lie"}, "Kind"),
        ({"title": "x" * 200}, "Title"),
        ({"likelihood": "sure"}, "Likelihood"),
        ({"text": "bell \x07"}, "cannot be kept"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_drawing_stays(
    desk: Desks, analyst: User, a_map: ArgumentMap, typed: dict[str, str], told: str
) -> None:
    found = desk(analyst).client.post(address(a_map, "claim", "C1"), {**CLAIM, **typed}).json()
    assert told in found["note"]
    assert found["svg"] == ""


def test_an_inference_is_drawn_and_said_as_it_is_typed(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    found = desk(analyst).client.post(address(a_map, "inference", "I1"), STEP).json()
    assert found["said"] == "E2 attacks C1, because it is so."
    assert 'data-premises="E2"' in found["svg"]
    assert 'id="n-E1"' not in found["svg"]
    assert Inference.objects.get(map=a_map, key="I1").stance == "support"


def test_a_new_inference_is_drawn_between_what_it_is_to_join(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    step = {**STEP, "premises": ["K1", "E2"], "conclusion": "I2"}
    found = desk(analyst).client.post(address(a_map, "inference"), step).json()
    assert found["said"] == "K1 and E2 together undercut I2, because it is so."
    assert "New attack" in found["svg"]
    assert 'class="edge attack linked undercut focus typed"' in found["svg"]
    assert ">I999999999<" not in found["svg"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"premises": []}, "Premises"),
        ({"premises": ["E9"]}, "This map has no E9."),
        ({"conclusion": ""}, "Conclusion"),
        ({"conclusion": "Z9"}, "This map has no Z9."),
        ({"conclusion": "I1"}, "does not bear on itself"),
        ({"premises": ["C1"]}, "does not bear on itself"),
        ({"scheme": "x"}, "Scheme"),
        ({"stance": "both"}, "Stance"),
    ],
)
def test_an_inference_that_cannot_be_drawn_is_told(
    desk: Desks, analyst: User, a_map: ArgumentMap, typed: dict[str, Any], told: str
) -> None:
    found = desk(analyst).client.post(address(a_map, "inference", "I1"), {**STEP, **typed}).json()
    assert told in found["note"]
    assert (found["svg"], found["said"]) == ("", "")


def test_only_who_may_change_it_has_it_drawn(
    desk: Desks,
    viewer: User,
    outsider: User,
    reviewer: User,
    a_map: ArgumentMap,
    hidden_map: ArgumentMap,
    analyst: User,
) -> None:
    reviewer.is_staff = True
    reviewer.save()
    reviewer.groups.add(Group.objects.get(name="Analysts"))
    for name, key, typed in (("claim", "C1", CLAIM), ("inference", "I1", STEP)):
        here = address(a_map, name, key)
        for person, status in ((viewer, 403), (reviewer, 403), (outsider, 404)):
            assert desk(person).client.post(here, typed).status_code == status
        there = desk(analyst).client.post(address(hidden_map, name, key), typed)
        assert there.status_code == 404
        assert desk(analyst).client.get(here).status_code == 405
    for person, where in ((viewer, a_map), (analyst, hidden_map)):
        answer = desk(person).client.post(address(where, "inference"), STEP)
        assert answer.status_code == 403
