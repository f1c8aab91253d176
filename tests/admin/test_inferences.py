"""Inferences in the admin, and the fields that find elements of the map at hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from argmap import actions
from argmap.models import ArgumentMap, Change, Inference

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]


def find(a_map: ArgumentMap, key: str) -> Inference:
    return Inference.objects.get(map=a_map, key=key)


def premises(a_map: ArgumentMap, key: str) -> list[str]:
    rows = find(a_map, key).premises.order_by("order")
    return list(rows.values_list("statement__key", flat=True))


def test_a_new_inference_keeps_its_premises_in_order(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    query = f"?map={a_map.pk}&conclusion=C1&stance=attack"
    page = desk(analyst).open("inference_add", query=query)
    desk(analyst).send(page, premises=["K1", "E2", "E1"], warrant="So it is.")
    assert premises(a_map, "I3") == ["K1", "E2", "E1"]
    found = find(a_map, "I3")
    assert (found.stance, found.conclusion and found.conclusion.key) == ("attack", "C1")
    assert last_change()[0][:3] == ("analyst", "create", "I3")


def test_without_scripts_keys_are_typed(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    page = desk(analyst).open("inference_change", find(a_map, "I1").pk)
    assert '<noscript><input type="text" name="premises-typed" value="E1, E2"' in (
        page.content.decode()
    )
    typed = {"premises-typed": "k1, E2", "conclusion-typed": "c1"}
    desk(analyst).send(page, **typed)
    assert premises(a_map, "I1") == ["K1", "E2"]


def test_saving_what_nobody_changed_leaves_no_change(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("inference_change", find(a_map, "I1").pk)
    desk(analyst).send(page)
    assert Change.objects.count() == before


def test_an_inference_may_bear_on_another_and_lose_its_scheme(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("inference_change", find(a_map, "I1").pk)
    desk(analyst).send(page, scheme="", weight="0.5")
    assert last_change() == [("analyst", "edit", "I1", ["scheme", "weight"])]


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"premises": []}, "premises", "required"),
        ({"premises": ["C9"]}, "premises", "no statement"),
        ({"premises-typed": "E1, E1"}, "premises", "twice"),
        ({"premises": ["C1"]}, "conclusion", "its own conclusion"),
        ({"conclusion": "I2"}, "conclusion", "cannot bear on itself"),
        ({"conclusion": "Z"}, "conclusion", "no statement or inference"),
        ({"weight": "2"}, "weight", "less than or equal to 1"),
    ],
)
def test_what_breaks_a_rule_is_said_at_the_field(
    desk: Desks, analyst: User, a_map: ArgumentMap, typed: dict[str, Any], field: str, told: str
) -> None:
    before = Change.objects.count()
    page = desk(analyst).open("inference_change", find(a_map, "I1").pk)
    refused = desk(analyst).send(page, **typed)
    errors = refused.context["adminform"].form.errors
    assert told in errors[field][0]
    assert Change.objects.count() == before


def test_the_second_of_two_authors_sees_both_lists_of_premises(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    page = desk(editor).open("inference_change", find(a_map, "I1").pk)
    actions.edit_inference(
        actor=analyst, argument_map=a_map, key="I1", premises=["E1"], stance="attack"
    )
    refused = desk(editor).send(page, premises=["E2", "E1"])
    form = refused.context["adminform"].form
    assert [tuple(clash) for clash in form.clashes] == [("Premises", "E1", "E2, E1")]
    desk(editor).send(refused)
    assert (premises(a_map, "I1"), find(a_map, "I1").stance) == (["E2", "E1"], "attack")


def test_the_page_says_the_inference_in_words_and_asks_its_questions(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    scheme = find(a_map, "I1").scheme
    assert scheme
    scheme.questions.create(order=1, text="How strong is the sign?")
    html = desk(analyst).open("inference_change", find(a_map, "I1").pk).content.decode()
    assert "E1 and E2 together support C1 (argument from sign)" in html
    assert "How strong is the sign?" in html
    assert "K1 undercuts I1" in html


def elements(desk: Any, a_map: ArgumentMap, query: str) -> Any:
    address = reverse("admin:argmap_argumentmap_elements", args=[a_map.pk])
    return desk.client.get(f"{address}?{query}")


def test_fields_find_elements_of_their_map_by_key_and_text(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    at_work = desk(analyst)

    def keys(query: str) -> list[str]:
        return [found["id"] for found in elements(at_work, a_map, query).json()["results"]]

    assert keys("letters=CEKI") == ["C1", "E1", "E2", "K1", "I1", "I2"]
    assert keys("letters=CEK&term=e") == ["C1", "E1", "E2", "K1"]
    assert keys("letters=CEK&term=E2") == ["E2"]
    assert keys("letters=CEK&term=forty") == ["E1"]
    assert keys("letters=S") == ["S1"]
    assert keys("letters=X&term=X1") == ["X1"]
    assert keys("letters=Q") == []
    assert keys("letters=CEK&page=x") == ["C1", "E1", "E2", "K1"]


def test_what_is_found_comes_in_pages(desk: Desks, analyst: User, a_map: ArgumentMap) -> None:
    for number in range(38):
        actions.add_statement(
            actor=analyst, argument_map=a_map, kind="claim", text=f"Claim {number}."
        )
    found: list[str] = []
    for page in (1, 2, 3):
        answer = elements(desk(analyst), a_map, f"letters=CEKI&page={page}").json()
        found += [row["id"] for row in answer["results"]]
        assert answer["pagination"]["more"] == (page < 3)
    assert len(found) == len(set(found)) == 39 + 3 + 2


@pytest.mark.parametrize("number", ["theirs", "none"])
def test_fields_find_nothing_on_a_map_that_one_may_not_read(
    desk: Desks, analyst: User, hidden_map: ArgumentMap, number: str
) -> None:
    pk = hidden_map.pk if number == "theirs" else 999_999
    address = reverse("admin:argmap_argumentmap_elements", args=[pk])
    answer = desk(analyst).client.get(f"{address}?letters=CEKISX")
    assert answer.status_code == 404
    assert b"Covert" not in answer.content


def test_a_key_of_another_map_names_nothing(
    desk: Desks, analyst: User, a_map: ArgumentMap, hidden_map: ArgumentMap, outsider: User
) -> None:
    actions.add_statement(
        actor=outsider, argument_map=hidden_map, kind="counterargument", text="Covert two."
    )
    page = desk(analyst).open("inference_change", find(a_map, "I1").pk)
    refused = desk(analyst).send(page, premises=["K2"])
    assert b"Covert" not in refused.content
    assert premises(a_map, "I1") == ["E1", "E2"]


def test_deleting_an_inference_says_what_falls_with_it(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    page = desk(analyst).open("inference_delete", find(a_map, "I1").pk)
    assert "I2: K1 undercuts I1" in page.content.decode()
    desk(analyst).client.post(page.request["PATH_INFO"], {"post": "yes", "seen": "9"})
    assert {key for _, _, key, _ in last_change()} == {"I1", "I2"}


def test_deleting_several_at_once_of_which_one_falls_with_another(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    data = {
        "action": "delete_selected",
        "_selected_action": [find(a_map, "I1").pk, find(a_map, "I2").pk],
        "post": "yes",
    }
    desk(analyst).client.post(reverse("admin:argmap_inference_changelist"), data)
    assert not Inference.objects.filter(map=a_map).exists()
