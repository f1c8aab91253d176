"""Critical questions as a checklist in the panel of an inference, counted wherever it is shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import Role, Stance
from argmap.models import Answer, ArgumentMap, CriticalQuestion, Scheme, Suggestion
from argmap.review import failed_on, unanswered
from tests.cast import a_tree
from tests.web.conftest import ClientOf

HTMX = {"HX-Request": "true"}
MAP = "/maps/harbour/"
I1 = f"{MAP}elements/I1/"
WARRANT = "“Is there another cause?” is not satisfied."


@pytest.fixture
def questions(a_map: ArgumentMap) -> list[CriticalQuestion]:
    """Two questions of the scheme that I1 has."""
    asked = Scheme.objects.get(slug="sign").questions
    texts = ("Is there another cause?", "Is the sign reliable?")
    return [asked.create(order=place, text=text) for place, text in enumerate(texts, 1)]


@pytest.fixture
def second(a_map: ArgumentMap, analyst: User) -> User:
    """Another reviewer."""
    user = User.objects.create_user("second")
    actions.set_member(actor=analyst, argument_map=a_map, user=user, role=Role.REVIEWER)
    return user


def answer(a_map: ArgumentMap, actor: User, question: CriticalQuestion, **given: Any) -> Answer:
    fields = {"inference": "I1", "question": question.pk, "says": "satisfied", **given}
    return actions.answer_question(actor=actor, argument_map=a_map, **fields)


def address(question: CriticalQuestion, way: str = "") -> str:
    return f"{I1}questions/{question.pk}/{way}"


def typed(a_map: ArgumentMap, **given: Any) -> dict[str, Any]:
    return {"version_seen": a_map.version, "says": "satisfied", "why": "", **given}


def told() -> list[tuple[str, int, str, str]]:
    rows = Answer.objects.order_by("pk")
    return list(rows.values_list("author_name", "question__order", "says", "why"))


def test_each_question_is_asked_of_whoever_reviews_and_shown_to_all(
    a_map: ArgumentMap,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    answer(a_map, reviewer, questions[0], why="No *other* was found.")
    for name, forms in (("viewer", 0), ("reviewer", 2), ("editor", 2), ("analyst", 2)):
        page = client_of(name).get(I1, headers=HTMX).text
        assert page.count('class="answer-form"') == forms, name
        assert "1 of 2 unanswered" in page
        assert "No *other* was found." in page
        assert "Is the sign reliable?" in page
    assert "Nobody has answered yet." in client_of("viewer").get(I1, headers=HTMX).text


def test_an_answer_is_given_changed_and_taken_back(
    a_map: ArgumentMap, questions: list[CriticalQuestion], client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    given = client.post(address(questions[1]), typed(a_map, why="Plain."), headers=HTMX)
    assert told() == [("reviewer", 2, "satisfied", "Plain.")]
    assert "You answered: satisfied." in given.text
    assert "<html" not in given.text

    again = client.post(address(questions[1]), typed(a_map, says="not_applicable"))
    assert (again.status_code, told()) == (303, [("reviewer", 2, "not_applicable", "")])
    assert again.headers["Location"] == f"{I1}#question-{questions[1].pk}"

    row = Answer.objects.get()
    gone = client.post(f"{MAP}answers/{row.pk}/withdraw/", headers=HTMX)
    assert "You took your answer back." in gone.text
    assert told() == []
    assert client.post(f"{MAP}answers/{row.pk}/withdraw/", headers=HTMX).status_code == 404


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"says": ""}, "Say which it is."),
        ({"says": "perhaps"}, "not one of the available choices"),
        ({"version_seen": 99}, "The map never had this version."),
        ({"version_seen": ""}, "This field is required."),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(
    a_map: ArgumentMap,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
    given: dict[str, Any],
    why: str,
) -> None:
    client = client_of("reviewer")
    for more in ({}, {"headers": HTMX}):
        sent = typed(a_map, why="Tugs < ice", **given)
        refused = client.post(address(questions[0]), sent, **more)  # type: ignore[arg-type]
        assert refused.status_code == 422
        assert why in refused.text
        assert "Tugs &lt; ice" in refused.text
        assert ("<html" in refused.text) is not bool(more)
    assert told() == []


def test_what_is_typed_after_the_session_ended_is_there_once_one_is_signed_in(
    a_map: ArgumentMap, reviewer: User, questions: list[CriticalQuestion]
) -> None:
    client = Client()
    sent = client.post(address(questions[0]), typed(a_map, why="Tugs."))
    assert "/accounts/login/" in sent.headers["Location"]
    client.force_login(reviewer)
    page = client.get(address(questions[0])).text
    assert "Tugs." in page
    assert "You are signed in again." in page
    assert client.get(address(questions[0])).headers["Location"].startswith(I1)


def test_questions_of_another_scheme_and_of_statements_are_none(
    a_map: ArgumentMap,
    analyst: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    client = client_of("reviewer")
    other = Scheme.objects.create(slug="other", name="Other").questions.create(order=1, text="So?")
    for scheme in ("sign", None):  # it may be taken off while someone types
        actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", scheme=scheme)
        refused = client.post(address(other), typed(a_map, why="Tugs."))
        assert (refused.status_code, Answer.objects.count()) == (422, 0)
        assert "no question of the scheme" in refused.text
        assert "Tugs." in refused.text
    statement = client.post(f"{MAP}elements/C1/questions/{other.pk}/", typed(a_map))
    assert statement.status_code == 404


def test_what_is_not_satisfied_offers_editors_the_form_of_an_undercut(
    a_map: ArgumentMap,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    row = answer(a_map, reviewer, questions[0], says="not_satisfied", why="The  thaw\ndoes it.")
    link = f"{I1}add/?answer={row.pk}&amp;as=attack&amp;kind=counterargument"
    client = client_of("editor")
    assert link in client.get(I1).text
    assert link not in client_of("reviewer").get(I1).text

    form = client.get(link.replace("&amp;", "&")).context["form"]
    assert form["text"].value() == "“Is there another cause?” is not satisfied: The thaw does it."
    assert (form["relation"].value(), form["kind"].value()) == ("attack", "counterargument")
    sent = {field.name: field.value() or "" for field in form}
    assert client.post(link.replace("&amp;", "&"), sent).status_code == 303
    made = a_map.inferences.get(key="I3")
    assert (made.stance, made.conclusion_inference and made.conclusion_inference.key) == (
        Stance.ATTACK,
        "I1",
    )


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "²"])
def test_an_undercut_of_no_answer_starts_empty(
    a_map: ArgumentMap, client_of: ClientOf, number: str
) -> None:
    form = client_of("editor").get(f"{I1}add/", {"answer": number}).context["form"]
    assert not form["text"].value()


def test_an_answer_on_another_map_fills_in_nothing(
    a_map: ArgumentMap,
    analyst: User,
    editor: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    secret = actions.copy_map(actor=analyst, argument_map=a_map, title="Secret")
    row = actions.answer_question(
        actor=analyst,
        argument_map=secret,
        inference="I1",
        question=questions[0].pk,
        says="not_satisfied",
        why="Hidden.",
    )
    assert "Hidden." not in client_of("editor").get(f"{I1}add/?answer={row.pk}").text
    assert client_of("editor").post(f"{MAP}answers/{row.pk}/withdraw/").status_code == 404


def test_what_is_not_satisfied_lets_a_reviewer_suggest_the_undercut_once(
    a_map: ArgumentMap,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    client = client_of("reviewer")
    page = client.post(address(questions[0]), typed(a_map, says="not_satisfied"), headers=HTMX)
    form = next(each.suggestion for each in page.context["checklist"].asked if each.suggestion)
    sent = {field.name: field.value() for field in form}
    assert sent["text"] == "“Is there another cause?” is not satisfied."

    sent["text"] = "The thaw does it."
    for _ in range(2):
        done = client.post(address(questions[0], "undercut/"), sent, headers=HTMX)
        assert "You suggested the undercut" in done.text
    made = Suggestion.objects.get()
    assert (made.does, made.comment.inference and made.comment.inference.key) == ("attack", "I1")
    # By its warrant it is known, whatever it says.
    after = {"kind": "counterargument", "text": "The thaw does it."}
    assert made.proposal["after"] == {**after, "warrant": WARRANT}

    empty = client.post(address(questions[0], "undercut/"), {**sent, "text": ""}, headers=HTMX)
    assert empty.status_code == 422


@pytest.mark.parametrize(
    ("text", "warrant", "kept"),
    [
        ("“Is there another cause?” is not satisfied: the thaw.", "", ""),
        ("As to “is there  ANOTHER cause?”: there is.", "", ""),
        ("The thaw does it.", "", WARRANT),
        ("The thaw does it.", "Is there another cause? Yes.", "Is there another cause? Yes."),
    ],
)
def test_an_undercut_that_stands_is_shown_with_its_question_and_no_other_is_asked_for(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
    text: str,
    warrant: str,
    kept: str,
) -> None:
    row = answer(a_map, reviewer, questions[0], says="not_satisfied")
    other = answer(a_map, reviewer, questions[1], says="not_satisfied")
    editor = client_of("editor")
    link = f"{I1}add/?answer={row.pk}&as=attack&kind=counterargument"
    form = editor.get(link).context["form"]
    sent = {field.name: field.value() or "" for field in form} | {"text": text, "warrant": warrant}
    assert editor.post(link, sent).status_code == 303
    assert a_map.inferences.get(key="I3").warrant == kept
    for name, written, suggested in (("viewer", 0, 0), ("reviewer", 0, 1), ("editor", 1, 0)):
        page = client_of(name).get(I1, headers=HTMX)
        first, second = page.context["checklist"].asked
        assert [each.key for each in first.undercuts] == ["K2"]
        assert second.undercuts == []
        assert page.text.count("Undercut by\n") == 1
        assert page.text.count("Write the undercut") == written
        assert page.text.count("Suggest the undercut") == suggested
        assert f"answer={row.pk}&" not in page.text
    assert f"answer={other.pk}&" in editor.get(I1).text

    actions.delete_statement(actor=analyst, argument_map=a_map, key="K2")
    assert f"answer={row.pk}&" in editor.get(I1).text


def test_an_undercut_that_is_suggested_is_told_of_until_it_is_settled(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    answer(a_map, reviewer, questions[0], says="not_satisfied")
    client, editor = client_of("reviewer"), client_of("editor")
    sent = {"version_seen": a_map.version, "text": "The thaw does it.", "nonce": ""}
    ways = (client, "Suggest the undercut"), (editor, "Write the undercut")

    def suggest() -> int:
        client.post(address(questions[0], "undercut/"), sent)
        number: int = Suggestion.objects.order_by("pk").last().comment_id  # type: ignore[union-attr]
        for each, offer in ways:
            page = each.get(I1, headers=HTMX).text
            assert f'suggests the undercut: <a href="{MAP}comments/{number}/">' in page
            assert offer not in page
        return number

    by_analyst: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    actions.decline_suggestion(**by_analyst, comment=suggest(), reason="It does not.")
    for each, offer in ways:
        page = each.get(I1, headers=HTMX).text
        assert "suggests the undercut" not in page
        assert offer in page
    actions.accept_suggestion(**by_analyst, comment=suggest())
    for each, offer in ways:
        page = each.get(I1, headers=HTMX).text
        assert "Undercut by\n" in page
        assert offer not in page
    # Whoever finds it satisfied after all has nothing undercut.
    answer(a_map, reviewer, questions[0], says="satisfied")
    assert "Undercut by\n" not in client.get(I1, headers=HTMX).text


def test_a_stale_answer_says_what_changed_and_asks_its_author_alone(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    answer(a_map, reviewer, questions[0])
    actions.edit_inference(
        actor=analyst, argument_map=a_map, key="I1", warrant="Ice is dear.", weight=0.5
    )
    page = client_of("reviewer").get(I1, headers=HTMX).text
    assert "Does it still hold?" in page
    assert "analyst changed I1 after you judged it" in page
    for words in ("<del>", "Ice is", "<dt>Weight</dt>", "0.5"):
        assert words in page
    others = client_of("analyst").get(I1, headers=HTMX).text
    assert "Does it still hold?" not in others
    assert "changed since" in others

    a_map.refresh_from_db()
    row = Answer.objects.get()
    sent = {"version_seen": a_map.version}
    done = client_of("reviewer").post(f"{MAP}answers/{row.pk}/confirm/", sent, headers=HTMX)
    assert "Your answer holds on this version." in done.text
    assert "Does it still hold?" not in done.text
    row.refresh_from_db()
    assert row.version_seen == a_map.version
    assert client_of("analyst").post(f"{MAP}answers/{row.pk}/confirm/").status_code == 403
    assert client_of("editor").post(f"{MAP}answers/{row.pk}/withdraw/").status_code == 403


def test_what_was_changed_and_changed_back_is_said_so(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    answer(a_map, reviewer, questions[0])
    for weight in (0.5, 1.0):
        actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", weight=weight)
    assert "and changed back" in client_of("reviewer").get(I1).text


def test_on_an_archived_map_nothing_is_asked(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
) -> None:
    answer(a_map, reviewer, questions[0], says="not_satisfied")
    actions.archive_map(actor=analyst, argument_map=a_map)
    page = client_of("reviewer").get(I1, headers=HTMX).text
    assert "Not satisfied" in page
    assert "<form" not in page
    assert client_of("reviewer").post(address(questions[0]), typed(a_map)).status_code == 403


def test_an_author_who_left_is_nobody_signed_out(
    a_map: ArgumentMap,
    analyst: User,
    second: User,
    questions: list[CriticalQuestion],
) -> None:
    answer(a_map, second, questions[0])
    second.delete()
    actions.edit_map(actor=analyst, argument_map=a_map, visibility="public")
    page = Client().get(I1).text
    assert "<bdi>second</bdi>" in page


@pytest.mark.django_db(transaction=True)
def test_unanswered_questions_are_counted_on_the_map_and_in_the_outline(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("reviewer")
    client.get(MAP)  # for its token: pages are kept for browsers that have one
    assert "2 critical questions unanswered" in client.get(MAP).text
    assert "2 questions unanswered" in client.get(f"{MAP}outline/").text
    # session, user, map and role, schemes
    with django_assert_num_queries(4):
        client.get(MAP)

    row = answer(a_map, reviewer, questions[0])
    assert "1 critical question unanswered" in client.get(MAP).text
    assert "1 question unanswered" in client.get(f"{MAP}outline/").text
    answer(a_map, analyst, questions[1])
    assert "unanswered" not in client.get(MAP).text
    assert "unanswered" not in client.get(f"{MAP}outline/").text
    actions.withdraw_answer(actor=reviewer, argument_map=a_map, answer=row.pk)
    assert "1 critical question unanswered" in client.get(MAP).text
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", scheme=None)
    assert "unanswered" not in client.get(MAP).text


def test_what_is_counted_is_what_nobody_has_answered(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    other = Scheme.objects.create(slug="other", name="Other")
    other.questions.create(order=1, text="So?")
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I2", scheme="sign")
    answer(a_map, reviewer, questions[0])
    answer(a_map, analyst, questions[0])
    # questions of schemes, answers to them
    with django_assert_num_queries(2):
        assert unanswered(a_map) == {"I1": 1, "I2": 2}
    # What was answered to the questions of an earlier scheme answers none of the present one.
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", scheme="other")
    assert unanswered(a_map) == {"I1": 1, "I2": 2}
    answer(a_map, reviewer, questions[1], inference="I2")
    assert unanswered(a_map) == {"I1": 1, "I2": 1}
    assert unanswered(a_tree(analyst, 3)) == {}


def test_what_is_not_satisfied_comes_by_the_number_of_its_inference(
    a_map: ArgumentMap, analyst: User, reviewer: User, questions: list[CriticalQuestion]
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map, "scheme": "sign"}
    while a_map.inferences.count() < 10:
        actions.add_reason(**on_it, about="C1", stance="support", kind="evidence", text="So.")
    actions.edit_inference(**on_it, key="I2")
    keys = ["I10", "I2", "I1"]
    for key in keys:
        answer(a_map, reviewer, questions[0], inference=key, says="not_satisfied", why="No.")
    assert [found.inference.key for found in failed_on(a_map)] == keys[::-1]


@pytest.mark.parametrize("answered", [1, 12])
def test_the_number_of_queries_of_a_checklist_is_fixed(
    answered: int,
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    questions: list[CriticalQuestion],
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    scheme = Scheme.objects.get(slug="sign")
    asked = [scheme.questions.create(order=place, text="And?") for place in range(3, 15)]
    for question in asked[:answered]:
        answer(a_map, reviewer, question)
        answer(a_map, analyst, question)
    client = client_of("reviewer")
    # session, user, map and role, inference; the same with its scheme and those around it, premises;
    # comments; critical questions, answers; the badge
    with django_assert_num_queries(10):
        client.get(I1)
    actions.edit_inference(actor=analyst, argument_map=a_map, key="I1", weight=0.5)
    # and what changed since they were answered
    with django_assert_num_queries(11):
        client.get(I1)
    for question in asked[:answered]:
        answer(a_map, reviewer, question, says="not_satisfied")
    # and what undercuts it, and what is suggested to
    with django_assert_num_queries(13):
        client.get(I1)
