"""What the pages of the admin ask of the database, on a site with one map and on one with many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.admin import tally
from argmap.models import ArgumentMap
from tests.cast import a_tree

Desks = Callable[[User], Any]

pytestmark = pytest.mark.django_db(transaction=True)

# All pages: session, user, the two kinds of permissions.
ALL = 4
# Lists that count: the readable maps; how many rows there are, which of them are on the page, and
# what their columns tell.
LIST = ALL + 4
PAGES = {
    "argumentmap": ALL + 2,  # how many, which
    "claim": LIST,
    "evidence": LIST,
    "counterargument": LIST,
    "inference": LIST + 2,  # the premises on the page; the names of schemes
    "source": LIST,
    "excerpt": ALL + 3,  # the readable maps; how many, which
    "comment": ALL + 3,
    "change": LIST + 1,  # what the changes on the page touched
}
FACTS = 6
"""Statements, inferences, sources, excerpts, premises, and questions asked in comments."""


@pytest.fixture(params=[0, 6])
def site(request: pytest.FixtureRequest, a_map: ArgumentMap, analyst: User) -> ArgumentMap:
    """The map, alone or beside others, with a comment."""
    actions.add_comment(actor=analyst, argument_map=a_map, about="C1", body="Why?")
    for number in range(request.param):
        other = a_tree(analyst, 20 + number)
        actions.edit_map(actor=analyst, argument_map=other, slug=f"tree-{number}")
    tally.kept.forget()
    return a_map


def address(name: str) -> str:
    return reverse(f"admin:argmap_{name}_changelist")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_much_on_a_site_of_many_maps(
    desk: Desks,
    analyst: User,
    site: ArgumentMap,
    name: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = desk(analyst).client
    client.get(address(name))
    with django_assert_num_queries(PAGES[name]):
        assert client.get(address(name)).status_code == 200


@pytest.mark.parametrize("query", ["", "?status=draft", "?q=harbour", "?problem=none&o=-5"])
def test_a_list_reads_again_what_was_written_since(
    desk: Desks,
    analyst: User,
    site: ArgumentMap,
    query: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = desk(analyst).client
    # What is searched for is looked for once, apart, and then kept.
    once = 1 if "q=" in query else 0
    with django_assert_num_queries(LIST + FACTS + once):
        client.get(address("claim") + query)
    with django_assert_num_queries(LIST):
        client.get(address("claim") + query)
    actions.edit_statement(actor=analyst, argument_map=site, key="C1", note="It thawed.")
    with django_assert_num_queries(LIST + FACTS + once):
        client.get(address("claim") + query)


def test_a_sources_page_compares_it_with_all_others(
    desk: Desks,
    analyst: User,
    site: ArgumentMap,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.add_source(actor=analyst, argument_map=site, title="The harbour master's log")
    page = reverse("admin:argmap_source_change", args=[site.sources.get(key="S1").pk])
    client = desk(analyst).client
    client.get(page)
    # one's role; the source; its excerpts; the readable maps; the sources that are like it
    with django_assert_num_queries(ALL + 5):
        assert "the same title" in client.get(page).content.decode()
