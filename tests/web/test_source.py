from __future__ import annotations

from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Reliability
from argmap.models import ArgumentMap, Excerpt
from argmap.web.highlight import pieces
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/sources/S1/"
LOG = b"WINTER\n\nIt froze early.\n\nOn forty days no ship came in. <b>In spring</b> they came.\n"


def test_a_source_says_who_made_it_and_what_rests_on_it(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_source(
        actor=analyst,
        argument_map=a_map,
        key="S1",
        reliability=Reliability.B,
        note="Kept daily.",
        url="https://example.org/log",
    )
    page = client_of("viewer").get(ADDRESS).text
    for text in (
        "The harbour master&#x27;s log",
        "A. Pilot, 2016-12",
        "B · usually reliable",
        "Kept daily.",
        "https://example.org/log",
        'data-key="E1"',
        "Winter, paragraph 2, sentence 1",
        "The document is not here.",
    ):
        assert text in page


def test_its_text_shows_where_the_excerpts_are(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.attach_text(
        actor=analyst, argument_map=a_map, key="S1", data=LOG, media_type="text/plain"
    )
    page = client_of("viewer").get(ADDRESS).text
    assert '<mark id="X1">On forty days no ship came in.</mark>' in page
    assert "&lt;b&gt;In spring&lt;/b&gt; they came." in page


def test_the_number_of_queries_is_fixed(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("viewer")
    # session, user, map and role, source, excerpts with their statements; the badge
    with django_assert_num_queries(6):
        client.get(ADDRESS)


def test_overlapping_excerpts_are_cut_where_one_starts_or_ends() -> None:
    first = Excerpt(key="X1", start=2, end=6)
    second = Excerpt(key="X2", start=4, end=8)
    nowhere = Excerpt(key="X3")
    cut = list(pieces("0123456789", [first, second, nowhere]))
    assert [piece.text for piece in cut] == ["01", "23", "45", "67", "89"]
    assert [[row.key for row in piece.excerpts] for piece in cut] == [
        [],
        ["X1"],
        ["X1", "X2"],
        ["X2"],
        [],
    ]
    assert [[row.key for row in piece.begins] for piece in cut] == [[], ["X1"], ["X2"], [], []]
    assert [[row.key for row in piece.ends] for piece in cut] == [[], [], ["X1"], ["X2"], []]


def test_a_text_without_excerpts_is_one_piece() -> None:
    assert [piece.text for piece in pieces("whole", [])] == ["whole"]
    assert list(pieces("", [])) == []
