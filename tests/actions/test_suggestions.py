from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import actions
from argmap.core.kinds import CommentState, Verb
from argmap.core.proposals import differences, proposal_from
from argmap.models import ArgumentMap, Change, Comment, Inference, Statement, Suggestion
from argmap.review.queue import to_answer, to_decide

REWORDED = "The harbour should close from December to March."


def reworded(by_reviewer: dict[str, Any], **fields: Any) -> Suggestion:
    after = {"text": REWORDED, "likelihood": "likely"}
    return actions.suggest(**by_reviewer, does="edit", on="C1", after={**after, **fields})


def text_of(key: str) -> str:
    return Statement.objects.get(key=key).text


def test_an_edit_is_shown_as_a_difference_and_changes_nothing(
    a_map: ArgumentMap, by_reviewer: dict[str, Any]
) -> None:
    version = a_map.version
    made = reworded(by_reviewer, note="", kind="claim")

    assert a_map.version == version
    assert (made.comment.kind, made.comment.about) == ("suggestion", "C1")
    assert made.comment.body == "Suggests another text and likelihood of C1."
    assert [tuple(each) for each in differences(proposal_from(made.proposal))] == [
        ("text", "The harbour should close in winter.", REWORDED),
        ("likelihood", None, "likely"),
    ]


def test_an_accepted_edit_is_one_change_credited_to_both(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], by_analyst: dict[str, Any], reviewer: User
) -> None:
    made = reworded(by_reviewer)
    version = a_map.version

    done = actions.accept_suggestion(**by_analyst, comment=made.comment_id)

    change = Change.objects.filter(map=a_map).latest("activity")
    assert (change.verb, change.version) == (Verb.ACCEPT, version + 1)
    assert (change.actor_name, change.proposed_by, change.proposed_by_name) == (
        "analyst",
        reviewer,
        "reviewer",
    )
    assert {item.type for item in change.items.all()} == {"statement", "suggestion", "comment"}
    assert (done.outcome, done.change, done.settled_by_name) == ("accepted", change, "analyst")
    statement = Statement.objects.get(map=a_map, key="C1")
    assert (statement.text, statement.likelihood) == (REWORDED, "likely")
    assert Comment.objects.get(pk=made.comment_id).state == "resolved"


@pytest.mark.parametrize(
    ("does", "on", "kind", "key"),
    [
        ("support", "C1", "evidence", "E3"),
        ("attack", "E1", "counterargument", "K2"),
        ("attack", "I1", "counterargument", "K2"),
        ("support", "I1", "claim", "C2"),
    ],
)
def test_an_accepted_statement_comes_with_its_inference(
    by_reviewer: dict[str, Any],
    by_analyst: dict[str, Any],
    does: str,
    on: str,
    kind: str,
    key: str,
) -> None:
    after = {"kind": kind, "text": "It was warm.", "warrant": "Ice melts.", "scheme": "sign"}
    made = actions.suggest(**by_reviewer, does=does, on=on, after={**after, "likelihood": None})

    actions.accept_suggestion(**by_analyst, comment=made.comment_id)

    step = Inference.objects.get(key="I3")
    assert (step.stance, step.conclusion.key if step.conclusion else "") == (does, on)
    assert [row.statement.key for row in step.premises.all()] == [key]
    assert (text_of(key), step.warrant, step.scheme and step.scheme.slug) == (
        "It was warm.",
        "Ice melts.",
        "sign",
    )


def test_an_edit_meets_what_was_written_since_it_was_seen(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    made = reworded(by_reviewer)
    actions.edit_statement(**by_analyst, key="C1", note="Other field.")
    other = reworded(by_reviewer, text="It may close.")
    actions.edit_statement(**by_analyst, key="C1", text="Close it.")

    with pytest.raises(actions.Conflict, match=r"analyst changed C1 \(text\) after this was"):
        actions.accept_suggestion(**by_analyst, comment=made.comment_id)
    assert text_of("C1") == "Close it."

    amended = actions.accept_suggestion(
        **by_analyst, comment=made.comment_id, amended={"text": REWORDED}, seen=a_map.version
    )
    assert (amended.outcome, text_of("C1")) == ("amended", REWORDED)
    with pytest.raises(actions.Conflict):
        actions.accept_suggestion(**by_analyst, comment=other.comment_id, seen=0)


def test_another_field_that_changed_is_no_obstacle(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    made = reworded(by_reviewer)
    actions.edit_statement(**by_analyst, key="C1", note="Other field.")

    actions.accept_suggestion(**by_analyst, comment=made.comment_id)

    assert Statement.objects.get(key="C1").note == "Other field."


def test_an_edit_is_compared_with_what_its_author_saw(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    seen = a_map.version
    actions.edit_statement(**by_analyst, key="C1", text="Close it.")

    made = actions.suggest(
        **by_reviewer, does="edit", on="C1", after={"text": REWORDED}, version_seen=seen
    )

    assert made.proposal["before"] == {"text": "The harbour should close in winter."}
    with pytest.raises(actions.Conflict):
        actions.accept_suggestion(**by_analyst, comment=made.comment_id)


def test_what_is_on_a_vanished_element_is_kept_and_cannot_be_accepted(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    seen = a_map.version
    actions.delete_statement(**by_analyst, key="K1")

    made = actions.suggest(
        **by_reviewer, does="edit", on="K1", after={"text": "Colder."}, version_seen=seen
    )

    assert made.comment.lost_target == "K1"
    with pytest.raises(actions.Gone):
        actions.accept_suggestion(**by_analyst, comment=made.comment_id)


def test_a_suggestion_is_declined_with_a_reason_that_answers_it(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    made = reworded(by_reviewer)
    with pytest.raises(ValidationError) as caught:
        actions.decline_suggestion(**by_analyst, comment=made.comment_id, reason=" ")
    assert list(caught.value.message_dict) == ["reason"]

    done = actions.decline_suggestion(
        **by_analyst, comment=made.comment_id, reason="It says winter."
    )

    assert done.outcome == "declined"
    assert Comment.objects.get(parent=made.comment_id).body == "It says winter."
    assert Change.objects.latest("activity").verb == Verb.DECLINE
    with pytest.raises(ValidationError, match="analyst settled this suggestion already"):
        actions.accept_suggestion(**by_analyst, comment=made.comment_id)


def test_its_author_withdraws_a_suggestion_or_deletes_it(by_reviewer: dict[str, Any]) -> None:
    first, second = reworded(by_reviewer), reworded(by_reviewer)

    actions.withdraw_suggestion(**by_reviewer, comment=first.comment_id)
    actions.delete_comment(**by_reviewer, comment=second.comment_id)

    assert [each.outcome for each in Suggestion.objects.all()] == ["withdrawn", "withdrawn"]


def test_several_are_accepted_each_by_itself_and_each_is_told_of(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any]
) -> None:
    made = [
        reworded(by_reviewer),
        reworded(by_reviewer, text="It may close."),
        actions.suggest(**by_reviewer, does="edit", on="E1", after={"title": "Ice"}),
    ]
    numbers = [each.comment_id for each in made]

    told = actions.accept_suggestions(**by_analyst, comments=[*numbers, 999_999])

    assert [each.suggestion is not None for each in told] == [True, False, True, False]
    assert told[1].problem.startswith("analyst changed C1 (likelihood, text)")
    assert told[3].problem == "The suggestion was deleted meanwhile."


def test_the_same_form_sent_twice_makes_one_suggestion(by_reviewer: dict[str, Any]) -> None:
    first, twice = (
        actions.suggest(**by_reviewer, does="edit", on="C1", after={"title": "T"}, nonce="n")
        for _ in range(2)
    )
    assert first == twice


@pytest.mark.parametrize(
    ("does", "on", "after", "field"),
    [
        ("edit", "C1", {}, "after"),
        ("edit", "C1", {"text": "The harbour should close in winter."}, "after"),
        ("edit", "C1", {"text": " "}, "text"),
        ("edit", "C1", {"text": "x" * 100_000}, "text"),
        ("edit", "C1", {"text": None}, "text"),
        ("edit", "C1", {"status": "accepted"}, "status"),
        ("edit", "C1", {"key": "C2"}, "key"),
        ("edit", "C1", {"warrant": "So."}, "warrant"),
        ("edit", "C1", {"likelihood": "perhaps"}, "likelihood"),
        ("edit", "C1", {"base_score": 2}, "base_score"),
        ("edit", "I1", {"text": "x"}, "on"),
        ("edit", "S1", {"text": "x"}, "on"),
        ("edit", "C99", {"text": "x"}, "on"),
        ("delete", "C1", {}, "does"),
        ("support", "C1", {"kind": "claim"}, "text"),
        ("support", "C1", {"kind": "opinion", "text": "x"}, "kind"),
        ("support", "C1", {"kind": "claim", "text": "x", "scheme": "nothing"}, "scheme"),
        ("support", "C99", {"kind": "claim", "text": "x"}, "on"),
    ],
)
def test_a_proposal_of_another_shape_is_refused_by_field(
    by_reviewer: dict[str, Any], does: str, on: str, after: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.suggest(**by_reviewer, does=does, on=on, after=after)
    assert list(caught.value.message_dict) == [field]
    assert not Comment.objects.exists()


def test_a_nonce_of_a_comment_makes_no_suggestion(by_reviewer: dict[str, Any]) -> None:
    actions.add_comment(**by_reviewer, body="Which winter?", nonce="once")
    with pytest.raises(ValidationError) as caught:
        actions.suggest(**by_reviewer, does="edit", on="C1", after={"text": REWORDED}, nonce="once")
    assert list(caught.value.message_dict) == ["nonce"]


def test_a_thread_is_not_resolved_over_an_open_suggestion_and_waits_once_it_is_opened_again(
    by_reviewer: dict[str, Any], by_analyst: dict[str, Any], analyst: User
) -> None:
    thread = reworded(by_reviewer).comment_id
    with pytest.raises(ValidationError, match="accept, decline or withdraw"):
        actions.settle_thread(**by_reviewer, comment=thread, state=CommentState.RESOLVED)
    assert [each.pk for each in to_decide(analyst)] == [thread]

    actions.decline_suggestion(**by_analyst, comment=thread, reason="No.")
    actions.settle_thread(**by_reviewer, comment=thread, state=CommentState.OPEN)
    actions.add_comment(**by_reviewer, parent=thread, body="Why?")
    assert not to_decide(analyst).exists()
    assert [each.pk for each in to_answer(analyst)] == [thread]
