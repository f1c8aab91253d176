"""The review page of a map: standing, rounds, verdicts, disagreements, threads and their filters."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind, CommentState, Flag, Visibility
from argmap.graphs import load_graph
from argmap.models import ArgumentMap, Comment, Review, Round, Scheme
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/review/"
HTMX = {"HX-Request": "true"}


def seen(client: Client, query: str = "") -> str:
    """Return the words of the page, its threads included."""
    text = re.sub(r"<(script|style|datalist|dialog).*?</\1>", "", client.get(ADDRESS + query).text)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def threads(client: Client, query: str = "") -> list[int]:
    """Return the numbers of the threads that the page lists."""
    return [row.first.pk for row in client.get(ADDRESS + query).context["rows"]]


# --- Standing -----------------------------------------------------------------------------------


def test_a_map_that_nobody_judged_says_so(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = seen(client_of("viewer"))
    assert "Nobody has given a verdict on this map yet." in page
    assert "No thread is open." in page
    assert "Your verdict" not in page
    assert "Ask for a review" not in page


def test_the_gravest_verdict_stands(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    actions.give_verdict(**by_analyst, verdict="sound")
    actions.give_verdict(**by_reviewer, verdict="not_sound", summary="The *ice* is thin.")
    answer = client_of("viewer").get(ADDRESS)
    assert answer.context["standing"].review.overall == "not_sound"
    assert "<em>ice</em>" in answer.text
    page = seen(client_of("viewer"))
    assert "Standing review Not sound" in page
    assert re.search(r"1 sound, 1 not sound on version \d+, the present one", page)


def test_what_an_import_brought_is_shown_as_such(
    analyst: User, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    graph = load_graph(a_map)
    actions.delete_map(actor=analyst, argument_map=a_map)
    said = {"reviewer": "reviewer", "verdict": "sound", "at": "2017-02-16T09:30:00Z", "version": 1}
    actions.import_graph(actor=analyst, graph=graph, owner=analyst, reviews=[said])
    page = seen(client_of("analyst"))
    assert "Standing review Not reviewed Nobody has given a verdict on this map yet." in page
    assert "reviewer Sound version 1" in page
    assert "brought by import" in page


def test_a_change_makes_a_verdict_stale_and_asks_its_author(
    a_map: ArgumentMap,
    by_analyst: dict[str, Any],
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
) -> None:
    given = actions.give_verdict(**by_reviewer, verdict="sound")
    actions.edit_statement(**by_analyst, key="C1", text="The harbour should close in spring.")
    page = client_of("reviewer").get(ADDRESS).text
    assert "Does your verdict still hold?" in page
    assert "<del> winter</del>" in page
    assert "<ins> spring</ins>" in page
    assert "Does your verdict still hold?" not in client_of("viewer").get(ADDRESS).text
    a_map.refresh_from_db()
    address = f"{ADDRESS}verdicts/{given.pk}/holds/"
    answer = client_of("reviewer").post(address, {"version_seen": a_map.version})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{ADDRESS}#standing")
    assert "Standing review Sound" in seen(client_of("viewer"))


def test_a_verdict_is_confirmed_of_the_version_that_was_seen(
    a_map: ArgumentMap,
    by_analyst: dict[str, Any],
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
) -> None:
    given = actions.give_verdict(**by_reviewer, verdict="sound")
    actions.edit_statement(**by_analyst, key="C1", text="It should close in spring.")
    a_map.refresh_from_db()
    shown = a_map.version
    actions.edit_statement(**by_analyst, key="C1", text="It should never close.")
    address = f"{ADDRESS}verdicts/{given.pk}/holds/"
    client_of("reviewer").post(address, {"version_seen": shown})
    given.refresh_from_db()
    assert given.version_seen == shown
    assert "Review is stale" in seen(client_of("viewer"))


def test_only_its_author_withdraws_a_verdict(
    by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    given = actions.give_verdict(**by_reviewer, verdict="sound")
    address = f"{ADDRESS}verdicts/{given.pk}/withdraw/"
    assert client_of("analyst").post(address).status_code == 403
    assert "Withdraw" not in client_of("analyst").get(ADDRESS).text
    assert client_of("reviewer").post(address).status_code == 303
    assert not Review.objects.exists()
    again = client_of("reviewer").post(address, follow=True)
    assert "The verdict was withdrawn meanwhile." in again.text


def test_the_map_page_shows_how_the_review_stands(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert "Not reviewed" in client.get("/maps/harbour/").text
    actions.give_verdict(**by_reviewer, verdict="sound")
    assert '<span class="verdict sound">Sound</span>' in client.get("/maps/harbour/").text
    actions.edit_statement(**by_analyst, key="C1", text="It should close in spring.")
    assert "Review is stale" in client.get("/maps/harbour/").text


# --- Rounds -------------------------------------------------------------------------------------


def ask_with(a_map: ArgumentMap, **typed: Any) -> dict[str, Any]:
    return {"version": a_map.version, "due": "", "message": "", **typed}


def test_an_editor_asks_and_a_reviewer_answers(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    typed = ask_with(a_map, reviewers=[reviewer.pk], due="9999-12-31", message="Look at *E1*.")
    answer = client_of("editor").post(f"{ADDRESS}rounds/", typed)
    made = Round.objects.get()
    assert answer.headers["Location"] == f"{ADDRESS}#round-{made.pk}"
    client = client_of("reviewer")
    page = client.get(ADDRESS)
    assert "editor asks for your verdict" in page.text
    assert "<em>E1</em>" in page.text
    form = page.context["verdict"]
    assert form["round"].value() == made.pk
    given = {"verdict": "sound", "round": made.pk, "version_seen": form["version_seen"].value()}
    assert client.post(f"{ADDRESS}verdicts/", given).status_code == 303
    row = Review.objects.get()
    assert (row.round, row.verdict) == (made, "sound")
    assert "Who was asked: 1 of 1 have answered" in client_of("editor").get(ADDRESS).text
    assert "You have answered." in client.get(ADDRESS).text


def test_what_is_refused_stays_in_the_form(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    typed = ask_with(a_map, reviewers=[reviewer.pk], due="2000-01-01", message="Mind the ice.")
    answer = client_of("editor").post(f"{ADDRESS}rounds/", typed)
    assert answer.status_code == 422
    assert "That day is over." in answer.text
    assert "Mind the ice." in answer.text
    assert not Round.objects.exists()
    given = {"verdict": "not_sound", "version_seen": a_map.version, "summary": " "}
    answer = client_of("reviewer").post(f"{ADDRESS}verdicts/", given)
    assert answer.status_code == 422
    assert "Say what would have to change." in answer.text


def test_nobody_else_can_be_asked(a_map: ArgumentMap, viewer: User, client_of: ClientOf) -> None:
    answer = client_of("editor").post(f"{ADDRESS}rounds/", ask_with(a_map, reviewers=[viewer.pk]))
    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_a_round_that_is_late_says_so_until_all_have_answered(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], reviewer: User, client_of: ClientOf
) -> None:
    asked = actions.ask_for_review(**by_analyst, reviewers=[reviewer])
    late = timezone.localdate() - timedelta(days=3)
    Round.objects.update(due=late)
    assert "overdue by 3 days" in seen(client_of("viewer"))
    actions.give_verdict(**by_reviewer, verdict="sound", round=asked.pk)
    assert "overdue" not in seen(client_of("viewer"))


def test_a_round_is_closed_once(
    by_analyst: dict[str, Any], reviewer: User, client_of: ClientOf
) -> None:
    asked = actions.ask_for_review(**by_analyst, reviewers=[reviewer])
    client = client_of("editor")
    client.post(f"{ADDRESS}rounds/{asked.pk}/close/")
    page = seen(client)
    assert "Nobody is asked for a review at present." in page
    assert "1 round closed" in page
    assert "did not answer" in page
    gone = client.post(f"{ADDRESS}rounds/{asked.pk + 1}/close/", follow=True)
    assert "There is no such round any more." in gone.text


def test_who_was_asked_is_not_for_the_world(
    by_analyst: dict[str, Any], reviewer: User, client_of: ClientOf
) -> None:
    actions.edit_map(**by_analyst, visibility=Visibility.PUBLIC)
    actions.ask_for_review(**by_analyst, reviewers=[reviewer], message="Between us.")
    assert "Between us." in client_of("outsider").get(ADDRESS).text
    page = client_of("anonymous").get(ADDRESS).text
    assert "Between us." not in page
    assert "Rounds" not in page


# --- Disagreements ------------------------------------------------------------------------------


def test_ratings_stay_blind_until_one_has_given_ones_own(
    a_map: ArgumentMap, analyst: User, editor: User, reviewer: User, client_of: ClientOf
) -> None:
    for person, likelihood in ((analyst, "likely"), (editor, "unlikely")):
        actions.rate(actor=person, argument_map=a_map, statement="C1", likelihood=likelihood)
    heading = "Where reviewers differ most"
    assert heading in seen(client_of("analyst"))
    assert heading not in seen(client_of("reviewer"))
    assert heading not in seen(client_of("viewer"))
    actions.rate(actor=reviewer, argument_map=a_map, statement="C1", likelihood="very_likely")
    assert "3 ratings: 1 unlikely, 1 likely, 1 very likely" in seen(client_of("reviewer"))


# --- Threads ------------------------------------------------------------------------------------


def test_critical_questions_stand_here_by_what_came_of_them(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    assert "Critical questions" not in seen(client_of("viewer"))
    asked = [
        Scheme.objects.get(slug="sign").questions.create(order=order, text=f"Question {order}?")
        for order in (1, 2)
    ]
    assert "2 not answered yet I1 2" in seen(client_of("viewer"))
    actions.answer_question(
        **by_reviewer, inference="I1", question=asked[0].pk, says="not_satisfied", why="The thaw."
    )
    told = seen(client_of("viewer"))
    assert "I1 Question 1? Not satisfied reviewer : The thaw." in told
    assert "1 not answered yet" in told
    actions.answer_question(**by_reviewer, inference="I1", question=asked[1].pk, says="satisfied")
    assert "All others are answered." in seen(client_of("viewer"))


@pytest.fixture
def talk(by_analyst: dict[str, Any], by_reviewer: dict[str, Any]) -> dict[str, Comment]:
    """Four threads, one of them resolved, one stale."""
    found = {
        "challenge": actions.add_comment(
            **by_reviewer,
            about="C1",
            body="Is it?",
            kind=CommentKind.CHALLENGE,
            flag=Flag.OVERSTATED,
        ),
        "question": actions.add_comment(
            **by_analyst, about="X1", body="Which?", kind=CommentKind.QUESTION
        ),
        "comment": actions.add_comment(**by_reviewer, body="Well made."),
        "resolved": actions.add_comment(**by_reviewer, about="I1", body="So."),
    }
    actions.settle_thread(**by_analyst, comment=found["resolved"].pk, state=CommentState.RESOLVED)
    actions.edit_statement(**by_analyst, key="C1", text="It should close in spring.")
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["challenge", "question", "comment"]),
        ("?kind=question", ["question"]),
        ("?flag=overstated", ["challenge"]),
        ("?state=resolved", ["resolved"]),
        ("?state=all", ["challenge", "question", "comment", "resolved"]),
        ("?stale=1", ["challenge"]),
        ("?author=analyst", ["question"]),
        ("?mine=1", ["challenge", "comment"]),
        ("?about=c1", ["challenge"]),
        ("?about=E1", ["question"]),
        ("?about=map", ["comment"]),
        ("?mine=1&kind=challenge&about=C1", ["challenge"]),
        ("?kind=nonsense&page=99", ["challenge", "question", "comment"]),
        ("?about=C9", []),
    ],
)
def test_the_address_says_which_threads_are_listed(
    query: str, expected: list[str], talk: dict[str, Comment], client_of: ClientOf
) -> None:
    listed = threads(client_of("reviewer"), query)
    assert set(listed) == {talk[name].pk for name in expected}
    if not expected:
        assert "No thread is like that." in seen(client_of("reviewer"), query)


def test_a_row_leads_to_its_thread(talk: dict[str, Comment], client_of: ClientOf) -> None:
    page = client_of("viewer").get(ADDRESS).text
    for name, place in (
        ("challenge", "elements/C1/"),
        ("question", "elements/E1/"),
        ("comment", ""),
    ):
        anchor = f"comment-{talk[name].pk}"
        assert f'href="/maps/harbour/{place}#{anchor}"' in page
        assert f'id="{anchor}"' in client_of("viewer").get(f"/maps/harbour/{place}").text


def test_long_lists_have_pages_that_keep_what_is_asked(
    by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    for _ in range(26):
        actions.add_comment(**by_reviewer, about="C1", body="Why?", kind=CommentKind.QUESTION)
    client = client_of("viewer")
    page = client.get(f"{ADDRESS}?kind=question").text
    assert 'href="?kind=question&amp;page=2"' in page
    first, second = (threads(client, f"?kind=question&page={number}") for number in (1, 2))
    assert (len(first), len(second)) == (25, 1)
    assert not set(first) & set(second)


# --- In place -----------------------------------------------------------------------------------


def test_a_thread_is_answered_and_resolved_in_place(
    talk: dict[str, Comment], client_of: ClientOf
) -> None:
    number = talk["challenge"].pk
    address = f"{ADDRESS}threads/{number}/?kind=challenge"
    typed = {"act": "both", "body": "It is.", "version_seen": 1, "nonce": "once"}
    answer = client_of("analyst").post(address, typed)
    assert answer.headers["Location"] == f"{ADDRESS}?kind=challenge#thread-{number}"
    client_of("analyst").post(address, typed)
    first = Comment.objects.get(pk=number)
    assert first.state == CommentState.RESOLVED
    assert [reply.body for reply in first.replies.all()] == ["It is."]
    part = client_of("analyst").post(address, {"act": "reopen"}, headers=HTMX)
    assert "Open again." in part.text
    assert part.text.strip().startswith("<li")


def test_an_answer_is_looked_at_before_it_is_sent(
    talk: dict[str, Comment], client_of: ClientOf
) -> None:
    client = client_of("analyst")
    rows = client.get(ADDRESS).context["rows"]
    form = next(row.form for row in rows if row.first == talk["question"])
    typed = {field.name: field.value() for field in form} | {"body": "It *is*."}
    preview = "/maps/harbour/comments/preview/"
    assert "<em>is</em>" in client.post(preview, typed, headers=HTMX).text
    # Without scripts in its thread, where the same form goes on.
    whole = client.post(preview, typed)
    assert whole.context["panel"].row.key == "E1"
    assert "<em>is</em>" in whole.text
    assert "It *is*." in whole.text


def test_an_answer_that_is_refused_is_not_lost(
    by_reviewer: dict[str, Any], talk: dict[str, Comment], client_of: ClientOf
) -> None:
    number = talk["challenge"].pk
    address = f"{ADDRESS}threads/{number}/"
    typed = {"act": "both", "body": " ", "version_seen": 1}
    for headers in ({}, HTMX):
        answer = client_of("analyst").post(address, typed, headers=headers)
        assert answer.status_code == 422
        assert "This field is required." in answer.text
    assert Comment.objects.get(pk=number).state == CommentState.OPEN
    actions.delete_comment(**by_reviewer, comment=number)
    gone = client_of("analyst").post(address, {**typed, "body": "It is so."})
    assert gone.status_code == 410
    assert "It is so." in gone.text


# --- Queries ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 200])
def test_the_number_of_queries_is_that_of_any_number_of_threads(
    count: int,
    by_analyst: dict[str, Any],
    by_reviewer: dict[str, Any],
    reviewer: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    asked = actions.ask_for_review(**by_analyst, reviewers=[reviewer])
    actions.give_verdict(**by_reviewer, verdict="sound", round=asked.pk)
    actions.edit_statement(**by_analyst, key="C1", text="It should close in spring.")
    for _ in range(count):
        actions.add_comment(**by_reviewer, about="C1", body="Why?", kind=CommentKind.QUESTION)
    client = client_of("analyst")
    # session, user, map and role; rounds, who was asked; verdicts, the same for what stands, what
    # changed since; questions that are not satisfied, those not answered; ratings, how many there
    # are; authors; threads counted, their numbers, what
    # their rows show; whether suggestions are open; whom one may ask, twice (whether there are
    # any, and who); the badge
    with django_assert_num_queries(20):
        client.get(ADDRESS)
