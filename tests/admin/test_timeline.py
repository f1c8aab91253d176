"""What became of an element, told word by word, and setting it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap, Inference, Statement

Desks = Callable[[User], Any]
LastChange = Callable[[], Any]


def claim(a_map: ArgumentMap) -> Statement:
    return Statement.objects.get(map=a_map, key="C1")


def edit(a_map: ArgumentMap, actor: User, **fields: Any) -> int:
    """Edit C1, and return the number of the change."""
    actions.edit_statement(actor=actor, argument_map=a_map, key="C1", **fields)
    return a_map.activity


def send_back(desk: Any, page: Any, activity: int, **given: Any) -> Any:
    data = {"activity": activity, "seen": page.context["object"].map.version, **given}
    return desk.client.post(page.request["PATH_INFO"], data, follow=True)


def test_the_history_marks_the_words_that_came_and_went(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    edit(a_map, analyst, text="The harbour must close early.", likelihood="very_likely")
    edit(a_map, analyst, likelihood="", tags=["ice", "<b>"])
    html = desk(analyst).open("claim_history", claim(a_map).pk).content.decode()
    assert (
        "The harbour<del> should</del><ins> must</ins> close<del> in winter</del>"
        "<ins> early</ins>." in html
    )
    assert "<ins>Very likely</ins>" in html
    assert "<del>Very likely</del>" in html
    assert "<ins>&lt;b&gt;, ice</ins>" in html


def test_this_is_restored_by_one_press(
    desk: Desks, analyst: User, a_map: ArgumentMap, last_change: LastChange
) -> None:
    first = edit(a_map, analyst, text="Once.", kind="evidence")
    edit(a_map, analyst, text="Twice.", kind="claim")
    page = desk(analyst).open("claim_history", claim(a_map).pk)
    assert page.content.decode().count("Restore this") == 2
    assert "As it stands now." in page.content.decode()
    answer = send_back(desk(analyst), page, first)
    address = reverse("admin:argmap_evidence_change", args=[claim(a_map).pk])
    assert answer.redirect_chain[-1][0] == address
    assert claim(a_map).text == "Once."
    assert last_change() == [("analyst", "restore", "C1", ["kind", "text"])]


def test_what_someone_else_wrote_meanwhile_is_not_put_back(
    desk: Desks, analyst: User, editor: User, a_map: ArgumentMap
) -> None:
    first = edit(a_map, analyst, text="Once.")
    page = desk(analyst).open("claim_history", claim(a_map).pk)
    edit(a_map, editor, text="Theirs.")
    answer = send_back(desk(analyst), page, first, seen=page.context["object"].map.version)
    assert "ditor changed C1 (text) after you opened it" in answer.content.decode()
    assert claim(a_map).text == "Theirs."


@pytest.mark.parametrize("given", [{"activity": "x"}, {"activity": 99_999}, {"seen": ""}])
def test_what_is_no_change_of_it_restores_nothing(
    desk: Desks, analyst: User, a_map: ArgumentMap, given: dict[str, Any]
) -> None:
    first = edit(a_map, analyst, text="Once.")
    edit(a_map, analyst, text="Twice.")
    page = desk(analyst).open("claim_history", claim(a_map).pk)
    data = {"activity": first, "seen": a_map.version, **given}
    answer = desk(analyst).client.post(page.request["PATH_INFO"], data, follow=True)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert claim(a_map).text == "Twice."


def test_who_only_reads_restores_nothing(
    desk: Desks, analyst: User, viewer: User, a_map: ArgumentMap
) -> None:
    first = edit(a_map, analyst, text="Once.")
    edit(a_map, analyst, text="Twice.")
    page = desk(viewer).open("claim_history", claim(a_map).pk)
    assert "Restore this" not in page.content.decode()
    assert send_back(desk(viewer), page, first).status_code == 403
    assert claim(a_map).text == "Twice."


def test_maps_and_comments_have_a_history_and_are_not_restored(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    comment = actions.add_comment(actor=analyst, argument_map=a_map, body="Why?", about="C1")
    for name, pk in (("argumentmap", a_map.pk), ("comment", comment.pk)):
        page = desk(analyst).open(f"{name}_history", pk)
        assert "Restore this" not in page.content.decode()
        answer = desk(analyst).client.post(page.request["PATH_INFO"], {"activity": 1, "seen": 0})
        assert answer.status_code == 403


def test_the_page_of_a_statement_tells_the_latest_changes(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    for number in range(8):
        edit(a_map, analyst, text=f"Wording {number}.")
    page = desk(analyst).open("claim_change", claim(a_map).pk)
    assert [entry.change.activity for entry in page.context["entries"]] == [
        a_map.activity - back for back in range(5)
    ]
    assert reverse("admin:argmap_claim_history", args=[claim(a_map).pk]) in page.content.decode()


def test_an_inference_is_restored_with_its_premises(
    desk: Desks, analyst: User, a_map: ArgumentMap
) -> None:
    made = a_map.changes.get(items__key="I1").activity
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", premises=["E2"])
    page = desk(analyst).open("inference_history", Inference.objects.get(map=a_map, key="I1").pk)
    assert "<del>E1, E2</del> → <ins>E2</ins>" in page.content.decode()
    send_back(desk(analyst), page, made)
    found = Inference.objects.get(map=a_map, key="I1").premises.order_by("order")
    assert list(found.values_list("statement__key", flat=True)) == ["E1", "E2"]


def test_a_reviewer_at_a_desk_restores_nothing(
    desk: Desks, analyst: User, reviewer: User, a_map: ArgumentMap
) -> None:
    reviewer.is_staff = True
    reviewer.save()
    reviewer.groups.add(Group.objects.get(name="Analysts"))
    made = a_map.changes.get(items__key="I1").activity
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Else.")
    page = desk(reviewer).open("inference_history", Inference.objects.get(map=a_map, key="I1").pk)
    assert send_back(desk(reviewer), page, made).status_code == 403


def test_the_history_takes_the_same_queries_however_long_it_is(
    desk: Desks,
    analyst: User,
    a_map: ArgumentMap,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        edit(a_map, analyst, text=f"Wording {number}.")
    at_work, number = desk(analyst), claim(a_map).pk
    # Session, user, the row with its map, and the two kinds of permissions; the role on the map;
    # the count; the changes; their items.
    with django_assert_num_queries(9):
        at_work.open("claim_history", number)
