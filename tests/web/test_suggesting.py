"""Suggesting a change, as a browser without scripts does it and as a page that is open does."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from argmap import actions
from argmap.models import ArgumentMap, Comment, Inference, Statement, Suggestion
from tests.cast import PASSWORD
from tests.web.conftest import ClientOf

MAP = "/maps/harbour/"
HTMX = {"HX-Request": "true"}
SAID = "The harbour should close from December to March."


def at(key: str, what: str, query: str = "") -> str:
    return f"{MAP}elements/{key}/suggest/{what}/{query}"


def shown(client: Client, address: str) -> dict[str, Any]:
    """Return what the form at an address holds, as a browser would send it."""
    form = client.get(address).context["form"]
    return {field.html_name: field.value() or "" for field in form}


def suggest(client: Client, address: str, **typed: Any) -> Any:
    """Open the form, fill in what is typed, and send it."""
    return client.post(address, {**shown(client, address), **typed})


@pytest.mark.parametrize(
    ("what", "typed", "after"),
    [
        ("wording", {"text": SAID}, {"text": SAID}),
        ("wording", {"title": "Close it"}, {"title": "Close it"}),
        ("kind", {"kind": "counterargument"}, {"kind": "counterargument"}),
        ("grade", {"credibility": "2"}, {"credibility": "2"}),
        (
            "likelihood",
            {"likelihood": "likely", "confidence": "low"},
            {"likelihood": "likely", "confidence": "low"},
        ),
    ],
)
def test_what_differs_is_suggested_and_nothing_changes(
    what: str,
    typed: dict[str, str],
    after: dict[str, str],
    a_map: ArgumentMap,
    client_of: ClientOf,
) -> None:
    version = a_map.version
    client = client_of("reviewer")

    response = suggest(client, at("C1", what), **typed, body="As *ice* goes.", flag="unclear")

    made = Suggestion.objects.select_related("comment").get()
    assert (made.does, made.proposal["on"], made.proposal["after"]) == ("edit", "C1", after)
    assert (made.comment.body, made.comment.flag) == ("As *ice* goes.", "unclear")
    assert (made.comment.author_name, made.comment.version_seen) == ("reviewer", version)
    assert response.status_code == 303
    assert response.headers["Location"] == f"{MAP}elements/C1/#comment-{made.comment_id}"
    page = client.get(response.headers["Location"]).text
    assert "Suggested, for whoever edits C1 to decide." in page
    a_map.refresh_from_db()
    assert a_map.version == version


@pytest.mark.parametrize(
    ("key", "what", "does", "kind"),
    [
        ("C1", "support", "support", "claim"),
        ("C1", "attack", "attack", "counterargument"),
        ("I1", "attack", "attack", "counterargument"),
        ("I1", "support", "support", "claim"),
    ],
)
def test_a_new_statement_is_suggested(
    key: str, what: str, does: str, kind: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    suggest(client_of("reviewer"), at(key, what), text="Tugs are dear.", warrant="Ice needs them.")

    made = Suggestion.objects.get()
    assert (made.does, made.proposal["on"]) == (does, key)
    assert made.proposal["after"] == {
        "text": "Tugs are dear.",
        "kind": kind,
        "warrant": "Ice needs them.",
    }
    assert Statement.objects.count() == 4


def test_what_is_left_open_is_suggested_to_be_open(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    actions.edit_statement(actor=analyst, argument_map=a_map, key="C1", likelihood="likely")

    suggest(client_of("reviewer"), at("C1", "likelihood"), likelihood="")

    proposal = Suggestion.objects.get().proposal
    assert (proposal["before"], proposal["after"]) == (
        {"likelihood": "likely"},
        {"likelihood": None},
    )


def test_the_menu_is_for_those_who_review_and_do_not_edit(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    pages = {
        name: {key: client_of(name).get(f"{MAP}elements/{key}/").text for key in ("C1", "I1")}
        for name in ("viewer", "reviewer", "editor")
    }
    assert [name for name, found in pages.items() if "suggest-menu" in found["C1"]] == ["reviewer"]
    assert pages["reviewer"]["C1"].count("data-tool") == 6
    assert pages["reviewer"]["I1"].count("data-tool") == 2
    assert f'href="{at("I1", "attack")}"' in pages["reviewer"]["I1"]
    actions.archive_map(actor=analyst, argument_map=a_map)
    assert "suggest-menu" not in client_of("reviewer").get(f"{MAP}elements/C1/").text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", (302, 302)),
        ("outsider", (404, 404)),
        ("viewer", (403, 403)),
        ("reviewer", (200, 303)),
        ("editor", (200, 303)),
        ("analyst", (200, 303)),
        ("admin", (200, 303)),
    ],
)
def test_who_may_suggest(
    name: str, status: tuple[int, int], a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client, address = client_of(name), at("C1", "wording")
    sent = {"seen": a_map.version, "text": SAID, "title": ""}
    asked = client.get(address).status_code, client.post(address, sent).status_code
    assert asked == status
    assert Suggestion.objects.exists() == (status[1] == 303)


@pytest.mark.parametrize("address", [at("I1", "wording"), at("C9", "kind"), at("S1", "support")])
def test_what_does_not_fit_is_not_found(
    address: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    assert client.get(address).status_code == 404
    assert client.post(address, {"seen": 1, "text": SAID}).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text": "  "}, "This field is required."),
        ({"text": "w" * 10_001}, "at most 10000 characters"),
        ({"title": "t" * 121}, "at most 120 characters"),
        ({}, "That is what C1 says already."),
        ({"text": SAID, "seen": 99}, "The map never had this version."),
        ({"text": SAID, "flag": "dull"}, "Select a valid choice."),
        ({"text": SAID, "body": "bad \x01"}, "U+0001"),
    ],
)
def test_what_is_refused_stays_in_its_form(
    typed: dict[str, Any],
    message: str,
    headers: dict[str, str],
    a_map: ArgumentMap,
    client_of: ClientOf,
) -> None:
    client, address = client_of("reviewer"), at("C1", "wording")
    held = {**shown(client, address), "body": "My long thoughts.", **typed}

    response = client.post(address, held, headers=headers)

    assert response.status_code == 422
    assert ("<html" in response.text) is not bool(headers)
    assert message in response.text
    assert held["body"].strip("\x01 ") in response.text
    assert f'value="{held["nonce"]}"' in response.text
    assert not Suggestion.objects.exists()


def test_the_same_form_sent_twice_makes_one_suggestion(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client, address = client_of("reviewer"), at("C1", "wording")
    held = {**shown(client, address), "text": SAID}

    first, twice = (client.post(address, held) for _ in range(2))

    assert first.headers["Location"] == twice.headers["Location"]
    assert Suggestion.objects.count() == 1
    suggest(client, address, text=SAID)
    assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    ("key", "what"), [("K1", "wording"), ("K1", "attack"), ("I2", "attack"), ("K1", "likelihood")]
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_is_suggested_of_what_vanished_is_kept_on_the_map(
    key: str,
    what: str,
    headers: dict[str, str],
    a_map: ArgumentMap,
    analyst: User,
    client_of: ClientOf,
) -> None:
    client, address = client_of("reviewer"), at(key, what)
    held = {**shown(client, address), "text": "Tugs are dear.", "likelihood": "likely"}
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")

    response = client.post(address, held, headers=headers)

    comment = Comment.objects.get()
    assert (comment.about, comment.lost_target) == ("", key)
    if headers:
        assert response.headers["HX-Refresh"] == "true"
    else:
        assert response.headers["Location"] == f"{MAP}#comment-{comment.pk}"
    page = client.get(MAP).text
    assert f"{key} was deleted meanwhile: your suggestion is kept here, on the map." in page
    assert f'id="comment-{comment.pk}"' in page


def test_a_form_of_what_vanished_that_is_refused_says_so_and_keeps_its_text(
    a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    client, address = client_of("reviewer"), at("K1", "wording")
    held = {**shown(client, address), "title": "t" * 121, "body": "Since *tugs* are dear."}
    actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")

    page = client.post(address, held).text

    assert "K1 was deleted meanwhile. What you suggest is kept all the same" in page
    assert "Since *tugs* are dear." in page


@pytest.mark.parametrize("meanwhile", ["nothing", "it vanishes"])
def test_what_was_typed_survives_signing_in_again(
    meanwhile: str, a_map: ArgumentMap, analyst: User, client_of: ClientOf
) -> None:
    address = at("K1", "wording", "?fold=C1")
    held = {**shown(client_of("reviewer"), address), "text": "Tugs are dear."}
    client = Client()
    response = client.post(address, held)
    assert response.headers["Location"].startswith("/accounts/login/")
    if meanwhile == "it vanishes":
        actions.delete_statement(actor=analyst, argument_map=a_map, key="K1")

    signed = client.post(
        response.headers["Location"], {"username": "reviewer", "password": PASSWORD}
    )
    page = client.get(signed.headers["Location"])

    assert "You are signed in again" in page.text
    assert "Tugs are dear." in page.text
    assert page.context["form"]["nonce"].value() == held["nonce"]
    client.post(address, {field.html_name: field.value() or "" for field in page.context["form"]})
    assert Suggestion.objects.get().proposal["after"] == {"text": "Tugs are dear."}


def test_a_page_that_is_open_gets_the_panel_with_the_thread(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client, address = client_of("reviewer"), at("I1", "attack")
    form = client.get(address, headers=HTMX)
    assert form.text.startswith("<form")
    assert "E1 and E2 together support C1" in form.text
    held = {**shown(client, address), "text": "Tugs are dear."}

    response = client.post(
        address, held, headers={**HTMX, "HX-Current-URL": f"http://testserver{MAP}?select=I1"}
    )

    assert (response.status_code, response.headers["HX-Retarget"]) == (200, "#panel")
    assert f'id="comment-{Comment.objects.get().pk}"' in response.text
    assert 'id="canvas"' in response.text
    assert Inference.objects.count() == 2


def test_any_other_page_is_sent_to_the_thread(a_map: ArgumentMap, client_of: ClientOf) -> None:
    client, address = client_of("reviewer"), at("C1", "wording")
    held = {**shown(client, address), "text": SAID}
    elsewhere = {**HTMX, "HX-Current-URL": f"http://testserver{address}"}

    response = client.post(address, held, headers=elsewhere)

    number = Comment.objects.get().pk
    assert response.headers["HX-Redirect"] == f"{MAP}elements/C1/#comment-{number}"
    # Where the page is that one already, another fragment would load nothing.
    there = {**HTMX, "HX-Current-URL": f"http://testserver{MAP}elements/C1/#comment-1"}
    again = client.post(address, {**held, "text": f"{SAID} So it is."}, headers=there)
    assert again.headers["HX-Refresh"] == "true"


@pytest.mark.django_db(transaction=True)
def test_what_a_suggestion_costs(
    a_map: ArgumentMap,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, address = client_of("reviewer"), at("C1", "wording")
    held = {**shown(client, address), "text": SAID}
    # session, user, map and role, statement; begin, map, role, the nonce, whether it had the
    # element, what that said, the statement, the comment, the suggestion, the map's counters, the
    # change, what it changed, commit; who is told at once
    with django_assert_num_queries(18):
        client.post(address, held)


@pytest.mark.usefixtures("two_a_minute")
def test_a_flood_of_suggestions_is_stopped_with_its_text_kept(
    a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client, address = client_of("reviewer"), at("C1", "wording")
    for text in ("One.", "Two."):
        assert client.post(address, {**shown(client, address), "text": text}).status_code == 303
    stopped = client.post(address, {**shown(client, address), "text": "My long thoughts."})
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) > 0
    assert "Too many comments in a short time. Wait" in stopped.text
    assert "My long thoughts." in stopped.text
    assert Suggestion.objects.count() == 2
