"""The critical questions of an inference, answered on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import actions
from argmap.models import Answer, ArgumentMap, Change, CriticalQuestion, Inference, Scheme

Desks = Callable[[User], Any]

SINCE = "the inference has changed since"


@pytest.fixture
def reviewer(reviewer: User) -> User:
    """A reviewer who works in the admin too."""
    reviewer.is_staff = True
    reviewer.save()
    reviewer.groups.add(Group.objects.get(name="Analysts"))
    return reviewer


@pytest.fixture
def questions(a_map: ArgumentMap) -> list[CriticalQuestion]:
    """Two questions of the scheme that I1 has."""
    asked = Scheme.objects.get(slug="sign").questions
    return [asked.create(order=place, text=f"Question {place}?") for place in (1, 2)]


def step(a_map: ArgumentMap) -> Inference:
    return Inference.objects.get(map=a_map, key="I1")


def opened(desk: Any, a_map: ArgumentMap) -> Any:
    return desk.open("inference_change", step(a_map).pk)


def told(a_map: ArgumentMap) -> list[tuple[str, int, str, str]]:
    rows = Answer.objects.filter(map=a_map).order_by("pk")
    return list(rows.values_list("author_name", "question__order", "says", "why"))


def answer(a_map: ArgumentMap, actor: User, question: CriticalQuestion, **given: Any) -> Answer:
    fields = {"inference": "I1", "question": question.pk, "says": "satisfied", **given}
    return actions.answer_question(actor=actor, argument_map=a_map, **fields)


def test_questions_are_answered_changed_and_withdrawn_with_the_page(
    desk: Desks, analyst: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    at_work = desk(analyst)
    at_work.send(
        opened(at_work, a_map), **{"answers-1-says": "satisfied", "answers-1-why": "Plain."}
    )
    assert told(a_map) == [("analyst", 2, "satisfied", "Plain.")]
    # What is answered comes first among the rows, and in its place among the questions.
    page = opened(at_work, a_map)
    formset = page.context["inline_admin_formsets"][0].formset
    assert [asked.form["says"].value() for asked in formset.checklist] == [None, "satisfied"]
    at_work.send(page, **{"answers-0-says": "not_satisfied", "answers-1-says": "not_applicable"})
    assert told(a_map) == [
        ("analyst", 2, "not_satisfied", "Plain."),
        ("analyst", 1, "not_applicable", ""),
    ]
    at_work.send(opened(at_work, a_map), **{"answers-0-says": "", "answers-0-why": ""})
    assert len(told(a_map)) == 1


def test_a_reviewer_answers_and_changes_nothing_else(
    desk: Desks, reviewer: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    at_work = desk(reviewer)
    page = opened(at_work, a_map)
    version = a_map.version
    typed = {"answers-0-says": "not_satisfied", "warrant": "Planted.", "premises": ["K1"]}
    assert at_work.send(page, **typed, seen="99").status_code == 200
    assert told(a_map) == [("reviewer", 1, "not_satisfied", "")]
    a_map.refresh_from_db()
    assert (step(a_map).warrant[:9], a_map.version) == ("What was ", version)


def test_who_only_reads_sees_what_others_answered(
    desk: Desks,
    viewer: User,
    reviewer: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
) -> None:
    answer(a_map, reviewer, questions[0], why="Ice is plain.")
    page = opened(desk(viewer), a_map)
    html = page.content.decode()
    assert "Question 2?" in html
    assert "Ice is plain." in html
    assert "Your answer" not in html
    before = Change.objects.count()
    assert desk(viewer).send(page, **{"answers-0-says": "satisfied"}).status_code == 403
    assert Change.objects.count() == before


def test_an_answer_on_an_older_version_is_stale_until_it_is_given_again(
    desk: Desks,
    analyst: User,
    reviewer: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
) -> None:
    answer(a_map, reviewer, questions[0])
    answer(a_map, analyst, questions[0])
    assert SINCE not in opened(desk(analyst), a_map).content.decode()
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Else.")
    page = opened(desk(analyst), a_map)
    assert page.content.decode().count(SINCE) == 2
    desk(analyst).send(page, **{"answers-0-still": "on"})
    page = opened(desk(analyst), a_map)
    assert page.content.decode().count(SINCE) == 1
    assert told(a_map)[1] == ("analyst", 1, "satisfied", "")


def test_who_changes_an_inference_and_answers_at_once_answers_about_the_new_one(
    desk: Desks, analyst: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    page = opened(desk(analyst), a_map)
    desk(analyst).send(page, warrant="Else.", **{"answers-0-says": "satisfied"})
    assert Answer.objects.get(map=a_map).version_seen == step(a_map).changed_in


def test_who_answers_about_what_someone_changed_meanwhile_gives_a_stale_answer(
    desk: Desks,
    analyst: User,
    reviewer: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
) -> None:
    page = opened(desk(reviewer), a_map)
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", warrant="Else.")
    desk(reviewer).send(page, **{"answers-0-says": "satisfied"})
    assert Answer.objects.get(map=a_map).version_seen < step(a_map).changed_in


def test_answers_to_the_questions_of_an_earlier_scheme_are_kept_and_not_shown(
    desk: Desks, analyst: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    answer(a_map, analyst, questions[0], why="Kept.")
    desk(analyst).send(opened(desk(analyst), a_map), scheme="")
    page = opened(desk(analyst), a_map)
    assert "Choose a scheme and save" in page.content.decode()
    formset = page.context["inline_admin_formsets"][0].formset
    assert (formset.checklist, formset.total_form_count()) == ([], 0)
    assert told(a_map) == [("analyst", 1, "satisfied", "Kept.")]


@pytest.mark.parametrize(
    ("typed", "told_so"),
    [
        ({"answers-0-why": "Because."}, "Say which it is, and then why."),
        ({"answers-0-says": "perhaps"}, "valid choice"),
        ({"answers-0-says": "satisfied", "scheme": ""}, "no question of the scheme"),
        ({"answers-0-says": "satisfied", "answers-0-asked": "0"}, "greater than or equal to 1"),
    ],
)
def test_an_answer_that_is_refused_saves_nothing_of_the_page(
    desk: Desks,
    analyst: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
    typed: dict[str, str],
    told_so: str,
) -> None:
    before = Change.objects.count()
    refused = desk(analyst).send(opened(desk(analyst), a_map), weight="0.5", **typed)
    formset = refused.context["inline_admin_formsets"][0].formset
    assert told_so in str(formset.errors)
    assert Change.objects.count() == before


def test_an_answer_withdrawn_elsewhere_meanwhile_is_given_anew(
    desk: Desks, analyst: User, a_map: ArgumentMap, questions: list[CriticalQuestion]
) -> None:
    given = answer(a_map, analyst, questions[0])
    page = opened(desk(analyst), a_map)
    actions.withdraw_answer(actor=analyst, argument_map=a_map, answer=given.pk)
    desk(analyst).send(page, **{"answers-0-says": "not_satisfied"})
    assert told(a_map) == [("analyst", 1, "not_satisfied", "")]


def test_deleting_says_that_answers_go(
    desk: Desks,
    analyst: User,
    reviewer: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
) -> None:
    answer(a_map, reviewer, questions[0])
    page = desk(analyst).open("inference_delete", step(a_map).pk)
    assert "On I1, reviewer: Satisfied" in page.content.decode()
    evidence = a_map.statements.get(key="E1")
    page = desk(analyst).open("evidence_delete", evidence.pk)
    assert "On I1, reviewer: Satisfied" in page.content.decode()


def test_the_page_takes_the_same_queries_for_few_neighbours_and_answers_and_for_many(
    desk: Desks,
    analyst: User,
    reviewer: User,
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
) -> None:
    """Named in the order in which they are made, for a page that nobody has looked at yet.

    Session, user; the row with its map, scheme and conclusion; its premises; the two kinds of
    permissions; the role on the map. The questions, all answers, one's own. The premises as the
    log would write them, the latest changes, their items. For the drawing: statements, inferences
    and premises of the frame, and the version; excerpts, statements and inferences of the view, and
    the version; two for addresses; the names of schemes. For the form: the labels of the premises
    and of the conclusion, the schemes; what bears on it, with premises.
    """

    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert opened(at_work, a_map).status_code == 200
        return len(queries) - 1  # the inference that is looked up here

    at_work = desk(analyst)
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    answer(a_map, reviewer, questions[0])
    answer(a_map, analyst, questions[1])
    cost()  # from then on Django knows the types of contents
    few = cost()
    for place in range(3, 13):
        asked = Scheme.objects.get(slug="sign").questions.create(order=place, text="And?")
        answer(a_map, reviewer, asked)
    for _ in range(57):
        actions.add_reason(**on_it, about="I1", stance="attack", kind="evidence", text="So.")
    assert cost() == few == 25
