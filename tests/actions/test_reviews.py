from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import actions
from argmap.core.graph import Graph
from argmap.core.kinds import Role, Verb, Verdict, Visibility
from argmap.models import ArgumentMap, Change, Review, Round
from argmap.review import (
    changes_since,
    judged_on,
    last_and_earlier,
    requests_to,
    standing_of,
    verdicts_on,
)


@pytest.fixture
def asked(by_analyst: dict[str, Any], reviewer: User, editor: User) -> Round:
    return actions.ask_for_review(
        **by_analyst, reviewers=[reviewer, editor, reviewer], due=date(9999, 12, 31)
    )


def test_a_round_asks_each_reviewer_once(
    a_map: ArgumentMap, asked: Round, reviewer: User, editor: User
) -> None:
    assert asked.version == a_map.version
    assert {row.reviewer for row in asked.reviews.all()} == {reviewer, editor}
    change = Change.objects.filter(map=a_map).latest("activity")
    assert (change.verb, change.version, change.items.count()) == (Verb.ASK, asked.version, 3)
    assert [row.round for row in requests_to(reviewer)] == [asked]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reviewers": []}, "reviewers"),
        ({"due": date(2000, 1, 1)}, "due"),
        ({"version": 999}, "version"),
        ({"message": "x" * 10_001}, "message"),
    ],
)
def test_bad_fields_are_named(
    by_analyst: dict[str, Any], reviewer: User, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.ask_for_review(**{**by_analyst, "reviewers": [reviewer], **fields})
    assert list(caught.value.message_dict) == [field]


def test_only_who_may_review_is_asked(
    by_analyst: dict[str, Any], reviewer: User, viewer: User, outsider: User
) -> None:
    with pytest.raises(ValidationError, match="They may not review this map: viewer, outsider"):
        actions.ask_for_review(**by_analyst, reviewers=[reviewer, viewer, outsider])
    actions.edit_map(**by_analyst, visibility=Visibility.PRIVATE)
    with pytest.raises(ValidationError, match="They may not review this map: reviewer"):
        actions.ask_for_review(**by_analyst, reviewers=[reviewer])


def test_a_verdict_finishes_what_was_asked_and_may_be_given_again(
    asked: Round, by_reviewer: dict[str, Any], reviewer: User
) -> None:
    with pytest.raises(ValidationError) as caught:
        actions.give_verdict(**by_reviewer, verdict="not_sound", round=asked.pk)
    assert list(caught.value.message_dict) == ["summary"]

    first = actions.give_verdict(
        **by_reviewer, verdict="not_sound", summary="Too weak.", round=asked.pk
    )
    again = actions.give_verdict(**by_reviewer, verdict="sound", round=asked.pk)

    assert first == again
    assert (again.verdict, again.summary) == ("sound", "")
    assert not requests_to(reviewer).exists()

    actions.withdraw_verdict(**by_reviewer, review=again.pk)
    assert requests_to(reviewer).exists()


def test_a_closed_round_takes_no_verdict_and_is_nobodys_to_do(
    asked: Round, by_analyst: dict[str, Any], by_reviewer: dict[str, Any], reviewer: User
) -> None:
    for _ in range(2):
        actions.close_round(**by_analyst, round=asked.pk)
    assert Change.objects.filter(verb=Verb.CLOSE).count() == 1
    assert not requests_to(reviewer).exists()
    with pytest.raises(ValidationError) as caught:
        actions.give_verdict(**by_reviewer, verdict="sound", round=asked.pk)
    assert list(caught.value.message_dict) == ["round"]


def test_a_round_that_asks_others_is_not_ones_own(
    by_analyst: dict[str, Any], by_reviewer: dict[str, Any], editor: User
) -> None:
    other = actions.ask_for_review(**by_analyst, reviewers=[editor])
    with pytest.raises(PermissionDenied):
        actions.give_verdict(**by_reviewer, verdict="sound", round=other.pk)


def test_who_is_asked_and_may_review_no_more_has_nothing_to_do(
    asked: Round, by_analyst: dict[str, Any], reviewer: User
) -> None:
    actions.set_member(**by_analyst, user=reviewer, role=Role.VIEWER)
    assert not requests_to(reviewer).exists()


def test_the_standing_review_is_of_the_last_verdicts_on_the_present_version(
    a_map: ArgumentMap, by_analyst: dict[str, Any], by_reviewer: dict[str, Any], editor: User
) -> None:
    on_it: dict[str, Any] = {"actor": editor, "argument_map": a_map}
    assert standing_of(a_map).overall is None
    actions.give_verdict(**by_reviewer, verdict="not_sound", summary="Too weak.")
    actions.give_verdict(**on_it, verdict="sound")
    assert standing_of(a_map).overall is Verdict.NOT_SOUND
    last = actions.give_verdict(**by_reviewer, verdict="sound_with_changes", summary="Better.")
    assert standing_of(a_map).overall is Verdict.SOUND_WITH_CHANGES

    seen = a_map.version
    actions.edit_statement(**by_analyst, key="C1", text="It may close.")
    actions.edit_statement(**by_analyst, key="C1", title="May close")

    stale = standing_of(a_map)
    assert (stale.overall, stale.is_stale, len(stale.stale)) == (None, True, 2)
    assert [row.stale for row in verdicts_on(a_map)] == [True, True, True]
    (moved,) = changes_since(a_map, seen)
    assert (moved.key, moved.by) == ("C1", ("analyst",))
    assert moved.fields == [
        ("title", "", "May close"),
        ("text", "The harbour should close in winter.", "It may close."),
    ]

    actions.confirm_verdict(**by_reviewer, review=last.pk)
    assert standing_of(a_map).overall is Verdict.SOUND_WITH_CHANGES
    assert Change.objects.latest("activity").verb == Verb.CONFIRM


def test_an_unasked_verdict_is_withdrawn_altogether(by_reviewer: dict[str, Any]) -> None:
    given = actions.give_verdict(**by_reviewer, verdict="abstain")
    actions.withdraw_verdict(**by_reviewer, review=given.pk)
    assert not Review.objects.exists()
    with pytest.raises(actions.Gone):
        actions.confirm_verdict(**by_reviewer, review=given.pk)


def test_a_form_that_is_sent_twice_asks_and_judges_once(
    asked: Round,
    by_analyst: dict[str, Any],
    by_reviewer: dict[str, Any],
    reviewer: User,
    editor: User,
) -> None:
    again = actions.ask_for_review(
        **by_analyst, reviewers=[editor, reviewer], due=date(9999, 12, 31)
    )
    assert again == asked
    assert actions.ask_for_review(**by_analyst, reviewers=[editor]) != asked

    first, same = (actions.give_verdict(**by_reviewer, verdict="sound") for _ in range(2))
    assert first == same
    actions.give_verdict(**by_reviewer, verdict="abstain")
    back = actions.give_verdict(**by_reviewer, verdict="sound")
    assert back != first, "it was another in between"


def test_what_was_given_in_a_round_stands_once_that_is_closed(
    asked: Round, by_analyst: dict[str, Any], by_reviewer: dict[str, Any]
) -> None:
    given = actions.give_verdict(**by_reviewer, verdict="sound", round=asked.pk)
    actions.close_round(**by_analyst, round=asked.pk)
    with pytest.raises(ValidationError, match="closed"):
        actions.withdraw_verdict(**by_reviewer, review=given.pk)
    assert Review.objects.get(pk=given.pk).verdict == "sound"


FORGED = {
    "reviewer": "reviewer",
    "verdict": "sound",
    "at": "2017-02-16T09:30:00Z",
    "version": 0,
    "summary": "",
}


def test_a_verdict_that_a_file_brings_takes_no_ones_place(analyst: User, reviewer: User) -> None:
    graph = Graph(title="Mine", slug="mine")
    made = actions.import_graph(actor=analyst, graph=graph, owner=analyst, reviews=[FORGED]).map
    only = standing_of(made)
    assert (only.overall, only.present, len(only.brought)) == (None, (), 1)

    actions.set_member(actor=analyst, argument_map=made, user=reviewer, role=Role.REVIEWER)
    actions.edit_map(actor=analyst, argument_map=made, visibility="members")
    actions.give_verdict(actor=reviewer, argument_map=made, verdict="not_sound", summary="No.")

    standing = standing_of(made)
    assert (standing.overall, len(standing.present)) == (Verdict.NOT_SOUND, 1)
    last, earlier = last_and_earlier(verdicts_on(made))
    assert [(row.verdict, row.brought) for row in last] == [("not_sound", False), ("sound", True)]
    assert earlier == []
    assert [each.brought for each in judged_on(made)] == [True, False]


def test_a_moment_that_is_still_to_come_is_refused_with_its_place(analyst: User) -> None:
    later = {**FORGED, "at": "2999-01-01T00:00:00Z"}
    with pytest.raises(ValidationError, match=r"reviews\[1\]\.at: that moment is still to come"):
        actions.import_graph(actor=analyst, graph=Graph(title="Mine"), reviews=[FORGED, later])


def test_who_was_renamed_or_has_left_still_has_one_verdict(
    a_map: ArgumentMap, by_reviewer: dict[str, Any], reviewer: User
) -> None:
    actions.give_verdict(**by_reviewer, verdict="not_sound", summary="Too weak.")
    reviewer.username = "judge"
    reviewer.save()
    actions.give_verdict(**by_reviewer, verdict="sound")
    assert standing_of(a_map).overall is Verdict.SOUND
    assert len(last_and_earlier(verdicts_on(a_map))[1]) == 1

    actions.withdraw_verdict(**by_reviewer, review=Review.objects.earliest("pk").pk)
    reviewer.delete()
    standing = standing_of(a_map)
    assert (standing.overall, standing.brought) == (Verdict.SOUND, ())
