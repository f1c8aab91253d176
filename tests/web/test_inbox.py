"""The inbox over all maps, and its badge in the header of every page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind, Role, Visibility
from argmap.models import ArgumentMap, Comment, Mention, Round
from tests.web.conftest import ClientOf

ADDRESS = "/inbox/"


def sections(client: Client, query: str = "") -> dict[str, int]:
    """Return the sections that the page shows, and how much it says is in each."""
    return {
        section.kind.name: section.count
        for _, held in client.get(ADDRESS + query).context["groups"]
        for section in held
    }


def badge(client: Client, page: str = "/") -> str:
    """Return what stands beside the word Inbox, "" for nothing."""
    _, _, after = client.get(page).text.partition('<span class="badge">')
    return after.partition("<")[0]


def another_map(analyst: User, reviewer: User) -> ArgumentMap:
    made = actions.create_map(
        actor=analyst, title="The quay", slug="quay", visibility=Visibility.MEMBERS
    )
    actions.set_member(actor=analyst, argument_map=made, user=reviewer, role=Role.REVIEWER)
    return made


def test_an_empty_inbox_says_what_it_is_for(a_map: ArgumentMap, client_of: ClientOf) -> None:
    page = client_of("reviewer").get(ADDRESS)
    assert "Nothing waits for you" in page.text
    assert badge(client_of("reviewer")) == ""


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("requests", "Nobody asks you for a verdict."),
        ("stale", "All that you judged still says what it said."),
        ("mentions", "Nobody has called you since you last looked."),
    ],
)
def test_an_empty_section_says_so(
    section: str, words: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    assert words in client_of("reviewer").get(f"{ADDRESS}?section={section}").text


def test_whoever_is_not_signed_in_is_asked_to(client_of: ClientOf) -> None:
    answer = client_of("anonymous").get(ADDRESS)
    assert answer.headers["Location"] == "/accounts/login/?next=/inbox/"
    assert "Inbox" not in client_of("anonymous").get("/").text


def test_each_thing_waits_in_its_section(
    a_map: ArgumentMap, analyst: User, by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_comment(
        **by_reviewer, about="C1", body="Which, @analyst?", kind=CommentKind.QUESTION
    )
    actions.suggest(**by_reviewer, does="attack", on="C1", after={"kind": "claim", "text": "No."})
    actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    actions.give_verdict(**by_reviewer, verdict="sound")
    actions.ask_for_review(**on_it, reviewers=[by_reviewer["actor"]])
    actions.edit_statement(**on_it, key="C1", text="In spring.")
    assert sections(client_of("analyst")) == {
        "answer": 1,
        "decide": 1,
        "mentions": 1,
        "rounds": 1,
        "unresolved": 2,
    }
    assert sections(client_of("reviewer")) == {
        "requests": 1,
        # The comment that began each thread, the rating, the verdict.
        "stale": 4,
        "waiting": 2,
        "unresolved": 2,
    }
    assert (badge(client_of("analyst")), badge(client_of("reviewer"))) == ("3", "1")


def test_the_address_narrows_it(
    a_map: ArgumentMap, analyst: User, by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    other = another_map(analyst, by_reviewer["actor"])
    on_other = {**by_reviewer, "argument_map": other}
    actions.add_comment(**by_reviewer, body="Is it?", kind=CommentKind.CHALLENGE)
    actions.add_comment(**on_other, body="Which?", kind=CommentKind.QUESTION)
    actions.add_comment(**on_other, body="Well made.")
    client = client_of("analyst")
    assert sections(client) == {"answer": 2, "unresolved": 3}
    assert sections(client, "?map=quay") == {"answer": 1, "unresolved": 2}
    assert sections(client, "?kind=challenge") == {"answer": 1, "unresolved": 1}
    assert sections(client, "?section=answer&map=quay&kind=question") == {"answer": 1}
    assert sections(client, "?section=nonsense&kind=nothing") == {"answer": 2, "unresolved": 3}
    assert sections(client, "?map=unknown") == {}


def test_requests_stand_by_their_day(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    other = another_map(analyst, reviewer)
    for found, days in ((a_map, 9), (other, -2)):
        asked = actions.ask_for_review(actor=analyst, argument_map=found, reviewers=[reviewer])
        due = timezone.localdate() + timedelta(days=days)
        Round.objects.filter(pk=asked.pk).update(due=due)
    page = client_of("reviewer").get(ADDRESS).text
    assert "overdue by 2 days" in page
    assert page.index('href="/maps/quay/review/#verdict"') < page.index(
        'href="/maps/harbour/review/#verdict"'
    )


def test_a_mention_is_marked_as_read_by_whom_it_calls(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    said = actions.add_comment(**by_reviewer, body="Look, @analyst.")
    client_of("editor").post(f"{ADDRESS}mentions/", {"comment": said.pk})
    assert Mention.objects.filter(read_at=None).exists()
    client = client_of("analyst")
    assert f'href="/maps/harbour/#comment-{said.pk}"' in client.get(ADDRESS).text
    answer = client.post(f"{ADDRESS}mentions/", {"comment": [said.pk, "x"]})
    assert answer.headers["Location"] == ADDRESS
    assert "mentions" not in sections(client)


@pytest.mark.parametrize("sort", ["comment", "rating", "verdict", "answer"])
def test_a_stale_judgement_is_confirmed_and_leaves(
    sort: str,
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
) -> None:
    if sort == "comment":
        actions.add_comment(**by_reviewer, about="I1", body="Is it?", kind=CommentKind.QUESTION)
    elif sort == "rating":
        actions.rate(**by_reviewer, statement="C1", likelihood="likely", confidence="low")
    elif sort == "verdict":
        actions.give_verdict(**by_reviewer, verdict="sound")
    else:
        inference = a_map.inferences.select_related("scheme").get(key="I1")
        assert inference.scheme
        question = inference.scheme.questions.create(order=1, text="Is the sign sure?")
        actions.answer_question(
            **by_reviewer, inference="I1", question=question.pk, says="satisfied", why="It is."
        )
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    if sort in {"rating", "verdict"}:
        actions.edit_statement(**on_it, key="C1", text="In spring.")
    else:
        actions.edit_inference(**on_it, key="I1", warrant="Ice is ice.")
    client = client_of("reviewer")
    (line,) = client.get(f"{ADDRESS}?section=stale").context["sections"][0].lines
    a_map.refresh_from_db()
    answer = client.post(line.confirms, {"version_seen": a_map.version, "back": "inbox"})
    assert (answer.status_code, answer.headers["Location"]) == (303, ADDRESS)
    assert "stale" not in sections(client)


def test_a_long_section_has_pages(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    fill(a_map, by_reviewer["actor"], 130)
    client = client_of("analyst")
    overview = client.get(ADDRESS).text
    assert 'href="/inbox/?section=answer">All 100+' in overview
    answers = [client.get(f"{ADDRESS}?section=answer&page={page}") for page in range(1, 7)]
    pages = [[row.first.pk for row in answer.context["sections"][0].lines] for answer in answers]
    assert [len(page) for page in pages] == [25, 25, 25, 25, 25, 5]
    assert len({pk for page in pages for pk in page}) == 130
    assert "?section=answer&amp;page=2" in client.get(f"{ADDRESS}?section=answer").text
    assert badge(client) == "99+"


# --- The badge ----------------------------------------------------------------------------------


def test_the_badge_is_on_no_page_of_whoever_is_not_signed_in(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # maps, of which there are none to read
    with django_assert_num_queries(1):
        client_of("anonymous").get("/")
    assert client_of("anonymous").get("/inbox/count/").json() == {"waiting": ""}


@pytest.mark.django_db(transaction=True)
def test_a_page_that_is_kept_asks_for_its_badge(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("analyst")
    client.get("/maps/harbour/")
    first = client.get("/maps/harbour/")
    assert 'data-waiting="/inbox/count/"' in first.text
    other = another_map(analyst, reviewer)
    actions.add_comment(
        actor=reviewer, argument_map=other, body="Which?", kind=CommentKind.QUESTION
    )
    # session, user, map and role, schemes: what happens on other maps makes no page anew
    with django_assert_num_queries(4):
        again = client.get("/maps/harbour/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    # session, user, the badge
    with django_assert_num_queries(3):
        assert client.get("/inbox/count/").json() == {"waiting": "1"}


def test_whoever_suggested_something_sees_what_became_of_it(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    for title in ("First", "Second", "Third", "Fourth"):
        made = actions.suggest(**by_reviewer, does="edit", on="C1", after={"title": title})
        if title == "First":
            actions.accept_suggestion(**by_analyst, comment=made.comment_id)
        elif title == "Second":
            actions.decline_suggestion(**by_analyst, comment=made.comment_id, reason="No.")
        elif title == "Third":
            actions.withdraw_suggestion(**by_reviewer, comment=made.comment_id)
    assert sections(client_of("reviewer"))["settled"] == 2
    page = client_of("reviewer").get(f"{ADDRESS}?section=settled").text
    assert page.index("Declined") < page.index("Accepted"), "the last one first"
    assert "settled" not in sections(client_of("analyst"))


# --- Queries ------------------------------------------------------------------------------------


def fill(argument_map: ArgumentMap, author: User, count: int) -> None:
    """Put open threads on a map, a question each, with an answer to every second."""
    made = Comment.objects.bulk_create(
        Comment(
            map=argument_map,
            statement=argument_map.statements.get(key="C1"),
            author=author,
            author_name=author.get_username(),
            kind=CommentKind.QUESTION,
            body="Why?",
            version_seen=1,
        )
        for _ in range(count)
    )
    Comment.objects.bulk_create(
        Comment(map=argument_map, parent=first, author=author, author_name="reviewer", body="So.")
        for first in made[::2]
    )


@pytest.mark.parametrize("count", [2, 200])
def test_the_number_of_queries_is_that_of_any_number_of_threads(
    count: int,
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(a_map, reviewer, count)
    actions.add_comment(**by_reviewer, body="Look, @analyst.")
    actions.rate(actor=analyst, argument_map=a_map, statement="C1", likelihood="likely")
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="In spring.")
    client = client_of("analyst")
    # session, user, maps; requests; questions counted and shown; suggestions, of which there are
    # none; answered threads, the same; mentions counted and shown; stale verdicts, comments,
    # answers, ratings, and what has changed since the ratings; rounds; answers that one waits for,
    # none; suggestions that were settled, none; unresolved threads counted and shown; the badge
    with django_assert_num_queries(21):
        client.get(ADDRESS)
    # session, user, maps; the section's threads counted, their numbers, what their rows show; the
    # badge
    with django_assert_num_queries(7):
        client.get(f"{ADDRESS}?section=answer")
