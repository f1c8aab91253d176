"""What makes a judgement stale, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import (
    Answer,
    ArgumentMap,
    Comment,
    CriticalQuestion,
    Inference,
    Rating,
    Scheme,
)
from argmap.review import differences_since, is_stale, stale_comments_of, threads_of

Do = Callable[[dict[str, Any]], object]

EDIT = actions.edit_statement

CASES: dict[str, tuple[str, bool, Do]] = {
    "its text": ("C1", True, lambda on: EDIT(**on, key="C1", text="It may.")),
    "its likelihood": ("C1", True, lambda on: EDIT(**on, key="C1", likelihood="likely")),
    "its status": ("C1", False, lambda on: EDIT(**on, key="C1", status="reviewed")),
    "its tags": ("C1", False, lambda on: EDIT(**on, key="C1", tags=["ice"])),
    "another statement": ("C1", False, lambda on: EDIT(**on, key="E1", text="Ice.")),
    "its warrant": ("I1", True, lambda on: actions.edit_inference(**on, key="I1", warrant="So.")),
    "its premises": (
        "I1",
        True,
        lambda on: actions.edit_inference(**on, key="I1", premises=["E1"]),
    ),
    "its place": (
        "X1",
        True,
        lambda on: actions.edit_excerpt(
            **on,
            key="X1",
            quotation="On fifty days no ship came in.",
            locator={"section": "Summer", "paragraph": 1, "sentence": 1},
        ),
    ),
    "the map's issue": ("", True, lambda on: actions.edit_map(**on, issue="In summer?")),
    "the map's slug": ("", False, lambda on: actions.edit_map(**on, slug="port")),
    "a statement on it": ("", False, lambda on: EDIT(**on, key="C1", text="It may.")),
    "a text that is attached": (
        "X1",
        False,
        lambda on: actions.attach_text(
            **on,
            key="S1",
            media_type="text/plain",
            data=b"Winter\n\nNo.\n\nOn forty days no ship came in.",
        ),
    ),
}


each_case = pytest.mark.parametrize(("about", "stale", "do"), CASES.values(), ids=list(CASES))


@each_case
def test_a_comment_is_stale_when_what_it_is_about_says_something_else(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    by_analyst: dict[str, Any],
    about: str,
    stale: bool,  # noqa: FBT001 - a case's outcome
    do: Do,
) -> None:
    comment = actions.add_comment(**by_reviewer, about=about, body="Why?")
    assert not Comment.objects.filter(is_stale(Comment)).exists()

    do(by_analyst)

    assert Comment.objects.filter(is_stale(Comment)).exists() == stale
    told = differences_since(Comment.objects.select_related("statement", "inference", "excerpt"))
    assert (comment.pk in told) == stale

    actions.confirm_comment(**by_reviewer, comment=comment.pk)
    assert not Comment.objects.filter(is_stale(Comment)).exists()


@each_case
def test_the_same_comments_are_found_stale_without_the_database_s_judgement(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    by_analyst: dict[str, Any],
    about: str,
    stale: bool,  # noqa: FBT001 - a case's outcome
    do: Do,
) -> None:
    first = actions.add_comment(**by_reviewer, about=about, body="Why?")
    do(by_analyst)
    later = actions.add_comment(**by_reviewer, about=about, body="And now?")
    a_map.refresh_from_db()

    comments = a_map.comments.select_related("statement", "inference", "excerpt")

    assert [*stale_comments_of(comments)] == ([first.pk] if stale else [])
    assert stale_comments_of([later]) == {}


def test_what_was_changed_back_is_stale_and_says_nothing(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    by_analyst: dict[str, Any],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    comment = actions.add_comment(**by_reviewer, about="C1", body="Why?")
    lost = actions.add_comment(**by_reviewer, about="K1", body="Why?")
    actions.delete_statement(**by_analyst, key="K1")
    for text in ("It may.", "The harbour should close in winter."):
        EDIT(**by_analyst, key="C1", text=text)
    a_map.refresh_from_db()

    # the comments with what they are about; the log
    with django_assert_num_queries(2):
        told = stale_comments_of(a_map.comments.select_related("statement", "excerpt", "inference"))
    assert told == {comment.pk: ()}
    lost.refresh_from_db()
    with django_assert_num_queries(0):
        assert stale_comments_of([lost]) == {}


def test_the_difference_is_told_from_what_was_seen_to_what_stands(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any], a_map: ArgumentMap, editor: User
) -> None:
    comment = actions.add_comment(**by_reviewer, about="C1", body="Why?")
    EDIT(**by_analyst, key="C1", text="It may.", status="contested")
    EDIT(actor=editor, argument_map=a_map, key="C1", text="It might.")

    (moved,) = differences_since([comment])[comment.pk]

    assert moved.by == ("analyst", "editor")
    assert moved.fields == [("text", "The harbour should close in winter.", "It might.")]

    EDIT(**by_analyst, key="C1", text="The harbour should close in winter.")
    assert differences_since([comment]) == {}


def test_what_was_deleted_is_told_as_gone(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    comment = actions.add_comment(**by_reviewer, about="K1", body="Why?")
    actions.delete_statement(**by_analyst, key="K1")
    comment.refresh_from_db()
    (moved,) = differences_since([comment])[comment.pk]
    assert moved.after is None
    assert moved.before is not None
    assert moved.before["text"] == "Last winter was the coldest for a century."


def test_answers_and_ratings_go_stale_too(
    a_map: ArgumentMap, reviewer: User, by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    scheme = Scheme.objects.get(slug="sign")
    question = CriticalQuestion.objects.create(scheme=scheme, order=1, text="Is it a sign?")
    answer = Answer.objects.create(
        map=a_map,
        inference=Inference.objects.get(map=a_map, key="I1"),
        question=question,
        author=reviewer,
        author_name="reviewer",
        says="satisfied",
        version_seen=a_map.version,
    )
    rating = actions.rate(**by_reviewer, statement="C1", likelihood="likely")
    EDIT(**by_analyst, key="C1", text="It may.")
    actions.edit_inference(**by_analyst, key="I1", scheme=None)

    assert Answer.objects.filter(is_stale(Answer)).get() == answer
    assert Rating.objects.filter(is_stale(Rating)).get() == rating
    assert [[each.key for each in moved] for moved in differences_since([answer]).values()] == [
        ["I1"]
    ]
    with pytest.raises(PermissionDenied):
        actions.confirm_answer(**by_analyst, answer=answer.pk)
    actions.confirm_answer(**by_reviewer, answer=answer.pk)
    actions.confirm_rating(**by_reviewer, statement="C1", version_seen=a_map.version - 1)
    assert not Answer.objects.filter(is_stale(Answer)).exists()
    assert not Rating.objects.filter(is_stale(Rating)).exists()


def test_a_confirmation_sets_nothing_back_and_is_no_reply_s(
    a_map: ArgumentMap, by_reviewer: dict[str, Any]
) -> None:
    comment = actions.add_comment(**by_reviewer, about="C1", body="Why?")
    activity = a_map.activity
    held = actions.confirm_comment(**by_reviewer, comment=comment.pk, version_seen=1)
    assert (held.version_seen, a_map.activity) == (comment.version_seen, activity)
    reply = actions.add_comment(**by_reviewer, parent=comment.pk, body="Well?")
    with pytest.raises(ValidationError):
        actions.confirm_comment(**by_reviewer, comment=reply.pk)


def test_the_differences_of_many_take_one_query(
    a_map: ArgumentMap,
    by_reviewer: dict[str, Any],
    by_analyst: dict[str, Any],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for about in ("C1", "E1", "I1", "X1", ""):
        actions.add_comment(**by_reviewer, about=about, body="Why?")
    EDIT(**by_analyst, key="C1", text="It may.")
    # threads, with what they are about; the log
    with django_assert_num_queries(2):
        told = differences_since(threads_of(a_map))
    assert len(told) == 1
