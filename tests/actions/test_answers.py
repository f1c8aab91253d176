from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.audit import audit
from argmap.core.kinds import Verb
from argmap.models import Answer, ArgumentMap, Change, CriticalQuestion, Scheme


@pytest.fixture
def question(a_map: ArgumentMap) -> CriticalQuestion:
    """A question of the scheme that I1 has."""
    return Scheme.objects.get(slug="sign").questions.create(order=1, text="How strong?")


def answer(a_map: ArgumentMap, actor: User, asked: CriticalQuestion, **given: Any) -> Answer:
    fields = {"inference": "I1", "question": asked.pk, "says": "satisfied", **given}
    return actions.answer_question(actor=actor, argument_map=a_map, **fields)


def latest(a_map: ArgumentMap) -> Change:
    return a_map.changes.latest("activity")


def told(a_map: ArgumentMap) -> list[tuple[str, str, str, int]]:
    """Return what is answered: who, what they say, why, and their answer's number."""
    rows = Answer.objects.filter(map=a_map).order_by("pk")
    return list(rows.values_list("author_name", "says", "why", "pk"))


def test_an_answer_is_activity_and_remembers_the_version_seen(
    a_map: ArgumentMap, reviewer: User, question: CriticalQuestion
) -> None:
    version, activity = a_map.version, a_map.activity

    found = answer(a_map, reviewer, question, why=" Ice is plain. ")

    assert (a_map.version, a_map.activity) == (version, activity + 1)
    assert (found.why, found.version_seen) == ("Ice is plain.", version)
    item = latest(a_map).items.get()
    assert (latest(a_map).verb, item.type, item.key) == (Verb.ANSWER, "answer", str(found.pk))
    assert item.after == {
        "inference": "I1",
        "scheme": "sign",
        "question": 1,
        "author": "reviewer",
        "says": "satisfied",
        "why": "Ice is plain.",
        "version_seen": version,
    }


def test_each_person_has_one_answer_to_a_question(
    a_map: ArgumentMap, reviewer: User, analyst: User, question: CriticalQuestion
) -> None:
    first = answer(a_map, reviewer, question)
    answer(a_map, analyst, question)
    again = answer(a_map, reviewer, question, says="not_satisfied", why="It thawed.")
    assert again.pk == first.pk
    assert [row[:3] for row in told(a_map)] == [
        ("reviewer", "not_satisfied", "It thawed."),
        ("analyst", "satisfied", ""),
    ]
    before = a_map.activity
    answer(a_map, reviewer, question, says="not_satisfied", why="It thawed.")
    assert a_map.activity == before


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"says": ""}, "says"),
        ({"says": "perhaps"}, "says"),
        ({"why": "x" * 100_000}, "why"),
        ({"inference": "I2"}, "question"),
        ({"question": 0}, "question"),
        ({"version_seen": 10_000}, "version_seen"),
    ],
)
def test_bad_fields_are_named(
    a_map: ArgumentMap,
    reviewer: User,
    question: CriticalQuestion,
    given: dict[str, Any],
    field: str,
) -> None:
    with pytest.raises(ValidationError) as caught:
        answer(a_map, reviewer, question, **given)
    assert list(caught.value.message_dict) == [field]
    assert not told(a_map)


def test_who_only_reads_does_not_answer(
    a_map: ArgumentMap, viewer: User, outsider: User, question: CriticalQuestion
) -> None:
    for person in (viewer, outsider):
        with pytest.raises(PermissionDenied):
            answer(a_map, person, question)


def test_an_answer_is_its_authors_and_the_owners_to_withdraw(
    a_map: ArgumentMap, analyst: User, editor: User, reviewer: User, question: CriticalQuestion
) -> None:
    for owner in (reviewer, analyst):
        on_it: dict[str, Any] = {"answer": answer(a_map, reviewer, question).pk}
        on_it["argument_map"] = a_map
        with pytest.raises(PermissionDenied):
            actions.withdraw_answer(actor=editor, **on_it)
        actions.withdraw_answer(actor=owner, **on_it)
        assert not told(a_map)
    with pytest.raises(actions.Gone):
        actions.withdraw_answer(actor=reviewer, **on_it)


@pytest.mark.parametrize("key", ["I1", "E1", "C1"])
def test_answers_go_with_their_inference_and_come_back_with_it(
    a_map: ArgumentMap, analyst: User, reviewer: User, question: CriticalQuestion, key: str
) -> None:
    answer(a_map, reviewer, question, why="Plain.")
    answer(a_map, analyst, question, says="not_applicable")
    before = told(a_map)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    delete = actions.delete_inference if key == "I1" else actions.delete_statement
    delete(**on_it, key=key)
    assert not told(a_map)
    actions.undo(**on_it)
    assert told(a_map) == before
    assert [row.author for row in Answer.objects.order_by("pk")] == [reviewer, analyst]
    actions.redo(**on_it)
    assert not told(a_map)
    assert not audit(a_map)


def test_answers_about_one_of_several_that_are_joined_come_back_with_it(
    a_map: ArgumentMap, analyst: User, reviewer: User, question: CriticalQuestion
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(
        **on_it, stance="support", premises=["K1"], conclusion="C1", scheme="sign"
    )
    answer(a_map, reviewer, question, inference="I1")
    kept = told(a_map)
    answer(a_map, reviewer, question, inference="I3")
    before = told(a_map)
    actions.join_inferences(**on_it, keys=["I1", "I3"])
    assert told(a_map) == kept
    actions.undo(**on_it)
    assert told(a_map) == before


def test_an_answer_is_undone_and_redone(
    a_map: ArgumentMap, analyst: User, question: CriticalQuestion
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    states = [told(a_map)]
    given = answer(a_map, analyst, question)
    states.append(told(a_map))
    answer(a_map, analyst, question, says="not_satisfied")
    states.append(told(a_map))
    actions.withdraw_answer(**on_it, answer=given.pk)
    version = a_map.version
    for state in states[::-1]:
        actions.undo(**on_it)
        assert told(a_map) == state
    for state in [*states[1:], []]:
        actions.redo(**on_it)
        assert told(a_map) == state
    assert a_map.version == version


def test_an_inference_that_others_answered_about_is_not_undone(
    a_map: ArgumentMap, analyst: User, reviewer: User, question: CriticalQuestion
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.add_inference(
        **on_it, stance="support", premises=["K1"], conclusion="C1", scheme="sign"
    )
    answer(a_map, reviewer, question, inference="I3")
    with pytest.raises(actions.Conflict, match="reviewer put an answer on I3 after that"):
        actions.undo(**on_it)
    assert a_map.inferences.filter(key="I3").exists()


def test_an_author_who_left_stays_as_a_name(
    a_map: ArgumentMap, analyst: User, reviewer: User, question: CriticalQuestion
) -> None:
    answer(a_map, reviewer, question)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.delete_inference(**on_it, key="I1")
    reviewer.delete()
    actions.undo(**on_it)
    found = Answer.objects.get(map=a_map)
    assert (found.author, found.author_name) == (None, "reviewer")


def test_answers_to_a_question_that_is_no_more_asked_hold_up_an_undo(
    a_map: ArgumentMap, analyst: User, question: CriticalQuestion
) -> None:
    answer(a_map, analyst, question)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.delete_inference(**on_it, key="I1")
    question.delete()
    with pytest.raises(actions.Gone, match="is not asked any more"):
        actions.undo(**on_it)
    assert not a_map.inferences.filter(key="I1").exists()


def test_a_deletion_costs_the_same_for_few_answers_and_many(
    a_map: ArgumentMap, analyst: User, reviewer: User, question: CriticalQuestion
) -> None:
    """What was answered is read in one query and deleted in another."""
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.delete_inference(**on_it, key="I1")
        actions.undo(**on_it)
        return len(queries)

    answer(a_map, reviewer, question)
    few = cost()
    for number in range(2, 12):
        asked = question.scheme.questions.create(order=number, text="And?")
        answer(a_map, reviewer, asked)
    assert cost() == few
