from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Kind
from argmap.models import ArgumentMap, Scheme
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/find/"
HTMX = {"HX-Request": "true"}


def hits(page: str) -> list[str]:
    return re.findall(r'role="option"[^>]*data-key="(\w+)"', page)


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("BLOCKED", ["E1", "E2"]),
        ("pilot", ["E1"]),
        ("ÜBERSEE", ["E2"]),
        ("nebel", ["E2"]),
        ("so dear", ["I1"]),
        ("sign", ["I1"]),
        ("k1", ["K1"]),
        ("nothing of the kind", []),
    ],
)
def test_the_whole_map_is_searched(
    asked: str, keys: list[str], a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="E2", note="Übersee.", tags=["Nebel"]
    )
    page = client_of("viewer").get(ADDRESS, {"q": asked, "boxes": "1"}, headers=HTMX).text
    assert hits(page) == keys
    assert "<html" not in page


@pytest.mark.parametrize(
    ("view", "under"),
    [
        ({}, {"E1": "", "I1": "", "K1": "", "I2": "", "C2": ""}),
        ({"fold": "C1"}, {"E1": "C1", "I1": "C1", "K1": "C1", "I2": "C1", "C2": ""}),
        ({"focus": "C2"}, {"E1": "", "I1": "", "K1": "", "I2": "", "C2": ""}),
        ({"fold": "C1", "focus": "C9"}, {"E1": "", "C2": ""}),
    ],
)
def test_it_says_what_hides_what_was_found(
    view: dict[str, str],
    under: dict[str, str],
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
) -> None:
    actions.add_statement(actor=analyst, argument_map=a_map, kind=Kind.CLAIM, text="Fog.")
    for key, over in under.items():
        page = client_of("viewer").get(ADDRESS, {"q": key, **view}, headers=HTMX).text
        assert re.search(rf'data-key="{key}"\s+data-under="{over}"', page)
        assert (f"below {over}<" in page) == bool(over)


def test_a_page_links_to_what_was_found_in_the_same_view(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(ADDRESS, {"q": "ice", "dir": "TB", "fold": "E1,C1"}).text
    assert 'value="ice"' in page
    assert '"/maps/harbour/?focus=E1&fold=C1&dir=TB&select=E1"' in unescape(page)
    assert "1 found." in page


def test_from_the_outline_what_was_found_leads_to_the_outline(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(ADDRESS, {"q": "ice", "dir": "TB", "on": "outline"}).text
    assert '"/maps/harbour/outline/?focus=E1&dir=TB#o-E1"' in unescape(page)
    assert '<input type="hidden" name="on" value="outline">' in page
    elsewhere = client_of("viewer").get(ADDRESS, {"q": "ice", "on": "<b>"}).text
    assert "/maps/harbour/?focus=E1" in elsewhere
    assert "<b>" not in elsewhere


def test_texts_do_not_run(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(ADDRESS, {"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "Nothing on this map holds all these words." in page


def test_it_says_when_there_are_more(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    for _ in range(101):
        actions.add_statement(actor=analyst, argument_map=a_map, kind=Kind.CLAIM, text="Fog.")
    page = client_of("viewer").get(ADDRESS, {"q": "fog"}).text
    assert "The first 100 of 101" in page


def test_the_number_of_queries_is_fixed(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("viewer")
    # session, user, map and role; schemes; sources, excerpts, statements, inferences, version; of
    # what was found: the frame's statements and inferences; statements with excerpts, version; the
    # badge
    with django_assert_num_queries(14):
        client.get(ADDRESS, {"q": "harbour"})
    # session, user, map and role; schemes; sources, excerpts, statements, inferences, version; the
    # badge
    with django_assert_num_queries(10):
        client.get(ADDRESS, {"q": "nowhere"})


@pytest.mark.django_db(transaction=True)
def test_who_types_on_reads_the_map_once(
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("viewer")
    assert hits(client.get(ADDRESS, {"q": "blo"}, headers=HTMX).text) == ["E1", "E2"]
    # session, user, map and role; schemes; of what was found statements with excerpts, version
    with django_assert_num_queries(6):
        assert hits(client.get(ADDRESS, {"q": "block"}, headers=HTMX).text) == ["E1", "E2"]

    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", text="All went well.")

    assert hits(client.get(ADDRESS, {"q": "block"}, headers=HTMX).text) == ["E2"]
    assert hits(client.get(ADDRESS, {"q": "all went"}, headers=HTMX).text) == ["E1"]


@pytest.mark.django_db(transaction=True)
def test_a_scheme_is_found_by_the_name_that_it_has_now(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert hits(client.get(ADDRESS, {"q": "token"}, headers=HTMX).text) == []
    Scheme.objects.filter(slug="sign").update(name="Argument from a token")
    assert hits(client.get(ADDRESS, {"q": "token"}, headers=HTMX).text) == ["I1"]
