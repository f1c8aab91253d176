"""Suggestions in their threads, and how they are settled from there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap, Change, Comment, Inference, Statement, Suggestion
from tests.cast import PASSWORD
from tests.web.conftest import ClientOf

MAP = "/maps/harbour/"
HTMX = {"HX-Request": "true"}
ON_MAP = {**HTMX, "HX-Current-URL": f"http://testserver{MAP}"}
SAID = "The harbour should close from December to March."


def at(made: Suggestion, way: str) -> str:
    return f"{MAP}suggestions/{made.comment_id}/{way}/"


def page_of(client: Client, key: str = "C1") -> str:
    return client.get(f"{MAP}elements/{key}/").text


@pytest.fixture
def made(a_map: ArgumentMap, reviewer: User) -> Suggestion:
    return actions.suggest(
        actor=reviewer,
        argument_map=a_map,
        does="edit",
        on="C1",
        after={"text": SAID, "likelihood": "likely"},
        body="The ice *goes* in April.",
    )


@pytest.fixture
def undercut(a_map: ArgumentMap, reviewer: User) -> Suggestion:
    return actions.suggest(
        actor=reviewer,
        argument_map=a_map,
        does="attack",
        on="I1",
        after={"kind": "counterargument", "text": "Tugs break ice.", "scheme": "sign"},
    )


def sent(client: Client, address: str, **typed: Any) -> Any:
    """Open the form at an address, fill in what is typed, and send it."""
    form = client.get(address).context["form"]
    held = {field.html_name: field.value() for field in form}
    return client.post(address, {name: value or "" for name, value in held.items()} | typed)


def test_a_thread_shows_word_by_word_what_would_differ(
    made: Suggestion, client_of: ClientOf
) -> None:
    page = page_of(client_of("viewer"))
    assert "Suggests another text and likelihood of C1" in page
    assert "should close<del> in winter</del><ins> from December to March</ins>." in page
    assert "<ins>Likely</ins>" in page
    assert "The ice <em>goes</em> in April." in page


def test_a_thread_shows_a_new_statement_and_what_it_bears_on(
    undercut: Suggestion, client_of: ClientOf
) -> None:
    page = page_of(client_of("viewer"), "I1")
    assert "Suggests a counterargument that undercuts I1" in page
    assert page.count("Tugs break ice.") == 1
    assert "<dt>Scheme</dt>" in page


def test_hostile_texts_do_not_run_in_what_would_differ(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    actions.suggest(
        actor=reviewer,
        argument_map=a_map,
        does="edit",
        on="C1",
        after={"text": "<script>alert(1)</script>"},
    )
    page = page_of(client_of("viewer"))
    assert "<script>alert" not in page
    assert "&lt;" in page


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("viewer", []),
        ("reviewer", ["withdraw"]),
        ("editor", ["accept", "amend", "decline"]),
        ("admin", ["accept", "amend", "decline"]),
    ],
)
def test_each_finds_what_they_may_do(
    name: str, ways: list[str], made: Suggestion, client_of: ClientOf
) -> None:
    client = client_of(name)
    page = page_of(client)
    assert [way for way in ("accept", "amend", "decline", "withdraw") if at(made, way) in page] == (
        ways
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("anonymous", [302, 302, 302, 302]),
        ("outsider", [404, 404, 404, 404]),
        ("viewer", [403, 403, 403, 403]),
        ("reviewer", [303, 403, 403, 403]),
        # A suggestion of somebody else is not for them to withdraw.
        ("editor", [403, 303, 422, 422]),
        ("admin", [403, 303, 422, 422]),
    ],
)
def test_who_may_settle(
    name: str, expected: list[int], a_map: ArgumentMap, made: Suggestion, client_of: ClientOf
) -> None:
    client = client_of(name)
    typed = {"seen": a_map.version, "text": SAID, "reason": "No."}
    statuses = [
        client.post(at(made, way), typed).status_code
        for way in ("withdraw", "accept", "amend", "decline")
    ]
    assert statuses == expected


def test_an_editor_accepts(made: Suggestion, client_of: ClientOf) -> None:
    client = client_of("editor")

    response = sent(client, at(made, "accept"))

    assert response.headers["Location"] == f"{MAP}elements/C1/#comment-{made.comment_id}"
    page = client.get(response.headers["Location"]).text
    assert "Accepted: the change is credited to you and reviewer." in page
    assert "<b>Accepted</b>" in page
    assert "by editor" in page
    assert Statement.objects.get(key="C1").text == SAID
    assert at(made, "decline") not in page


def test_a_page_that_is_open_gets_the_drawing_with_what_was_accepted(
    a_map: ArgumentMap, undercut: Suggestion, client_of: ClientOf
) -> None:
    sending = {"seen": a_map.version}
    response = client_of("editor").post(at(undercut, "accept"), sending, headers=ON_MAP)
    assert response.headers["HX-Retarget"] == "#panel"
    assert 'id="node-K2"' in response.text or 'data-key="K2"' in response.text
    assert Inference.objects.get(key="I3").conclusion == Inference.objects.get(key="I1")


def test_an_editor_accepts_in_other_words(made: Suggestion, client_of: ClientOf) -> None:
    client = client_of("editor")
    form = client.get(at(made, "amend")).context["form"]
    assert [field.name for field in form.visible_fields()] == ["text", "likelihood"]
    assert "The ice <em>goes</em> in April." in client.get(at(made, "amend")).text
    assert (form["text"].value(), form["likelihood"].value()) == (SAID, "likely")

    sent(client, at(made, "amend"), text="Close it from December.", likelihood="")

    row = Statement.objects.get(key="C1")
    assert (row.text, row.likelihood) == ("Close it from December.", "")
    assert Change.objects.latest("pk").proposed_by_name == "reviewer"
    assert "<b>Amended</b>, done in other words," in page_of(client)


def test_a_new_statement_is_amended_with_what_it_lacked(
    undercut: Suggestion, client_of: ClientOf
) -> None:
    sent(client_of("editor"), at(undercut, "amend"), title="Tugs", scheme="")
    row = Statement.objects.get(key="K2")
    assert (row.title, row.text) == ("Tugs", "Tugs break ice.")
    assert Inference.objects.get(key="I3").scheme is None


def test_what_is_left_as_it_was_is_accepted_and_not_amended(
    undercut: Suggestion, client_of: ClientOf
) -> None:
    response = sent(client_of("editor"), at(undercut, "amend"))
    undercut.refresh_from_db()
    assert (response.status_code, undercut.outcome) == (303, "accepted")


def test_an_editor_declines_with_a_reason(made: Suggestion, client_of: ClientOf) -> None:
    client = client_of("editor")
    refused = sent(client, at(made, "decline"), reason=" ")
    assert refused.status_code == 422
    assert "Say why: whoever suggested it is owed a reason." in refused.text

    sent(client, at(made, "decline"), reason="It says *winter* on purpose.")

    page = page_of(client)
    assert "<b>Declined</b>" in page
    assert "It says <em>winter</em> on purpose." in page
    assert Statement.objects.get(key="C1").text != SAID


def test_its_author_withdraws_it(made: Suggestion, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    response = sent(client, at(made, "withdraw"))
    assert "Withdrawn: what was said about it stays." in client.get(response["Location"]).text
    made.refresh_from_db()
    assert made.outcome == "withdrawn"


def test_a_suggestion_of_somebody_else_is_not_offered_to_be_withdrawn(
    made: Suggestion, client_of: ClientOf
) -> None:
    page = client_of("editor").get(at(made, "withdraw")).text
    assert "Only its author withdraws a suggestion." in page


def test_what_was_overtaken_says_by_whom_and_is_amended(
    a_map: ArgumentMap, analyst: User, made: Suggestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    seen = a_map.version
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it in winter.")

    page = page_of(client)
    assert "analyst changed C1 after this was suggested" in page
    assert "<del>The harbour should close</del><ins>Close it</ins> in winter." in page
    assert at(made, "accept") not in page
    for sending in ({"seen": seen}, {"seen": a_map.version}):
        refused = client.post(at(made, "accept"), sending, headers=HTMX)
        assert refused.status_code == 409
        assert "C1 has changed since: amend it, or decline it." in refused.text
        assert at(made, "amend") in refused.text

    sent(client, at(made, "amend"), text="Close it from December to March.")

    assert Statement.objects.get(key="C1").text == "Close it from December to March."


def test_what_was_typed_stays_where_the_statement_changed_meanwhile(
    a_map: ArgumentMap, analyst: User, made: Suggestion, client_of: ClientOf
) -> None:
    client, address = client_of("editor"), at(made, "amend")
    held = {"seen": a_map.version, "text": "My words.", "likelihood": "unlikely"}
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="A note.")

    refused = client.post(address, held)

    assert refused.status_code == 409
    form = refused.context["form"]
    assert (form["text"].value(), form["likelihood"].value()) == ("My words.", "unlikely")
    assert "What you typed is still here" in refused.text
    again = {field.html_name: field.value() for field in form}
    assert client.post(address, again).status_code == 303
    assert Statement.objects.get(key="C1").text == "My words."


def test_what_is_settled_says_so(
    a_map: ArgumentMap, analyst: User, made: Suggestion, client_of: ClientOf
) -> None:
    actions.decline_suggestion(
        actor=analyst, argument_map=a_map, comment=made.comment_id, reason="No."
    )
    client = client_of("editor")
    for way in ("accept", "amend", "decline"):
        page = client.get(at(made, way)).text
        assert "It is settled already." in page
        assert 'type="submit" >' not in page
        typed = {"seen": a_map.version, "text": "My words.", "reason": "Mine."}
        refused = client.post(at(made, way), typed)
        assert refused.status_code == 422
        assert "analyst settled this suggestion already: declined." in refused.text


def test_what_is_on_a_vanished_element_can_be_declined_on_the_map(
    a_map: ArgumentMap, analyst: User, undercut: Suggestion, client_of: ClientOf
) -> None:
    actions.delete_inference(actor=analyst, argument_map=a_map, key="I1")
    client = client_of("editor")
    page = client.get(MAP).text
    assert "I1 was deleted: this can be declined, and no more be accepted." in page
    assert at(undercut, "decline") in page
    assert at(undercut, "accept") not in page
    for way in ("accept", "amend"):
        assert "I1 was deleted: this can only be declined." in client.get(at(undercut, way)).text
    sent(client, at(undercut, "decline"), reason="It is gone.")
    held = {"seen": a_map.version, "reason": "Again."}
    assert client.post(at(undercut, "decline"), held, headers=ON_MAP).status_code == 422
    assert "<b>Declined</b>" in client.get(MAP).text


def test_what_was_deleted_keeps_what_was_typed(
    a_map: ArgumentMap, reviewer: User, made: Suggestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    held = {"seen": a_map.version, "reason": "Since *tugs* are dear."}
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=made.comment_id)

    assert client.get(at(made, "decline")).status_code == 404
    refused = client.post(at(made, "decline"), held)

    assert refused.status_code == 422
    assert "Since *tugs* are dear." in refused.text
    assert SAID not in refused.text


def test_a_reason_survives_signing_in_again(
    a_map: ArgumentMap, made: Suggestion, client_of: ClientOf
) -> None:
    client = Client()
    held = {"seen": a_map.version, "reason": "Since *tugs* are dear."}
    away = client.post(at(made, "decline"), held)
    signed = client.post(away["Location"], {"username": "editor", "password": PASSWORD})
    assert "Since *tugs* are dear." in client.get(signed["Location"]).text


def test_another_map_has_no_such_suggestion(
    made: Suggestion, analyst: User, client_of: ClientOf
) -> None:
    actions.create_map(actor=analyst, title="Other", slug="other")
    for way in ("accept", "amend", "decline", "withdraw"):
        address = f"/maps/other/suggestions/{made.comment_id}/{way}/"
        assert client_of("analyst").post(address, {"seen": 0}).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("many", [1, 6])
def test_what_threads_of_suggestions_cost(
    many: int,
    a_map: ArgumentMap,
    reviewer: User,
    analyst: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(many):
        actions.suggest(
            actor=reviewer, argument_map=a_map, does="edit", on="C1", after={"text": f"{number}."}
        )
    client, page = client_of("viewer"), f"{MAP}elements/C1/"
    # session, user, map and role, statement; excerpts, inferences, those around them, premises;
    # comments with their suggestions; how many have rated it
    with django_assert_num_queries(10):
        client.get(page, headers=HTMX)
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it.")
    # the same, and what came to differ, by whom
    with django_assert_num_queries(11):
        client.get(page, headers=HTMX)
    assert Comment.objects.count() == many


def test_news_and_undo_name_whoever_suggested_it(
    a_map: ArgumentMap, made: Suggestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    since = a_map.activity
    sent(client, at(made, "accept"))
    told = "accepted a suggestion on C1, suggested by reviewer"
    (news,) = client_of("viewer").get(f"{MAP}live/?since={since}").json()["news"]
    assert (news["who"], news["said"]) == ("editor", told)
    assert f"Undo: you {told}" in client.get(MAP).text

    undone = client.post(f"{MAP}undo/", headers=HTMX)

    assert f"Taken back: you {told}." in undone.text
    page = page_of(client)
    assert at(made, "accept") in page
    assert "<b>Accepted</b>" not in page
