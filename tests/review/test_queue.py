"""What waits for someone over all maps: whose turn it is, and how much there is of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind, CommentState
from argmap.models import ArgumentMap, Comment
from argmap.review import (
    answered,
    rounds_of,
    stale_answers,
    stale_comments,
    stale_ratings,
    stale_verdicts,
    to_answer,
    to_decide,
    unread_mentions,
    unresolved,
    waiting_count,
    waiting_on_others,
)

SECTIONS = (
    to_answer,
    to_decide,
    answered,
    waiting_on_others,
    unresolved,
    unread_mentions,
    rounds_of,
    stale_answers,
    stale_comments,
    stale_ratings,
    stale_verdicts,
)


@pytest.fixture
def question(by_reviewer: dict[str, Any]) -> Comment:
    return actions.add_comment(
        **by_reviewer, about="C1", body="Which winter?", kind=CommentKind.QUESTION
    )


def test_a_question_waits_for_editors_and_then_for_its_author(
    a_map: ArgumentMap, question: Comment, analyst: User, editor: User, reviewer: User
) -> None:
    def turns() -> dict[str, list[str]]:
        people = (analyst, editor, reviewer)
        return {
            find.__name__: [each.username for each in people if find(each).exists()]
            for find in (to_answer, answered, waiting_on_others)
        }

    assert turns() == {
        "to_answer": ["analyst", "editor"],
        "answered": [],
        "waiting_on_others": ["reviewer"],
    }
    on_it: dict[str, Any] = {"argument_map": a_map}
    actions.add_comment(**on_it, actor=analyst, parent=question.pk, body="The last.")
    assert turns() == {
        "to_answer": ["editor"],
        "answered": ["reviewer"],
        "waiting_on_others": ["analyst"],
    }
    actions.add_comment(**on_it, actor=reviewer, parent=question.pk, body="Of which year?")
    assert turns()["to_answer"] == ["analyst", "editor"]
    actions.settle_thread(**on_it, actor=reviewer, comment=question.pk, state=CommentState.RESOLVED)
    assert turns() == {"to_answer": [], "answered": [], "waiting_on_others": []}


def test_a_mere_comment_asks_for_no_answer(
    by_reviewer: dict[str, Any], analyst: User, reviewer: User
) -> None:
    actions.add_comment(**by_reviewer, body="Well made.")
    assert not to_answer(analyst).exists()
    assert not waiting_on_others(reviewer).exists()
    assert unresolved(analyst).count() == unresolved(reviewer).count() == 1


def test_a_suggestion_waits_for_whoever_may_accept_it(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], analyst: User, reviewer: User
) -> None:
    made = actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": "It may."})
    prose = actions.add_comment(**by_reviewer, body="Add tugs.", kind=CommentKind.SUGGESTION)
    assert [each.pk for each in to_decide(analyst)] == [made.comment_id]
    assert [each.pk for each in to_answer(analyst)] == [prose.pk]
    assert not to_decide(reviewer).exists()
    actions.accept_suggestion(actor=analyst, argument_map=a_map, comment=made.comment_id)
    assert not to_decide(analyst).exists()


def test_stale_judgements_wait_for_their_author_alone(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    question: Comment,
    analyst: User,
    reviewer: User,
) -> None:
    actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    actions.give_verdict(**by_reviewer, verdict="sound")
    sections = (stale_comments, stale_ratings, stale_verdicts)
    assert [find(reviewer).count() for find in sections] == [0, 0, 0]
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="In spring.")
    assert [find(reviewer).count() for find in sections] == [1, 1, 1]
    assert [find(analyst).count() for find in sections] == [0, 0, 0]
    # A later verdict takes the place of the one before.
    actions.give_verdict(**by_reviewer, verdict="sound")
    assert not stale_verdicts(reviewer).exists()


def test_nothing_waits_on_what_one_may_not_review(
    a_map: ArgumentMap,
    question: Comment,
    analyst: User,
    outsider: User,
    viewer: User,
) -> None:
    for person in (outsider, viewer, AnonymousUser()):
        assert [find.__name__ for find in SECTIONS if find(person).exists()] == []
        assert waiting_count(person) == 0
    actions.archive_map(actor=analyst, argument_map=a_map)
    assert waiting_count(analyst) == 0
    assert not unresolved(analyst).exists()


def test_all_that_waits_is_counted_in_one_query(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    question: Comment,
    analyst: User,
    reviewer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": "It may."})
    actions.add_comment(**by_reviewer, body="Look, @analyst.")
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.ask_for_review(**on_it, reviewers=[analyst, reviewer])
    with django_assert_num_queries(1):
        assert waiting_count(analyst) == 4
    assert waiting_count(reviewer) == 1
    actions.add_comment(**on_it, parent=question.pk, body="The last.")
    actions.read_mentions(user=analyst, comments=Comment.objects.values_list("pk", flat=True))
    assert (waiting_count(analyst), waiting_count(reviewer)) == (2, 2)
    with django_assert_num_queries(0):
        assert waiting_count(AnonymousUser()) == 0


def test_it_is_counted_no_further_than_anyone_looks(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], reviewer: User, analyst: User
) -> None:
    Comment.objects.bulk_create(
        Comment(
            map=a_map,
            author=reviewer,
            author_name="reviewer",
            kind=CommentKind.QUESTION,
            body="Why?",
        )
        for _ in range(150)
    )
    assert waiting_count(analyst) == 100
