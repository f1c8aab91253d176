from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind, Kind, Stance
from argmap.models import ArgumentMap
from tests.cast import a_tree
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/outline/"


class Lists(HTMLParser):
    """Follows how the lists of a page nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in {"ul", "li"}:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "li"}:
            assert self.open.pop() == tag


def test_every_statement_and_inference_is_said(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(ADDRESS).text
    for statement in a_map.statements.all():
        assert statement.text in page
    for key in ("C1", "E1", "E2", "K1", "I1", "I2"):
        assert f'id="o-{key}"' in page
        assert f"/maps/harbour/elements/{key}/" in page
    for words in ("supported by", "together", "undercut by", "Argument from sign"):
        assert words in page


def test_lists_nest_as_the_argument_does(a_map: ArgumentMap, client_of: ClientOf) -> None:
    lists = Lists()
    lists.feed(client_of("viewer").get(ADDRESS).text)
    assert lists.open == []
    assert lists.deepest == 8  # C1, in it I1, in that I2, in that K1


def test_it_shows_the_part_that_the_drawing_shows(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    page = client.get(f"{ADDRESS}?fold=C1&dir=TB").text
    assert re.findall(r'id="o-(\w+)"', page) == ["C1"]
    assert "Hidden below: 2 evidence, 1 counterargument" in page
    assert f'href="{ADDRESS}?dir=TB#o-C1"' in page
    assert "1 of 4 statements." in page
    assert 'href="/maps/harbour/elements/C1/?fold=C1&amp;dir=TB"' in page
    whole = client.get(f"{ADDRESS}?all=1&fold=C1").text
    assert "Hidden below" not in whole
    assert 'id="o-K1"' in whole
    assert client.get(f"{ADDRESS}?focus=C9").status_code == 404


def test_questions_count_where_they_are_hidden(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(
        actor=reviewer, argument_map=a_map, about="E1", body="Which?", kind=CommentKind.QUESTION
    )
    client = client_of("viewer")
    page = client.get(f"{ADDRESS}?fold=C1").text
    assert "Hidden below: 2 evidence, 1 counterargument, 1 open question<" in page
    assert "open question" not in client.get(ADDRESS).text


def test_a_large_map_opens_folded_to_its_top(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(f"{ADDRESS}?boxes=1").text
    assert f'href="{ADDRESS}?boxes=1&amp;open=C1#o-C1"' in page
    assert f'href="{ADDRESS}?all=1"' in page


def test_what_the_address_names_is_shown_in_any_case(analyst: User, client_of: ClientOf) -> None:
    a_tree(analyst, 31)
    client = client_of("analyst")
    tree = "/maps/tree/outline/"
    page = client.get(f"{tree}?boxes=3&select=C31").text
    assert set(re.findall(r'id="o-(C\w+)"', page)) == {"C1", "C2", "C3", "C7", "C15", "C31"}
    for key in ("C3", "I3", "C99", "%00"):
        page = client.get(f"{tree}?boxes=3&select={key}").text
        assert set(re.findall(r'id="o-(C\w+)"', page)) == {"C1", "C2", "C3"}


def test_what_stands_apart_is_shown_beside_the_rest(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    for text in ("Fog is worse.", "Ice is better."):
        actions.add_statement(actor=analyst, argument_map=a_map, kind="claim", text=text)
    page = client_of("viewer").get(f"{ADDRESS}?boxes=4&select=C3").text
    assert re.findall(r'id="o-(C\w+)"', page) == ["C1", "C3"]


def test_of_a_very_large_map_no_page_says_all(
    a_map: ArgumentMap, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.web.views.outline.WHOLE", 3)
    monkeypatch.setattr("argmap.web.views.outline.MOST", 2)
    client = client_of("viewer")
    page = client.get(f"{ADDRESS}?boxes=1").text
    assert "1 of 4 statements." in page
    assert "all=1" not in page
    assert f'href="{ADDRESS}?boxes=2">Up to 2 statements' in page
    most = client.get(f"{ADDRESS}?all=1").text
    assert "Up to 2" not in most
    assert f'href="{ADDRESS}?all=1"' not in most
    assert len(re.findall(r'id="o-[CEK]\w+"', most)) < 4


def test_beside_the_drawing_it_is_the_lists_alone(a_map: ArgumentMap, client_of: ClientOf) -> None:
    part = client_of("viewer").get(f"{ADDRESS}?fold=C1", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert re.search(r'href="/maps/harbour/\?select=C1"\s+data-view', part)


def test_what_was_said_before_is_named_and_linked(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.add_inference(
        actor=analyst, argument_map=a_map, stance=Stance.SUPPORT, premises=["E1"], conclusion="K1"
    )
    page = client_of("viewer").get(ADDRESS).text
    assert '<a class="again" href="#o-E1">' in page
    assert page.count('id="o-E1"') == 1


def test_what_takes_part_in_nothing_is_listed_apart(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.add_statement(actor=analyst, argument_map=a_map, kind=Kind.CLAIM, text="Unrelated.")
    _, apart = client_of("viewer").get(ADDRESS).text.split("Not yet part of the argument")
    assert "Unrelated." in apart


def test_an_empty_map_says_so(analyst: User, client_of: ClientOf) -> None:
    actions.create_map(actor=analyst, title="Nothing yet", slug="nothing")
    page = client_of("analyst").get("/maps/nothing/outline/").text
    assert "There is nothing on this map yet." in page


def test_the_number_of_queries_is_fixed(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("viewer")
    # session, user, map and role; statements, inferences with premises; statements with
    # excerpts, version; schemes; questions; the badge
    with django_assert_num_queries(10):
        client.get(ADDRESS)
