from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from argmap import actions
from argmap.core.kinds import CommentState, Visibility
from argmap.models import ArgumentMap, Comment
from tests.cast import PASSWORD
from tests.web.conftest import ClientOf

ADD = "/maps/harbour/comments/"
HTMX = {"HX-Request": "true"}


def typed(about: str = "C1", **more: Any) -> dict[str, Any]:
    return {
        "about": about,
        "kind": "question",
        "flag": "unclear",
        "body": "Which *winter*?",
        "version_seen": 3,
        **more,
    }


def settle(comment: Comment, verb: str) -> str:
    return f"{ADD}{comment.pk}/{verb}/"


@pytest.fixture
def thread(a_map: ArgumentMap, reviewer: User) -> Comment:
    return actions.add_comment(actor=reviewer, argument_map=a_map, about="C1", body="Why?")


def test_a_page_that_is_open_gets_what_is_said_about_the_map(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, body="What of the port's own report?")
    part = client_of("viewer").get(ADD, headers=HTMX)
    assert "own report" in part.text
    assert "<html" not in part.text
    assert client_of("outsider").get(ADD, headers=HTMX).status_code == 404


def test_a_reviewer_comments(a_map: ArgumentMap, reviewer: User, client_of: ClientOf) -> None:
    response = client_of("reviewer").post(ADD, typed())
    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"] == f"/maps/harbour/elements/C1/#comment-{comment.pk}"
    assert (comment.author, comment.about, comment.version_seen) == (reviewer, "C1", 3)
    assert (comment.kind, comment.flag, comment.body) == ("question", "unclear", "Which *winter*?")
    page = client_of("viewer").get("/maps/harbour/elements/C1/").text
    assert "Which <em>winter</em>?" in page
    assert f'id="comment-{comment.pk}"' in page
    assert "1 open" in page


@pytest.mark.parametrize(
    ("about", "page"),
    [
        ("", "/maps/harbour/"),
        ("I1", "/maps/harbour/elements/I1/"),
        ("X1", "/maps/harbour/elements/E1/"),
    ],
)
def test_anything_on_a_map_can_be_commented_on(
    about: str, page: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    response = client_of("reviewer").post(ADD, typed(about))
    comment = Comment.objects.get()
    assert comment.about == about
    assert response.headers["Location"] == f"{page}#comment-{comment.pk}"
    assert "Which <em>winter</em>?" in client_of("viewer").get(page).text


def test_htmx_gets_the_threads_anew(a_map: ArgumentMap, client_of: ClientOf) -> None:
    response = client_of("reviewer").post(ADD, typed("E1"), headers=HTMX)
    assert response.status_code == 200
    assert response.text.startswith("<section")
    assert "Which <em>winter</em>?" in response.text
    assert '<option value="X1">' in response.text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", 302),
        ("outsider", 404),
        ("viewer", 403),
        ("reviewer", 303),
        ("editor", 303),
        ("analyst", 303),
        ("admin", 303),
    ],
)
def test_who_may_comment_answer_and_settle(
    name: str, status: int, a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of(name)
    answer = {"parent": thread.pk, "body": "So.", "version_seen": 1}
    sent = [
        client.post(ADD, typed()),
        client.post(ADD, answer),
        client.post(settle(thread, "resolve")),
        client.post(settle(thread, "reopen")),
    ]
    assert [response.status_code for response in sent] == [status] * 4
    assert Comment.objects.count() == (3 if status == 303 else 1)


def test_an_answer_joins_its_thread(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    answer = {"parent": thread.pk, "body": "Since it froze.", "version_seen": 1}
    response = client_of("analyst").post(ADD, answer, headers=HTMX)
    assert thread.replies.get().body == "Since it froze."
    assert "Since it froze." in response.text


def test_a_thread_is_resolved_and_reopened(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    resolved = client.post(settle(thread, "resolve"), headers=HTMX).text
    thread.refresh_from_db()
    assert thread.state == CommentState.RESOLVED
    assert "Reopen" in resolved
    reopened = client.post(settle(thread, "reopen"), headers=HTMX).text
    thread.refresh_from_db()
    assert thread.state == CommentState.OPEN
    assert "Resolve<" in reopened


def test_readers_see_threads_without_forms(
    a_map: ArgumentMap, analyst: User, thread: Comment, client_of: ClientOf
) -> None:
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    pages = {
        name: client_of(name).get("/maps/harbour/elements/C1/").text
        for name in ("anonymous", "outsider", "viewer", "reviewer")
    }
    assert all("Why?" in page for page in pages.values())
    assert [name for name, page in pages.items() if "comment-form" in page] == ["reviewer"]
    assert [name for name, page in pages.items() if "if you are a reviewer" in page] == [
        "anonymous"
    ]


def test_a_document_that_is_attached_makes_no_comment_stale(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    actions.add_comment(actor=reviewer, argument_map=a_map, about="E1", body="How many?")
    actions.attach_text(
        actor=analyst,
        argument_map=a_map,
        key="S1",
        data=b"Winter\n\nIce.\n\nOn forty days no ship came in.\n",
        media_type="text/plain",
    )

    page = client_of("viewer").get("/maps/harbour/elements/E1/").text

    assert "On forty days no ship came in." in page
    assert "changed since" not in page


def test_a_comment_on_what_changed_since_says_so(
    a_map: ArgumentMap, analyst: User, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    assert "changed since" not in client.get("/maps/harbour/elements/C1/").text
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="It should stay.")
    assert "changed since" in client.get("/maps/harbour/elements/C1/").text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"body": "  "}, "This field is required."),
        ({"body": "w" * 10_001}, "at most 10000 characters"),
        ({"body": "bad \x00"}, "Null characters are not allowed."),
        ({"body": "bad \x01"}, "U+0001"),
        ({"kind": "sermon"}, "Select a valid choice."),
        ({"version_seen": 99}, "The map never had this version."),
        ({"version_seen": "x"}, "Enter a whole number."),
        ({"about": "C99"}, "This map has never had an element"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_comment_that_is_refused_stays_in_its_form(
    wrong: dict[str, Any],
    message: str,
    headers: dict[str, str],
    a_map: ArgumentMap,
    client_of: ClientOf,
) -> None:
    sent = typed(**{"body": "My long thoughts.", **wrong})
    response = client_of("reviewer").post(ADD, sent, headers=headers)
    assert response.status_code == 422
    assert ("<html" in response.text) is not bool(headers)
    assert message in response.text
    assert sent["body"].strip("\x00\x01 ")[:17] in response.text
    assert not Comment.objects.exists()


def test_an_answer_that_is_refused_stays_in_its_form(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    answer = {"parent": thread.pk, "body": "x" * 10_001, "version_seen": 1}
    response = client_of("reviewer").post(ADD, answer, headers=HTMX)
    assert response.status_code == 422
    assert "x" * 10_001 in response.text


def test_an_answer_to_a_deleted_thread_is_not_lost(
    a_map: ArgumentMap, reviewer: User, thread: Comment, client_of: ClientOf
) -> None:
    number = thread.pk
    actions.delete_comment(actor=reviewer, argument_map=a_map, comment=number)
    answer = {"parent": number, "body": "My long thoughts.", "version_seen": 1}
    response = client_of("reviewer").post(ADD, answer)
    assert response.status_code == 422
    assert "The comment was deleted meanwhile." in response.text
    assert "My long thoughts." in response.text


def test_a_comment_on_what_was_deleted_meanwhile_is_kept_on_the_map(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    response = client_of("reviewer").post(ADD, typed("K1"))
    comment = Comment.objects.get()
    assert comment.lost_target == "K1"
    assert response.headers["Location"] == f"/maps/harbour/#comment-{comment.pk}"


def test_a_comment_says_where_it_was_written_before_inferences_were_joined(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    on_it: dict[str, Any] = {"actor": analyst, "argument_map": a_map}
    for premise in ("E1", "E2"):
        actions.add_inference(**on_it, stance="support", premises=[premise], conclusion="K1")
    actions.add_comment(**on_it, about="I4", body="Why?")
    actions.join_inferences(**on_it, keys=["I3", "I4"])
    page = client_of("viewer").get("/maps/harbour/elements/I3/").text
    assert "written on I4, now part of I3" in page
    assert "which was deleted" not in page


def test_threads_of_another_map_are_not_reached(
    a_map: ArgumentMap, analyst: User, thread: Comment, client_of: ClientOf
) -> None:
    other = actions.create_map(actor=analyst, title="Other", slug="other")
    client = client_of("analyst")
    assert client.post(f"/maps/{other.slug}/comments/{thread.pk}/resolve/").status_code == 404
    answer = {"parent": thread.pk, "body": "Mine.", "version_seen": 0}
    assert client.post(f"/maps/{other.slug}/comments/", answer).status_code == 422
    assert not thread.replies.exists()


def test_a_lost_session_does_not_take_the_form_away(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("anonymous")
    assert client.post(ADD, typed(), headers=HTMX).status_code == 401
    plain = client.post(ADD, typed())
    assert plain.headers["Location"] == f"/accounts/login/?next={ADD}"


@pytest.mark.parametrize(
    ("about", "page"), [("C1", "element.html"), ("X1", "element.html"), ("", "map.html")]
)
def test_a_comment_survives_signing_in_again(
    about: str, page: str, a_map: ArgumentMap, client: Client
) -> None:
    login = client.post(ADD, typed(about)).headers["Location"]
    back = client.post(login, {"username": "reviewer", "password": PASSWORD}, follow=True)
    assert back.status_code == 200
    assert page in [template.name for template in back.templates]
    talk = back.context["talk"] if about else back.context["map_talk"]
    form = talk.form
    assert form["body"].value() == "Which *winter*?"
    assert form["about"].value() == about
    assert "What you typed is still here" in back.text
    assert client.get(ADD).headers["Location"] == "/maps/harbour/"


def test_an_answer_survives_signing_in_again_in_its_thread(
    a_map: ArgumentMap, thread: Comment, client: Client
) -> None:
    answer = {"parent": thread.pk, "body": "Since it froze.", "version_seen": 1}
    login = client.post(ADD, answer).headers["Location"]
    back = client.post(login, {"username": "reviewer", "password": PASSWORD}, follow=True)
    (shown,) = back.context["talk"].threads
    assert shown.form["body"].value() == "Since it froze."
    assert "What you typed is still here" in back.text


def test_a_form_from_elsewhere_is_refused(a_map: ArgumentMap, reviewer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer)
    response = client.post(ADD, typed())
    assert response.status_code == 403
    assert "This form is too old" in response.text
    assert not Comment.objects.exists()


def test_comments_do_not_run(a_map: ArgumentMap, client_of: ClientOf) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) ![x](https://example.org/x.png)"
    client = client_of("reviewer")
    client.post(ADD, typed(body=hostile))
    page = client.get("/maps/harbour/elements/C1/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img" not in page


@pytest.mark.parametrize("address", [f"{ADD}1/resolve/", f"{ADD}1/reopen/"])
def test_forms_are_for_sending(address: str, a_map: ArgumentMap, client_of: ClientOf) -> None:
    assert client_of("reviewer").get(address).status_code == 405
