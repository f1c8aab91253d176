"""The audit finds each fault that the database lets through."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from argmap import actions
from argmap.audit import audit
from argmap.core.kinds import Kind
from argmap.models import (
    Answer,
    ArgumentMap,
    Change,
    Comment,
    Excerpt,
    Inference,
    KeyCounter,
    Membership,
    Premise,
    Rating,
    Review,
    Scheme,
    Source,
    Statement,
    Suggestion,
)


def found(argument_map: ArgumentMap) -> list[str]:
    return [str(finding) for finding in audit(ArgumentMap.objects.get(pk=argument_map.pk))]


@pytest.fixture
def other(admin: User) -> ArgumentMap:
    """Another map, with a statement, an inference and a source of its own."""
    made = actions.create_map(actor=admin, title="Other", slug="other")
    for kind in (Kind.CLAIM, Kind.EVIDENCE):
        actions.add_statement(actor=admin, argument_map=made, kind=kind, text="Elsewhere.")
    actions.add_inference(
        actor=admin, argument_map=made, stance="support", premises=["E1"], conclusion="C1"
    )
    actions.add_source(actor=admin, argument_map=made, title="Elsewhere")
    return made


def test_finds_nothing_in_what_actions_made(
    a_map: ArgumentMap, other: ArgumentMap, reviewer: User
) -> None:
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    actions.add_comment(**on, about="E1", body="Sure?")
    actions.suggest(**on, does="edit", on="E1", after={"title": "Ice"})
    actions.rate(**on, statement="E1", likelihood="likely")
    actions.give_verdict(**on, verdict="sound")
    actions.delete_statement(actor=None, argument_map=a_map, key="E1")
    assert found(a_map) == []
    assert found(other) == []


def _concludes_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    stranger = Statement.objects.get(map=there, key="C1")
    Inference.objects.filter(map=here, key="I1").update(conclusion_statement=stranger)


def _undercuts_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    stranger = Inference.objects.get(map=there, key="I1")
    Inference.objects.filter(map=here, key="I2").update(conclusion_inference=stranger)


def _starts_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    stranger = Statement.objects.get(map=there, key="E1")
    Premise.objects.filter(inference__map=here, statement__key="E2").update(statement=stranger)


def _quotes_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    Excerpt.objects.filter(map=here).update(source=Source.objects.get(map=there))


def _rests_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    Excerpt.objects.filter(map=here).update(statement=Statement.objects.get(map=there, key="E1"))


def _bears_on_itself(here: ArgumentMap, there: ArgumentMap) -> None:
    second = Inference.objects.get(map=here, key="I2")
    Inference.objects.filter(map=here, key="I1").update(
        conclusion_statement=None, conclusion_inference=second
    )


def _begs_the_question(here: ArgumentMap, there: ArgumentMap) -> None:
    claim = Statement.objects.get(map=here, key="C1")
    Premise.objects.filter(inference__map=here, statement__key="E2").update(statement=claim)


def _starts_from_nothing(here: ArgumentMap, there: ArgumentMap) -> None:
    Premise.objects.filter(inference__map=here, inference__key="I2").delete()


def _forgets_a_key(here: ArgumentMap, there: ArgumentMap) -> None:
    KeyCounter.objects.filter(map=here, letter="E").update(last=1)


def _names_no_key(here: ArgumentMap, there: ArgumentMap) -> None:
    Statement.objects.filter(map=here, key="K1").update(key="K01")


def _comes_from_the_future(here: ArgumentMap, there: ArgumentMap) -> None:
    Statement.objects.filter(map=here, key="E2").update(changed_in=99)


def _is_not_in_the_log(here: ArgumentMap, there: ArgumentMap) -> None:
    ArgumentMap.objects.filter(pk=here.pk).update(activity=99, version=98)


def _lost_its_log(here: ArgumentMap, there: ArgumentMap) -> None:
    Change.objects.filter(map=here).delete()


def _lost_its_owner(here: ArgumentMap, there: ArgumentMap) -> None:
    Membership.objects.filter(map=here, role="owner").delete()


def _empties_a_text(here: ArgumentMap, there: ArgumentMap) -> None:
    Statement.objects.filter(map=here, key="E2").update(text="  ")


def _takes_back_elsewhere(here: ArgumentMap, there: ArgumentMap) -> None:
    latest = Change.objects.filter(map=here).latest("activity")
    Change.objects.filter(pk=latest.pk).update(of=there.changes.get(activity=1))


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (_takes_back_elsewhere, ": what it takes up is of another map"),
        (_concludes_elsewhere, "harbour I1: it concludes in an element of another map"),
        (_undercuts_elsewhere, "harbour I2: it concludes in an element of another map"),
        (_starts_elsewhere, "harbour I1: its premise E1 is of another map"),
        (_quotes_elsewhere, "harbour X1: its source is of another map"),
        (_rests_elsewhere, "harbour X1: its statement is of another map"),
        (_bears_on_itself, "harbour I1: I1, I2 bear on one another in a ring"),
        (_begs_the_question, "harbour I1: I1 takes its own conclusion C1 as a premise"),
        (_starts_from_nothing, "harbour I2: an inference needs a premise"),
        (_forgets_a_key, "harbour E2: the counter of E stands at 1"),
        (_names_no_key, "harbour K01: this is no key"),
        (_comes_from_the_future, "harbour E2: it was changed in version 99, the map is at "),
        (_is_not_in_the_log, "harbour: its activity is 99, the log's last is "),
        (_lost_its_log, "the log's last is 0"),
        (_lost_its_owner, "harbour: it has members, and none of them owns it"),
        (_empties_a_text, "harbour E2: must not be empty"),
    ],
)
def test_finds_what_was_written_around_the_actions(
    a_map: ArgumentMap,
    other: ArgumentMap,
    break_it: Callable[[ArgumentMap, ArgumentMap], None],
    message: str,
) -> None:
    break_it(a_map, other)
    findings = found(a_map)
    assert any(message in each for each in findings), findings


def test_finds_comments_on_other_maps(
    a_map: ArgumentMap, other: ArgumentMap, reviewer: User
) -> None:
    comment = actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="Sure?")
    stranger = Statement.objects.get(map=other, key="E1")
    Comment.objects.filter(pk=comment.pk).update(statement=stranger, version_seen=99)
    assert [each.partition(": ")[2] for each in found(a_map)] == [
        f"comment {comment.pk}: its statement is of another map",
        f"comment {comment.pk}: it saw version 99, the map is at {a_map.version}",
    ]


def test_finds_answers_on_other_maps(
    a_map: ArgumentMap, other: ArgumentMap, reviewer: User
) -> None:
    question = Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong?")
    answer = actions.answer_question(
        actor=reviewer, argument_map=a_map, inference="I1", question=question.pk, says="satisfied"
    )
    stranger = Inference.objects.get(map=other, key="I1")
    Answer.objects.filter(pk=answer.pk).update(inference=stranger, version_seen=99)
    assert [each.partition(": ")[2] for each in found(a_map)] == [
        f"answer {answer.pk}: its inference is of another map",
        f"answer {answer.pk}: it saw version 99, the map is at {a_map.version}",
    ]


def test_the_command_ends_with_1_on_any_finding(a_map: ArgumentMap, other: ArgumentMap) -> None:
    _forgets_a_key(a_map, other)
    out = StringIO()
    with pytest.raises(CommandError, match="2 maps checked, 1 wrong"):
        call_command("checkmaps", stdout=out)
    assert out.getvalue() == "harbour E2: the counter of E stands at 1\n"
    call_command("checkmaps", "other", stdout=out)
    with pytest.raises(CommandError, match='there is no map "nothing"'):
        call_command("checkmaps", "nothing")


def test_finds_judgements_of_other_maps_and_of_no_known_shape(
    a_map: ArgumentMap, other: ArgumentMap, reviewer: User, admin: User
) -> None:
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    rating = actions.rate(**on, statement="E1", likelihood="likely")
    verdict = actions.give_verdict(**on, verdict="sound")
    made = actions.suggest(**on, does="edit", on="E1", after={"title": "Ice"})
    stranger = Statement.objects.get(map=other, key="E1")
    Rating.objects.filter(pk=rating.pk).update(statement=stranger)
    Review.objects.filter(pk=verdict.pk).update(version_seen=99)
    Suggestion.objects.filter(pk=made.pk).update(proposal={"does": "edit", "on": "E1"})
    assert [each.partition(": ")[2] for each in found(a_map)] == [
        f"rating {rating.pk}: its statement is of another map",
        f"review {verdict.pk}: it saw version 99, the map is at {a_map.version}",
        f"the suggestion of comment {made.comment_id}: after: is missing",
    ]


def test_finds_suggestions_that_would_change_something_unseen(
    a_map: ArgumentMap, reviewer: User
) -> None:
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    astray = actions.suggest(**on, does="edit", on="E1", after={"title": "Ice"})
    blind = actions.suggest(**on, does="edit", on="C1", after={"title": "Ice"})
    first = actions.add_comment(**on, about="C1", body="Why?")
    assert found(a_map) == []

    Suggestion.objects.filter(pk=astray.pk).update(proposal={**astray.proposal, "on": "C1"})
    Suggestion.objects.filter(pk=blind.pk).update(proposal={**blind.proposal, "before": {}})
    assert found(a_map) == [
        f"harbour: the suggestion of comment {astray.comment_id}: it is on C1, the comment is about E1",
        f"harbour: the suggestion of comment {blind.comment_id}: before.title: is missing",
    ]
    Suggestion.objects.all().update(proposal=astray.proposal, does="edit")
    Comment.objects.filter(pk=astray.comment_id).update(parent=first)
    Comment.objects.filter(pk=blind.comment_id).update(statement=Statement.objects.get(key="E1"))
    assert [each.rpartition(": ")[2] for each in found(a_map)] == ["it is of a reply"]
