"""The report of how each point was dealt with, as a file."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentKind
from argmap.models import ArgumentMap, Scheme
from tests.web.conftest import ClientOf

ADDRESS = "/maps/harbour/review/report.md"


def test_it_has_a_section_for_each_element_and_all_that_was_done(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], client_of: ClientOf
) -> None:
    asked = actions.add_comment(
        **by_reviewer, about="X1", body="# Which log?", kind=CommentKind.QUESTION
    )
    actions.add_comment(**by_analyst, parent=asked.pk, body="The master's.")
    declined = actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": "It may."})
    actions.decline_suggestion(**by_analyst, comment=declined.comment_id, reason="Too weak.")
    accepted = actions.suggest(**by_reviewer, does="edit", on="C1", after={"title": "Close it"})
    actions.accept_suggestion(**by_analyst, comment=accepted.comment_id)
    for does, on, after in (
        ("edit", "E2", {"note": "Who says so?"}),
        ("attack", "I1", {"kind": "counterargument", "text": "Once only."}),
    ):
        amended = actions.suggest(**by_reviewer, does=does, on=on, after=after)
        name = "note" if does == "edit" else "text"
        actions.accept_suggestion(
            **by_analyst, comment=amended.comment_id, amended={**after, name: f"Amended {name}."}
        )
    actions.add_comment(**by_reviewer, about="K1", body="Off the point.")
    actions.delete_statement(**by_analyst, key="K1")
    actions.add_comment(**by_reviewer, body="Well made.")
    taken = actions.add_comment(**by_reviewer, about="E2", body="Forget it.")
    actions.delete_comment(**by_reviewer, comment=taken.pk)
    actions.give_verdict(**by_reviewer, verdict="not_sound", summary="Thin ice.")

    answer = client_of("viewer").get(ADDRESS)

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="harbour-review.md"'
    headings = [line for line in answer.text.splitlines() if line.startswith("## ")]
    assert headings == [
        "## Verdicts",
        "## The map",
        "## C1: Close it",
        "## E1: Ice blocked the harbour on forty days last winter.",
        "## E2: Each blocked day costs more than a month of keeping it open.",
        "## I1",
        "## K1, which was deleted",
    ]
    for words in (
        "7 points; 3 still open.",
        "**reviewer**, on version",
        "> Thin ice.",
        "### 4. Question by reviewer",
        "On X1, in version",
        "> \\# Which log?",
        "answered by analyst; still open.",
        "Suggests another text of C1.",
        "declined by analyst, for the reason below.",
        "> Too weak.",
        "accepted by analyst, as it was suggested.",
        "accepted by analyst, in other words.",
        "Note, as suggested: Who says so?\\\nNote, as done: Amended note.",
        "Text, as suggested: Once only.\\\nText, as done: Amended text.",
    ):
        assert words in answer.text
    assert "Forget it." not in answer.text


def test_questions_that_are_not_satisfied_are_points_too(
    a_map: ArgumentMap,
    by_analyst: dict[str, Any],
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
) -> None:
    actions.delete_statement(**by_analyst, key="K1")
    questions = Scheme.objects.get(slug="sign").questions
    strong = questions.create(order=1, text="How strong is it?")
    other = questions.create(order=2, text="What else?")
    fails: dict[str, Any] = {"inference": "I1", "says": "not_satisfied"}
    actions.answer_question(**by_reviewer, **fails, question=strong.pk, why="Ice\n# melts.")
    actions.answer_question(**by_analyst, **fails, question=strong.pk)
    actions.answer_question(**by_analyst, inference="I1", question=other.pk, says="satisfied")
    before = client_of("viewer").get(ADDRESS).text
    assert "1 critical question is not satisfied; 1 on what nothing undercuts." in before
    assert "**What was done:** nothing yet." in before

    row, step = actions.add_reason(
        **by_analyst, about="I1", stance="attack", kind="counterargument", text="It thawed."
    )
    actions.add_comment(**by_reviewer, about="I1", body="Good.")
    text = client_of("viewer").get(ADDRESS).text

    assert "## I1\n\n### 1. Comment by reviewer" in text
    assert "### 2. A critical question, not satisfied\n\n> How strong is it?\n\nreviewer" in text
    assert "> Ice\\\n> \\# melts." in text
    assert "analyst answered so, in version" in text
    assert f"I1 is undercut now.\n\n{row.key}, by {step.key}:\n\n> It thawed." in text
    assert "What else?" not in text


def test_a_map_that_nobody_reviewed_has_a_report_too(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    assert "No point was made." in client_of("viewer").get(ADDRESS).text


@pytest.mark.parametrize("count", [2, 200])
def test_the_number_of_queries_is_fixed(
    count: int,
    by_reviewer: dict[str, Any],
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scheme = Scheme.objects.get(slug="sign")
    for number in range(count):
        actions.add_comment(**by_reviewer, about="C1", body="Why?")
        asked = scheme.questions.create(order=number, text="How strong?")
        fails: dict[str, Any] = {"inference": "I1", "question": asked.pk, "says": "not_satisfied"}
        actions.answer_question(**by_reviewer, **fails)
    client = client_of("viewer")
    # session, user, map and role; comments, answers, undercuts, verdicts, version
    with django_assert_num_queries(8):
        client.get(ADDRESS)
