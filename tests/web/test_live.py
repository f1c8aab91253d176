"""What a page that is open learns of what others do."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentState, Role, Visibility
from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf

LIVE = "/maps/harbour/live/"


def since(argument_map: ArgumentMap) -> str:
    argument_map.refresh_from_db()
    return f"{LIVE}?since={argument_map.activity}"


def test_a_poll_of_an_unchanged_map_costs_one_query_beyond_the_sessions(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("editor")
    address = since(a_map)
    tag = client.get(address).headers["ETag"]
    # session, user; map and role
    with django_assert_num_queries(3):
        response = client.get(address, headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_what_others_changed_is_told_and_ones_own_is_not(
    a_map: ArgumentMap, analyst: User, editor: User, client_of: ClientOf
) -> None:
    address = since(a_map)
    client = client_of("editor")
    tag = client.get(address).headers["ETag"]
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it.")
    actions.edit_statement(actor=editor, argument_map=a_map, key="E1", text="Ice came.")
    response = client.get(address, headers={"If-None-Match": tag})
    assert response.status_code == 200
    a_map.refresh_from_db()
    told = response.json()
    assert (told["activity"], told["version"]) == (a_map.activity, a_map.version)
    assert told["news"] == [{"who": "analyst", "said": "edited C1", "keys": ["C1"]}]


def test_each_sort_of_change_is_said_in_words(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    address = since(a_map)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_reason(**on_it, about="C1", stance="support", kind="claim", text="So.")
    actions.add_new_premise(**on_it, key="I3", kind="claim", text="And so.")
    actions.split_inference(**on_it, key="I1")
    actions.join_inferences(**on_it, keys=["I1", "I4"])
    actions.paste_branch(**on_it, about="C1", text="+ a\n+ b\n+ c")
    actions.undo(**on_it)
    comment = actions.add_comment(
        actor=reviewer, argument_map=a_map, about="X1", body="Where does it stand?"
    )
    actions.settle_thread(**on_it, comment=comment.pk, state=CommentState.RESOLVED)
    actions.set_member(**on_it, user=reviewer, role=Role.VIEWER)
    actions.delete_statement(**on_it, key="E1")
    news = client_of("editor").get(address).json()["news"]
    assert [(each["who"], each["said"]) for each in news] == [
        ("analyst", "added C2 and I3"),
        ("analyst", "added C3"),
        ("analyst", "split apart I1 and I4"),
        ("analyst", "linked I1 and I4"),
        ("analyst", "pasted C4, C5, C6, I5 and 2 more"),
        ("analyst", "took back a change of C4, C5, C6, I5 and 2 more"),
        ("reviewer", "commented on X1"),
        ("analyst", "resolved a thread on X1"),
        ("analyst", "changed who may use the map"),
        ("analyst", "deleted E1, I1 and I2"),
    ]


def test_reviewers_and_those_above_know_who_else_is_here(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    clients = {name: client_of(name) for name in ("analyst", "reviewer", "viewer")}
    for client in clients.values():
        client.get(LIVE)
    here = {name: client.get(LIVE).json()["here"] for name, client in clients.items()}
    assert here == {"analyst": ["reviewer"], "reviewer": ["analyst"], "viewer": []}


def test_someone_who_comes_is_news_to_a_page_that_knows_the_rest(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("editor")
    tag = client.get(LIVE).headers["ETag"]
    client_of("reviewer").get(LIVE)
    response = client.get(LIVE, headers={"If-None-Match": tag})
    assert response.json()["here"] == ["reviewer"]


def test_whoever_is_not_signed_in_learns_no_names(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    client_of("analyst").get(LIVE)
    assert client_of("anonymous").get(LIVE).json()["here"] == []


@pytest.mark.parametrize("asked", ["", "x", "-1", "²", "9" * 40, "9" * 5_000])
def test_a_since_that_makes_no_sense_is_passed_over(
    asked: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    assert client_of("editor").get(f"{LIVE}?since={asked}").json()["news"] == []


def test_many_changes_are_told_by_the_latest(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    address = since(a_map)
    for number in range(25):
        actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text=f"Close {number}.")
    assert len(client_of("editor").get(address).json()["news"]) == 20
