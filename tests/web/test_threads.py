"""Threads on the pages: sent once, found again, reworded, deleted, and asked whether they hold."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.core.kinds import CommentState, Visibility
from argmap.models import ArgumentMap, Comment, Mention
from tests.web.conftest import ClientOf

MAP = "/maps/harbour/"
ADD = f"{MAP}comments/"
PREVIEW = f"{ADD}preview/"
PEOPLE = f"{MAP}people/"
HTMX = {"HX-Request": "true"}


def say(a_map: ArgumentMap, actor: User, body: str = "Why?", **fields: Any) -> Comment:
    return actions.add_comment(actor=actor, argument_map=a_map, body=body, **fields)


def at(comment: Comment, way: str = "") -> str:
    return f"{ADD}{comment.pk}/{way}"


def page(key: str) -> str:
    return f"{MAP}elements/{key}/"


@pytest.fixture
def thread(a_map: ArgumentMap, reviewer: User) -> Comment:
    return say(a_map, reviewer, "Which *winter*?", about="C1")


@pytest.fixture
def stale(thread: Comment, a_map: ArgumentMap, analyst: User) -> Comment:
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="C1", text="The harbour should close in spring."
    )
    return thread


def filled(client: Client, address: str, form: str = "form", **typed: Any) -> dict[str, Any]:
    """Return the comment form of a page, or the first thread's, as a browser would send it."""
    talk = client.get(address).context["talk"]
    shown = talk.form if form == "form" else talk.threads[0].form
    return {field.html_name: field.value() or "" for field in shown} | {"body": "So?"} | typed


# Sent once.


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_form_that_is_sent_twice_makes_one_comment(
    headers: dict[str, str], a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    sent = filled(client, page("C1"), kind="question")
    answers = [client.post(ADD, sent, headers=headers) for _ in range(2)]
    assert Comment.objects.count() == 1
    assert {answer.status_code for answer in answers} == {200 if headers else 303}
    if not headers:
        assert len({answer.headers["Location"] for answer in answers}) == 1


def test_an_answer_that_is_sent_twice_is_one(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of("editor")
    sent = filled(client, page("C1"), "reply")
    for _ in range(2):
        client.post(ADD, sent)
    assert thread.replies.count() == 1


def test_another_text_in_the_same_form_is_another_comment(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    sent = filled(client, page("C1"), kind="comment")
    client.post(ADD, sent)
    client.post(ADD, {**sent, "body": "And which port?"})
    assert Comment.objects.count() == 2


def test_two_pages_have_forms_of_their_own(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    for _ in range(2):
        client.post(ADD, filled(client, page("C1"), kind="comment"))
    assert Comment.objects.count() == 2


# Found again.


@pytest.mark.parametrize(
    ("about", "where"), [("C1", page("C1")), ("I1", page("I1")), ("X1", page("E1")), ("", MAP)]
)
def test_an_address_leads_to_where_a_comment_stands(
    about: str, where: str, a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    first = say(a_map, reviewer, about=about)
    answer = say(a_map, reviewer, "So.", parent=first.pk)
    for comment in (first, answer):
        led = client_of("viewer").get(at(comment))
        expected = f"{where}?comment={comment.pk}#comment-{comment.pk}"
        assert (led.status_code, led.headers["Location"]) == (302, expected)
    assert f'href="{at(first)}"' in client_of("viewer").get(where).text


def test_a_resolved_thread_is_open_for_whoever_is_led_to_it(
    a_map: ArgumentMap, reviewer: User, thread: Comment, client_of: ClientOf
) -> None:
    answer = say(a_map, reviewer, "The last.", parent=thread.pk)
    actions.settle_thread(
        actor=reviewer, argument_map=a_map, comment=thread.pk, state=CommentState.RESOLVED
    )
    client = client_of("viewer")
    (shown,) = client.get(page("C1")).context["talk"].threads
    assert not shown.opened
    for comment in (thread, answer):
        (shown,) = client.get(at(comment), follow=True).context["talk"].threads
        assert shown.opened


def test_nothing_leads_to_what_is_not_there(
    a_map: ArgumentMap, analyst: User, thread: Comment, client_of: ClientOf
) -> None:
    other = actions.create_map(actor=analyst, title="Other", slug="other")
    theirs = say(other, analyst)
    client = client_of("analyst")
    for number in (theirs.pk, 10**30):
        assert client.get(f"{ADD}{number}/").status_code == 404
    assert client_of("outsider").get(at(thread)).status_code == 404
    for odd in ("x", "9" * 5000, "-1"):
        assert client.get(f"{page('C1')}?comment={odd}").status_code == 200


def test_whom_a_comment_calls_has_read_it_there(
    a_map: ArgumentMap, editor: User, client_of: ClientOf
) -> None:
    comment = say(a_map, editor, "@reviewer, is that so?")
    for name, read in (("viewer", False), ("reviewer", True)):
        client_of(name).get(at(comment))
        assert (Mention.objects.get().read_at is not None) is read


# Reworded, with what it said before.


def test_its_author_rewords_a_comment_and_all_see_what_it_said_before(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    part = client.get(at(thread, "edit/"), headers=HTMX)
    assert "Which *winter*?" in part.text
    assert "<html" not in part.text
    assert 'name="body"' in client.get(at(thread, "edit/")).text
    answer = client.post(at(thread, "edit/"), {"body": "Which *past* winter?"})
    assert answer.headers["Location"] == f"{page('C1')}#comment-{thread.pk}"
    viewer = client_of("viewer")
    assert "edited" in viewer.get(page("C1")).text
    for headers in ({}, HTMX):
        told = viewer.get(at(thread, "earlier/"), headers=headers)
        assert "<ins>" in told.text
        assert ("<html" in told.text) is not bool(headers)


def test_earlier_wordings_come_latest_first_with_their_words_marked(
    a_map: ArgumentMap, reviewer: User, client_of: ClientOf
) -> None:
    comment = say(a_map, reviewer, "Why now?")
    for body in ("Why then?", "Why <then>, and how?"):
        actions.edit_comment(actor=reviewer, argument_map=a_map, comment=comment.pk, body=body)
    text = client_of("viewer").get(at(comment, "earlier/")).text
    assert text.index("&lt;then") < text.index("<del> now</del><ins> then</ins>")


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_wording_that_is_refused_stays_in_its_form(
    headers: dict[str, str], a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    answer = client_of("reviewer").post(
        at(thread, "edit/"), {"body": "w" * 10_001}, headers=headers
    )
    assert answer.status_code == 422
    assert "w" * 10_001 in answer.text
    assert "at most 10000 characters" in answer.text
    thread.refresh_from_db()
    assert thread.body == "Which *winter*?"


def test_each_is_offered_what_they_may_do_with_a_comment(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    def ways(name: str) -> tuple[bool, bool]:
        text = client_of(name).get(page("C1")).text
        return at(thread, "edit/") in text, at(thread, "delete/") in text

    assert {name: ways(name) for name in ("viewer", "reviewer", "editor", "analyst")} == {
        "viewer": (False, False),
        "reviewer": (True, True),
        "editor": (False, False),
        "analyst": (False, True),
    }


# Deleted, with a trace.


def test_a_deleted_comment_leaves_a_trace_where_somebody_answered(
    a_map: ArgumentMap, analyst: User, reviewer: User, thread: Comment, client_of: ClientOf
) -> None:
    say(a_map, analyst, "The last one.", parent=thread.pk)
    actions.edit_comment(actor=reviewer, argument_map=a_map, comment=thread.pk, body="Secret?")
    client = client_of("reviewer")
    for _ in range(2):  # a second press changes nothing
        answer = client.post(at(thread, "delete/"), headers=HTMX)
        assert answer.status_code == 200
        assert "Deleted by reviewer" in answer.text
        assert "Secret" not in answer.text
        assert "The last one." in answer.text
    for way in ("edit/", "earlier/"):
        assert "Secret" not in client.get(at(thread, way)).text
    reopened = client.post(at(thread, "reopen/"), headers=HTMX)
    assert "Resolve<" in reopened.text
    assert "Does it still hold" not in reopened.text


def test_of_a_thread_without_answers_a_trace_is_left_that_takes_none(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    answer = client_of("reviewer").post(at(thread, "delete/"), headers=HTMX)
    assert "Deleted: " in answer.text
    assert "Deleted by reviewer" in answer.text
    assert thread.body not in answer.text
    for way in ("Answer<", "Reopen<"):
        assert way not in answer.text
    assert "Deleted by reviewer" in client_of("viewer").get(at(thread), follow=True).text
    assert client_of("reviewer").post(at(thread, "delete/")).status_code == 303


# A look at what it will be, and whom it calls.


def test_a_preview_is_what_the_comment_will_be(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    body = "Which *winter*? <script>alert(1)</script> [x](javascript:alert(1)) ![y](https://e.org/)"
    shown = client.post(PREVIEW, {"body": body}, headers=HTMX).text
    client.post(ADD, {"body": body, "kind": "comment", "version_seen": 1})
    prose = re.compile(r'<div class="prose" dir="auto">(.*?)</div>', re.DOTALL)
    made, seen = prose.findall(client.get(MAP).text), prose.findall(shown)
    assert seen == made
    assert "<em>winter</em>" in shown
    for bad in ("<script", 'href="javascript', "<img"):
        assert bad not in shown


def test_a_preview_makes_nothing_and_without_scripts_keeps_the_form(
    a_map: ArgumentMap, thread: Comment, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    sent = [
        {"body": "Half *a* thought", "about": "C1", "kind": "challenge", "version_seen": "1"},
        {"body": "Half *a* thought", "about": "C1", "parent": thread.pk, "version_seen": "1"},
        {"body": "Half *a* thought", "number": thread.pk},
    ]
    for typed in sent:
        answer = client.post(PREVIEW, typed)
        assert answer.status_code == 200
        assert "<em>a</em>" in answer.text
        assert re.search(r"<textarea[^>]*>\nHalf \*a\* thought</textarea>", answer.text)
        assert "This field is required" not in answer.text
    assert Comment.objects.count() == 1
    assert "nothing to show" in client.post(PREVIEW, {"body": " "}, headers=HTMX).text


def test_previews_are_throttled_and_limited(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    assert (
        "10,000 characters at most"
        in client.post(PREVIEW, {"body": "x" * 100_000}, headers=HTMX).text
    )
    for _ in range(59):
        assert client.post(PREVIEW, {"body": "x"}, headers=HTMX).status_code == 200
    answer = client.post(PREVIEW, {"body": "My long thoughts."})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "My long thoughts." in answer.text
    assert "Too many previews" in answer.text


def test_members_are_offered_to_reviewers_and_nobody_else(
    a_map: ArgumentMap, analyst: User, outsider: User, client_of: ClientOf
) -> None:
    def offered(starts: str) -> list[str]:
        answer = client_of("reviewer").get(PEOPLE, {"starts": starts})
        return [person["name"] for person in answer.json()["people"]]

    assert offered("") == ["analyst", "editor", "reviewer", "viewer"]
    assert offered("e") == ["editor"]
    assert offered("out") == []
    assert offered("x" * 100_000) == []
    actions.edit_map(actor=analyst, argument_map=a_map, visibility=Visibility.PUBLIC)
    assert offered("out") == []
    for name, status in (("viewer", 403), ("outsider", 403), ("anonymous", 302)):
        assert client_of(name).get(PEOPLE).status_code == status


def test_a_stranger_who_is_called_is_not_told(
    a_map: ArgumentMap, outsider: User, client_of: ClientOf
) -> None:
    typed = {"body": "@outsider @editor, look.", "kind": "comment", "version_seen": 1}
    client_of("reviewer").post(ADD, typed)
    assert [mention.user.username for mention in Mention.objects.all()] == ["editor"]


# What vanished meanwhile, and too much at once.


@pytest.mark.parametrize("about", ["K1", "I2", "X1"])
def test_a_comment_on_what_vanished_is_kept_and_its_author_told(
    about: str, a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    statement = "E1" if about == "X1" else "K1"
    actions.delete_statement(actor=analyst, argument_map=a_map, key=statement)
    client = client_of("reviewer")
    typed = {"about": about, "kind": "comment", "version_seen": 1}
    part = client.post(ADD, {**typed, "body": "My long thoughts."}, headers=HTMX)
    comment = Comment.objects.get()
    assert (comment.lost_target, comment.body) == (about, "My long thoughts.")
    assert f"{about} was deleted while you typed. Your comment is kept, with the map" in part.text
    assert f'href="{at(comment)}"' in part.text
    whole = client.post(ADD, {**typed, "body": "More of them."}, follow=True)
    assert whole.request["PATH_INFO"] == MAP
    assert f"{about} was deleted while you typed." in whole.text
    assert "More of them." in whole.text


def test_an_answer_on_what_vanished_is_kept_in_its_thread(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    first = say(a_map, reviewer, about="K1")
    answer = filled(client_of("editor"), page("K1"), "reply")
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")
    part = client_of("editor").post(ADD, answer, headers=HTMX)
    assert first.replies.get().body == "So?"
    assert "K1 was deleted while you typed" in part.text
    # On the map, where it stands now, an answer is one like any other.
    there = {"parent": first.pk, "about": "", "body": "And so?", "version_seen": 1}
    again = client_of("editor").post(ADD, there, headers=HTMX)
    assert "while you typed" not in again.text
    assert first.replies.count() == 2


@pytest.mark.usefixtures("two_a_minute")
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_flood_is_stopped_with_its_text_kept(
    headers: dict[str, str], a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    typed = {"about": "C1", "kind": "comment", "version_seen": 1}
    for body in ("One.", "Two."):
        client.post(ADD, {**typed, "body": body})
    answer = client.post(ADD, {**typed, "body": "My long thoughts."}, headers=headers)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "Too many comments in a short time. Wait" in answer.text
    assert "My long thoughts." in answer.text
    assert Comment.objects.count() == 2
    # Of others nothing is held back.
    assert client_of("editor").post(ADD, {**typed, "body": "Mine."}).status_code == 303


@pytest.mark.usefixtures("two_a_minute")
def test_the_web_and_the_api_count_together(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    typed = {"body": "One.", "kind": "comment", "version_seen": 1}
    assert client.post(f"/api/v1{ADD}", {"body": "One."}, "application/json").status_code == 201
    assert client.post(ADD, {**typed, "body": "Two."}).status_code == 303
    assert client.post(ADD, {**typed, "body": "Three."}).status_code == 429
    assert client.post(f"/api/v1{ADD}", {"body": "Four."}, "application/json").status_code == 429


# Bad input.


@pytest.mark.parametrize(
    "body",
    [
        "> " * 4_900 + "deep",
        "- " * 4_900 + "deep",
        "[" * 9_000,
        "*a " * 3_000,
        "![x](https://example.org/x.png)",
        "[x](java&#115;cript:alert(1)) <a href='javascript:alert(1)'>x</a>",
        "[x](data:text/html;base64,PHNjcmlwdD4=) <img src=x onerror=alert(1)>",
        "<script>alert(1)</script><style>*{display:none}</style><iframe src='/'></iframe>",
    ],
    ids=lambda body: body[:12],
)
def test_hostile_text_is_kept_and_shown_harmless(
    body: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    typed = {"body": body, "about": "E1", "kind": "comment", "version_seen": 1}
    assert client.post(ADD, typed).status_code == 303
    talk = client.get(page("E1")).text.split("data-conversation", 1)[1]
    assert Comment.objects.get().body == body.strip()
    for bad in (
        "<script",
        "<style",
        "<iframe",
        "<img",
        'href="javascript',
        'href="data',
        "onerror=",
    ):
        assert bad not in re.sub(r"<textarea.*?</textarea>|&lt;.*?&gt;", "", talk, flags=re.DOTALL)


def test_a_hundred_thousand_characters_are_refused_and_given_back(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    typed = {"body": "x" * 100_000, "about": "C1", "kind": "comment", "version_seen": 1}
    answer = client_of("reviewer").post(ADD, typed)
    assert answer.status_code == 422
    assert "x" * 100_000 in answer.text
    assert "at most 10000 characters (it has 100000)" in answer.text


# Whether it still holds.


def test_a_stale_comment_shows_what_changed_and_asks_its_author(
    a_map: ArgumentMap, stale: Comment, client_of: ClientOf
) -> None:
    shown = {
        name: client_of(name).get(page("C1")).text for name in ("viewer", "editor", "reviewer")
    }
    for text in shown.values():
        assert "changed since" in text
        assert "<del> winter</del><ins> spring</ins>" in text
    asked = [name for name, text in shown.items() if "Does it still hold?" in text]
    assert asked == ["reviewer"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_one_that_still_holds_is_not_asked_about_again(
    headers: dict[str, str],
    a_map: ArgumentMap,
    analyst: User,
    stale: Comment,
    client_of: ClientOf,
) -> None:
    client = client_of("reviewer")
    seen = client.get(page("C1")).context["map"].version
    sent = client.post(at(stale, "confirm/"), {"version_seen": seen}, headers=headers)
    assert sent.status_code == (200 if headers else 303)
    text = client.get(page("C1")).text
    assert "changed since" not in text
    assert f"version {seen}" in text
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", note="Or never.")
    assert "Does it still hold?" in client.get(page("C1")).text


def test_a_change_after_the_page_was_opened_is_asked_about_still(
    a_map: ArgumentMap, analyst: User, stale: Comment, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    seen = client.get(page("C1")).context["map"].version
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", text="Close it at once.")
    client.post(at(stale, "confirm/"), {"version_seen": seen})
    text = client.get(page("C1")).text
    assert "Does it still hold?" in text
    assert "<del>" in text


def test_one_that_holds_no_more_is_resolved_there(
    a_map: ArgumentMap, stale: Comment, client_of: ClientOf
) -> None:
    text = client_of("reviewer").post(at(stale, "resolve/"), headers=HTMX).text
    assert "Resolved: comment by reviewer" in text
    assert "Does it still hold?" not in text


def test_what_was_changed_back_says_so(
    a_map: ArgumentMap, analyst: User, stale: Comment, client_of: ClientOf
) -> None:
    actions.edit_statement(
        actor=analyst, argument_map=a_map, key="C1", text="The harbour should close in winter."
    )
    text = client_of("reviewer").get(page("C1")).text
    assert "It was changed, and changed back" in text
    assert "Does it still hold?" in text


@pytest.mark.parametrize("way", ["about", "parent", "missing"])
def test_only_ones_own_first_comments_are_confirmed(
    way: str, a_map: ArgumentMap, analyst: User, thread: Comment, client_of: ClientOf
) -> None:
    answer = say(a_map, analyst, "So.", parent=thread.pk)
    sent = {"about": (thread.pk, 403), "parent": (answer.pk, 404), "missing": (10**9, 404)}
    number, status = sent[way]
    client = client_of("analyst")
    assert client.post(f"{ADD}{number}/confirm/", {"version_seen": 1}).status_code == status


def test_comments_on_excerpts_and_on_the_map_go_stale_with_them(
    a_map: ArgumentMap, analyst: User, reviewer: User, client_of: ClientOf
) -> None:
    say(a_map, reviewer, "How many?", about="X1")
    say(a_map, reviewer, "Who asks?")
    client = client_of("reviewer")
    assert "changed since" not in client.get(page("E1")).text + client.get(MAP).text
    actions.edit_statement(actor=analyst, argument_map=a_map, key="E1", text="Ice, on fifty days.")
    assert "changed since" not in client.get(page("E1")).text
    actions.edit_excerpt(
        actor=analyst,
        argument_map=a_map,
        key="X1",
        quotation="On fifty days no ship came in.",
        locator={"section": "Winter", "paragraph": 2, "sentence": 1},
    )
    actions.edit_map(actor=analyst, argument_map=a_map, issue="Should the port close in winter?")
    assert "on X1" in client.get(page("E1")).text
    assert "Does it still hold?" in client.get(page("E1")).text
    assert "<del> harbour</del><ins> port</ins>" in client.get(MAP).text


def test_threads_cost_two_queries_however_many_are_stale(
    a_map: ArgumentMap,
    analyst: User,
    reviewer: User,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of("reviewer")
    for number in (1, 9):
        for _ in range(number):
            say(a_map, reviewer, about="E1")
            first = say(a_map, reviewer, about="X1")
            say(a_map, analyst, "So.", parent=first.pk)
        actions.edit_statement(
            actor=analyst, argument_map=a_map, key="E1", text=f"Ice, on {number} days."
        )
        # session, user, map and role, statement; excerpts, its inferences, those around them,
        # premises; comments, and what changed in what they are about;
        # how many have rated it; the badge
        with django_assert_num_queries(12):
            text = client.get(page("E1")).text
        assert text.count("Does it still hold?") == (1 if number == 1 else 10)
