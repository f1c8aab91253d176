"""What was stale where a file comes from is stale where it is brought, and nothing is made up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User

from argmap import actions
from argmap.core.formats import native
from argmap.exports import PARTS, write_with
from argmap.models import Answer, ArgumentMap, Comment, Scheme
from argmap.review import (
    changes_since,
    differences_since,
    is_stale,
    stale_answers,
    stale_comments,
    stale_comments_of,
    with_stale,
)
from argmap.review.gone_stale import gone_stale


@pytest.fixture
def brought(
    a_map: ArgumentMap, by_analyst: dict[str, Any], by_reviewer: dict[str, Any]
) -> ArgumentMap:
    """A map, brought from a file, on which comments on E1, X1 and the map and an answer were stale."""
    asked = Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong?")
    for about in ("C1", "E1", "X1", ""):
        actions.add_comment(**by_reviewer, about=about, body=f"Why {about}?")
    actions.answer_question(**by_reviewer, inference="I1", question=asked.pk, says="satisfied")
    actions.give_verdict(**by_reviewer, verdict="sound")
    actions.edit_statement(**by_analyst, key="E1", text="Ice.")
    actions.edit_statement(**by_analyst, key="C1", status="reviewed")
    actions.edit_inference(**by_analyst, key="I1", warrant="So.")
    actions.edit_map(**by_analyst, issue="In summer?")
    actions.add_comment(**by_reviewer, about="E1", body="Still.")
    actions.edit_excerpt(
        **by_analyst,
        key="X1",
        quotation="On fifty days no ship came in.",
        locator={"section": "Summer", "paragraph": 1, "sentence": 1},
    )
    file = native.load(write_with(a_map, PARTS).decode())
    return actions.import_graph(
        actor=None,
        graph=file.graph,
        slug="copy",
        owner=by_analyst["actor"],
        comments=file.comments,
        reviews=file.reviews,
        answers=file.answers,
    ).map


def stale_on(argument_map: ArgumentMap) -> list[str]:
    rows = Comment.objects.filter(is_stale(Comment), map=argument_map).order_by("pk")
    return [row.body for row in rows]


def test_the_same_is_stale_there(a_map: ArgumentMap, brought: ArgumentMap) -> None:
    assert stale_on(brought) == stale_on(a_map) == ["Why E1?", "Why X1?", "Why ?"]
    assert [row.stale for row in with_stale(brought.answers.all())] == [True]
    there, here = (write_with(each, PARTS).decode() for each in (a_map, brought))
    assert here.replace('"slug": "copy"', '"slug": "harbour"') == there


def test_the_same_is_found_among_comments_that_were_read(brought: ArgumentMap) -> None:
    comments = brought.comments.select_related("statement", "inference", "excerpt").order_by("pk")
    told = stale_comments_of(comments)
    assert [row.body for row in comments if row.pk in told] == stale_on(brought)


def test_no_difference_is_made_up(brought: ArgumentMap, by_analyst: dict[str, Any]) -> None:
    rows = list(brought.comments.filter(is_stale(Comment)))
    told = differences_since(rows)
    assert [(each.untold, each.fields, each.by) for row in rows for each in told[row.pk]] == [
        (True, [], ()),
    ] * 3
    (answer,) = brought.answers.all()
    assert [each.untold for each in differences_since([answer])[answer.pk]] == [True]
    (whole,) = changes_since(brought, 1)
    assert (whole.type, whole.key, whole.untold) == ("map", "", True)

    on_it = {**by_analyst, "argument_map": brought}
    actions.edit_statement(**on_it, key="E1", text="Black ice.")
    since = differences_since([rows[0]])[rows[0].pk]
    assert [(each.untold, each.fields) for each in since] == [
        (True, []),
        (False, [("text", "Ice.", "Black ice.")]),
    ]


def test_its_author_is_asked_once_and_no_mail_calls_it_new(
    brought: ArgumentMap, reviewer: User
) -> None:
    on_it: dict[str, Any] = {"actor": reviewer, "argument_map": brought}
    actions.set_member(actor=None, argument_map=brought, user=reviewer, role="reviewer")
    actions.edit_map(actor=None, argument_map=brought, visibility="members")
    mine = [row for row in stale_comments(reviewer) if row.map_id == brought.pk]
    assert len(mine) == 3
    long_ago = datetime(2001, 1, 1, tzinfo=UTC)
    assert {each.map.slug for each in gone_stale([reviewer.pk], long_ago)} == {"harbour"}
    for row in mine:
        actions.confirm_comment(**on_it, comment=row.pk)
    for answer in Answer.objects.filter(map=brought):
        actions.confirm_answer(**on_it, answer=answer.pk)
    assert stale_on(brought) == []
    assert not [row for row in stale_answers(reviewer) if row.map_id == brought.pk]
