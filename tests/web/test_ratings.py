"""Ratings in the panel of a statement: blind, and nowhere a figure before one has given one's own."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Likelihood, Role, Visibility
from argmap.models import ArgumentMap, Rating
from tests.web.conftest import ClientOf

HTMX = {"HX-Request": "true"}
MAP = "/maps/harbour/"
C1 = f"{MAP}elements/C1/"
RATING = f"{C1}rating/"


@pytest.fixture
def others(a_map: ArgumentMap, analyst: User) -> list[User]:
    """Three more reviewers."""
    people = [User.objects.create_user(f"rater{number}") for number in range(3)]
    for user in people:
        actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return people


def rate(a_map: ArgumentMap, actor: User, likelihood: str, **given: Any) -> Rating:
    fields = {"statement": "C1", "likelihood": likelihood, **given}
    return actions.rate(actor=actor, argument_map=a_map, **fields)


def typed(a_map: ArgumentMap, **given: Any) -> dict[str, Any]:
    return {"version_seen": a_map.version, "likelihood": "likely", "confidence": "", **given}


def section(page: str) -> str:
    """Return the ratings of a page without the form, which names all bands."""
    found = re.search(r'<section class="ratings".*?</section>', page, re.DOTALL)
    return re.sub(r"<form.*?</form>", "", found[0], flags=re.DOTALL) if found else ""


def test_who_has_not_rated_is_told_that_others_have_and_not_how(
    a_map: ArgumentMap, others: list[User], client_of: ClientOf
) -> None:
    for user in others:
        rate(a_map, user, "almost_certain", confidence="high")
    client = client_of("reviewer")
    page = section(client.get(C1, headers=HTMX).text)
    assert "3 others have rated; give yours to see theirs." in page
    assert "<svg" not in page
    assert "rater0" not in page

    given = client.post(RATING, typed(a_map, likelihood="very_unlikely"), headers=HTMX)
    seen = section(given.text)
    assert "You gave your rating." in seen
    assert "rater0" in seen
    assert "They differ much." in seen
    assert "From very unlikely to almost certain; the mean is 76&nbsp;%, which is likely." in seen
    assert re.search(r"Likelihood by 4 raters: very unlikely 1, almost certain 3; mean 76 %", seen)
    assert (seen.count('class="other-mark"'), seen.count('class="own-mark"')) == (3, 1)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"likelihood": ""}, "Choose how probable you hold it."),
        ({"likelihood": "perhaps"}, "not one of the available choices"),
        ({"confidence": "very"}, "not one of the available choices"),
        ({"version_seen": 99}, "The map never had this version."),
    ],
)
def test_what_is_refused_gives_nothing_away(
    a_map: ArgumentMap,
    others: list[User],
    client_of: ClientOf,
    given: dict[str, Any],
    why: str,
) -> None:
    rate(a_map, others[0], "almost_certain")
    for more in ({}, {"headers": HTMX}):
        sent = typed(a_map, **given)
        refused = client_of("reviewer").post(RATING, sent, **more)  # type: ignore[arg-type]
        assert refused.status_code == 422
        assert why in refused.text
        assert "1 other has rated; give yours to see it." in refused.text
        assert "Almost certain" not in section(refused.text)
    assert Rating.objects.count() == 1


def test_a_rating_is_changed_and_taken_back(
    a_map: ArgumentMap, others: list[User], client_of: ClientOf
) -> None:
    rate(a_map, others[0], "almost_certain")
    client = client_of("reviewer")
    assert client.post(RATING, typed(a_map)).headers["Location"] == f"{C1}#ratings"
    client.post(RATING, typed(a_map, likelihood="unlikely", confidence="low"))
    page = client.get(C1)
    form = page.context["ratings"].form
    assert (form["likelihood"].value(), form["confidence"].value()) == ("unlikely", "low")
    assert "Almost certain" in section(page.text)

    gone = client.post(f"{RATING}withdraw/", headers=HTMX)
    assert "You took your rating back." in gone.text
    assert "Almost certain" not in section(gone.text)
    again = client.post(f"{RATING}withdraw/", headers=HTMX)
    assert "You have no rating of C1." in again.text


def test_a_stale_rating_says_what_changed_and_asks_whether_it_holds(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    rate(a_map, reviewer, "likely")
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="C1", text="The harbour should close in May."
    )
    page = section(client_of("analyst").get(C1).text)
    assert "changed since" in page
    assert "Does it still hold?" not in page
    client = client_of("reviewer")
    page = client.get(C1, headers=HTMX).text
    assert "analyst changed C1 after you judged it" in page
    assert re.search(r"<del>.*winter.*</del>.*<ins>.*May.*</ins>", page)
    a_map.refresh_from_db()
    sent = {"version_seen": a_map.version}
    held = client.post(f"{RATING}confirm/", sent, headers=HTMX).text
    assert "Your rating holds on this version." in held
    assert "Does it still hold?" not in held
    assert "no rating of C1" in client_of("editor").post(f"{RATING}confirm/", headers=HTMX).text


def test_an_inference_is_not_rated(a_map: ArgumentMap, client_of: ClientOf) -> None:
    answer = client_of("reviewer").post(f"{MAP}elements/I1/rating/", typed(a_map))
    assert answer.status_code == 404


def test_what_was_chosen_before_the_session_ended_is_there_again(
    a_map: ArgumentMap, reviewer: User
) -> None:
    client = Client()
    client.post(RATING, typed(a_map, likelihood="very_likely"))
    client.force_login(reviewer)
    page = client.get(RATING)
    assert page.context["ratings"].form["likelihood"].value() == "very_likely"
    assert "You are signed in again." in page.text


def test_who_sees_figures_is_whoever_edits_or_has_rated(
    a_map: ArgumentMap, analyst: User, others: list[User], client_of: ClientOf
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    rate(a_map, others[0], "almost_certain")
    seen = {
        name: "Almost certain" in section(client_of(name).get(C1).text)
        for name in ("anonymous", "outsider", "viewer", "reviewer", "editor", "analyst", "admin")
    }
    assert [name for name, sees in seen.items() if sees] == ["editor", "analyst", "admin"]
    assert "1 person has rated." in section(client_of("viewer").get(C1).text)
    assert (
        "<form"
        not in client_of("viewer").get(C1).text.split('id="ratings"')[1].split("</section>")[0]
    )


FIGURES = re.compile(
    rb"almost.certain|95.99|\b0?[.,]97\b|\b97\s?%|\bhigh\b|own-mark|other-mark", re.IGNORECASE
)


def test_no_page_file_or_answer_tells_a_figure_before_one_has_given_ones_own(
    a_map: ArgumentMap, analyst: User, others: list[User], client_of: ClientOf
) -> None:
    """By role, wherever the map is shown; what the same address says without a rating is no leak."""
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    group = Group.objects.get(name="Analysts")
    reviewer = User.objects.get(username="reviewer")
    reviewer.is_staff = True
    reviewer.save()
    reviewer.groups.add(group)
    claim = a_map.statements.get(key="C1").pk
    api = f"/api/v1{MAP}"
    addresses = [
        MAP,
        f"{MAP}?select=C1",
        C1,
        f"{MAP}outline/",
        f"{MAP}outline/?all=1",
        f"{MAP}graph.svg",
        f"{MAP}graph.dot",
        f"{MAP}find/?q=harbour",
        f"{MAP}live/?since=1",
        api,
        *(f"{api}{part}/" for part in ("statements", "statements/C1", "comments", "reviews")),
        *(f"{api}{part}/" for part in ("ratings", "ratings/C1", "answers", "graph", "problems")),
        f"{api}export/json/?include=comments,reviews",
        f"{api}export/md/",
        f"{api}export/csv/",
        f"/admin/argmap/claim/{claim}/change/",
        f"/admin/argmap/claim/{claim}/history/",
        "/admin/argmap/claim/",
        "/admin/argmap/change/",
        "/admin/",
    ]
    who = ("anonymous", "outsider", "viewer", "reviewer")

    def told() -> dict[tuple[str, str], list[bytes]]:
        return {
            (name, address): FIGURES.findall(client_of(name).get(address).content)
            for name in who
            for address in addresses
        }

    before = told()
    for user in others:
        rate(a_map, user, "almost_certain", confidence="high")
    actions.confirm_rating(actor=others[0], argument_map=a_map, statement="C1")
    assert told() == before
    # The test can fail: whoever has rated does see them.
    rate(a_map, reviewer, "likely")
    assert FIGURES.findall(client_of("reviewer").get(C1).content) != before["reviewer", C1]


@pytest.mark.parametrize("raters", [1, 3])
def test_the_number_of_queries_of_ratings_is_fixed(
    raters: int,
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    others: list[User],
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for user in others[:raters]:
        rate(a_map, user, "likely")
    rate(a_map, reviewer, Likelihood.LIKELY)
    client = client_of("reviewer")
    # session, user, map and role, statement; excerpts, its inferences, those around them,
    # premises; comments; how many have rated it, the ratings that may be seen; the badge
    with django_assert_num_queries(12):
        client.get(C1)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It may.")
    # and what changed since one rated it
    with django_assert_num_queries(13):
        client.get(C1)
