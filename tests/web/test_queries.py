"""What is asked again and again costs as many queries on a large map as on a small one.

Those of the map page, of panels and of files stand beside their other tests.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap
from tests.cast import a_tree
from tests.web.conftest import ClientOf

HTMX = {"HX-Request": "true"}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[5, 200])
def tree(request: pytest.FixtureRequest, analyst: User) -> ArgumentMap:
    return a_tree(analyst, request.param)


@pytest.fixture
def client(tree: ArgumentMap, client_of: ClientOf) -> Client:
    """The owner, who has the page open: its frame and its drawing are kept."""
    client = client_of("analyst")
    client.get(tree.get_absolute_url())
    return client


def test_an_edit(
    tree: ArgumentMap, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"{tree.get_absolute_url()}elements/C2/edit/"
    form = client.get(address).context["form"]
    shown = {field.html_name: field.value() for field in form}
    shown |= {field.html_initial_name: field.value() for field in form if field.name != "seen"}
    typed = {**{name: value or "" for name, value in shown.items()}, "tags": "", "initial-tags": ""}
    # session, user, map and role, statement; begin, map, role, statement, its text, the map's
    # counters, the change, what it changed, commit; schemes; the log, statements with excerpts,
    # version; open threads; while Graphviz works questions; what can be undone, what that changed;
    # the numbers of its inferences, those and what is around them, premises, excerpts, comments, how
    # many have rated it
    with django_assert_num_queries(27):
        answer = client.post(address, {**typed, "text": "It thawed."}, headers=HTMX)
    assert answer.text.count("It thawed.") > 1


def test_a_poll(
    tree: ArgumentMap,
    client: Client,
    reviewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    address = f"{tree.get_absolute_url()}live/?since={tree.activity}"
    etag = client.get(address).headers["ETag"]
    # session, user, map and role
    with django_assert_num_queries(3):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    actions.edit_statement(actor=None, argument_map=tree, key="C2", text="It thawed.")
    # the same; changes, what they changed
    with django_assert_num_queries(5):
        assert client.get(address, headers={"If-None-Match": etag}).json()["news"]


def test_a_search(
    tree: ArgumentMap, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = f"{tree.get_absolute_url()}find/?q=c2"
    client.get(address, headers=HTMX)
    # session, user, map and role; schemes; of what was found statements with excerpts, version
    with django_assert_num_queries(6):
        assert 'data-key="C2"' in client.get(address, headers=HTMX).text


def test_an_outline(
    tree: ArgumentMap, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # session, user, map and role; statements with excerpts, version; schemes; questions; of what
    # hides others, open threads
    with django_assert_num_queries(8):
        client.get(f"{tree.get_absolute_url()}outline/?boxes=3", headers=HTMX)
