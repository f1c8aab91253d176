from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Kind, Visibility
from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf


def test_a_member_sees_the_map_with_its_counts_and_their_role(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Why?")
    page = client_of("reviewer").get("/").text
    assert a_map.title in page
    assert a_map.issue in page
    assert "<b>1</b> claim<" in page
    assert "<b>2</b> evidence<" in page
    assert "<b>1</b> counterargument<" in page
    assert "<b>1</b> open thread<" in page
    assert "You: reviewer" in page
    assert "TLP:CLEAR" in page


@pytest.mark.parametrize("name", ["anonymous", "outsider"])
def test_others_do_not_see_it(name: str, a_map: ArgumentMap, client_of: ClientOf) -> None:
    response = client_of(name).get("/")
    assert response.status_code == 200
    assert a_map.title not in response.text


def test_whoever_is_not_signed_in_sees_public_maps_and_is_asked_to_sign_in(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    page = client_of("anonymous").get("/").text
    assert a_map.title in page
    assert "Sign in</a> to see those" in page


def test_an_empty_list_says_what_to_do(client_of: ClientOf) -> None:
    assert "Ask the owner of a map" in client_of("outsider").get("/").text
    assert "make one in the admin" in client_of("analyst").get("/").text


def test_a_title_is_text(analyst: User, client_of: ClientOf) -> None:
    actions.create_map(actor=analyst, title="<script>alert(1)</script>")
    page = client_of("analyst").get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_the_number_of_queries_does_not_grow_with_the_maps(
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        other = actions.create_map(actor=analyst, title=f"Map {number}")
        actions.add_statement(actor=analyst, argument_map=other, kind=Kind.CLAIM, text="So.")
    client = client_of("analyst")
    # session, user, maps, statements by kind, open threads, own roles, the badge
    with django_assert_num_queries(7):
        client.get("/")
