from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Confidence, Credibility, Likelihood, Reliability, Stance
from argmap.models import ArgumentMap, CriticalQuestion, Scheme
from tests.cast import a_tree
from tests.web.conftest import ClientOf

HTMX = {"HX-Request": "true"}
LOG = b"WINTER\n\nIt froze early.\n\nOn forty days no ship came in. In spring they came again.\n"


def address(key: str) -> str:
    return f"/maps/harbour/elements/{key}/"


def test_htmx_gets_the_panel_and_others_a_whole_page(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    whole, part = client.get(address("C1")), client.get(address("C1"), headers=HTMX)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert '<article class="element" data-key="C1">' in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_a_statement_says_what_it_is_and_how_it_is_judged(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_statement(
        actor=analyst,
        argument_map=a_map,
        key="E1",
        title="Forty days of ice",
        note="Counted by the pilot.",
        likelihood=Likelihood.VERY_LIKELY,
        confidence=Confidence.LOW,
        credibility=Credibility.PROBABLY_TRUE,
        tags=["ice"],
    )
    actions.edit_source(actor=analyst, argument_map=a_map, key="S1", reliability=Reliability.B)
    page = client_of("viewer").get(address("E1")).text
    for text in (
        "Forty days of ice",
        "Ice blocked the harbour",
        "Counted by the pilot.",
        "80–95 %",
        "2 · probably true",
        "B · usually reliable",
        '<b class="grade">B2</b>',
        '<span class="tag">ice</span>',
    ):
        assert text in page
    assert page.index("Very likely") < page.index("<dt>Confidence</dt>") < page.index("Low")


def test_a_detached_excerpt_names_its_place(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("viewer").get(address("E1")).text
    assert "Winter, paragraph 2, sentence 1" in page
    assert "/maps/harbour/sources/S1/" in page
    assert "the document is not here" in page


def test_an_attached_excerpt_shows_its_words_and_their_surroundings(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.attach_text(
        actor=analyst, argument_map=a_map, key="S1", data=LOG, media_type="text/plain"
    )
    page = client_of("viewer").get(address("E1")).text
    assert "<mark>On forty days no ship came in.</mark>" in page
    assert "In spring they came again." in page
    assert "/maps/harbour/sources/S1/#X1" in page
    assert "the document is not here" not in page


def test_words_that_left_the_text_are_said_to_have(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    for data in (LOG, b"Another document altogether.\n"):
        actions.attach_text(
            actor=analyst, argument_map=a_map, key="S1", data=data, media_type="text/plain"
        )
    page = client_of("viewer").get(address("E1")).text
    assert "These words are not in the source" in page


def test_a_conclusion_shows_what_supports_it_and_what_undercuts_that(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(address("C1")).text
    supported = page.index("Supported by")
    places = [page.index(f'data-key="{key}"', supported) for key in ("I1", "E1", "E2", "I2", "K1")]
    assert places == sorted(places)
    assert "linked premises" in page
    assert "What was so dear last winter" in page
    assert "undercut by" in page
    assert "Attacked by" not in page


def test_a_premise_shows_what_it_bears_on_and_with_what(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(address("E1")).text
    bears = page.index("Bears on")
    assert page.index('data-key="C1"', bears) < page.index("together with", bears)
    assert page.index("together with", bears) < page.index('data-key="E2"', bears)


def test_an_undercutter_shows_the_step_that_it_undercuts(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    page = client_of("viewer").get(address("K1")).text
    assert "undercuts" in page
    assert "E1 and E2 together support C1 (argument from sign)" in page


def test_an_inference_shows_its_parts_and_its_critical_questions(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    sign = Scheme.objects.get(slug="sign")
    CriticalQuestion.objects.create(scheme=sign, order=1, text="Is there another cause?")
    page = client_of("viewer").get(address("I1")).text
    for text in (
        "Premises, together",
        "Argument from sign",
        "Is there another cause?",
        "What was so dear last winter",
        "Undercut by",
        'data-key="K1"',
    ):
        assert text in page


def test_an_attack_on_an_attack_is_told_from_backing(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.add_inference(
        actor=analyst, argument_map=a_map, stance=Stance.SUPPORT, premises=["E2"], conclusion="I2"
    )
    client = client_of("viewer")
    assert "<h3>Undercuts</h3>" in client.get(address("I2")).text
    assert "<h3>Backed by</h3>" in client.get(address("I2")).text
    assert "<h3>Backs</h3>" in client.get(address("I3")).text


@pytest.mark.parametrize(
    ("name", "links"), [("analyst", 1), ("editor", 1), ("admin", 1), ("reviewer", 0), ("viewer", 0)]
)
def test_editors_are_led_to_the_admin(
    name: str, links: int, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    pk = a_map.statements.get(key="C1").pk
    page = client_of(name).get(address("C1")).text
    assert page.count(f"/admin/argmap/claim/{pk}/change/") == links


def test_other_keys_lead_to_where_they_are_shown(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("viewer")
    assert client.get(address("S1")).headers["Location"] == "/maps/harbour/sources/S1/"
    assert client.get(address("X1")).headers["Location"] == f"{address('E1')}#X1"


@pytest.mark.parametrize("key", ["C1", "K1"])
def test_the_number_of_queries_of_a_statement_is_fixed(
    key: str,
    a_map: ArgumentMap,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("reviewer")
    # session, user, map and role, statement; excerpts, the numbers of its inferences, those and what
    # is around them, premises; comments; how many have rated it; the badge
    with django_assert_num_queries(11):
        client.get(address(key))


def test_the_number_of_queries_of_an_inference_is_fixed(
    a_map: ArgumentMap, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("reviewer")
    # session, user, map and role, inference; the same with its scheme and those around it, premises,
    # critical questions; comments; the badge
    with django_assert_num_queries(9):
        client.get(address("I1"))


@pytest.mark.parametrize("size", [5, 200])
def test_the_number_of_queries_is_that_of_any_map(
    size: int,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = a_tree(analyst, size)
    client = client_of("analyst")
    # session, user, map and role, element; inferences and those around them, premises; comments;
    # and of a statement the numbers of its inferences, excerpts, and how many have rated it
    for key, number in (("I2", 7), ("C2", 10)):
        with django_assert_num_queries(number):
            client.get(f"{made.get_absolute_url()}elements/{key}/", headers=HTMX)
