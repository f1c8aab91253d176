"""What is told to others is counted together, however it is said: by the web or by the API."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from argmap import actions
from argmap.models import Answer, ArgumentMap, Comment, CriticalQuestion, Review, Round, Scheme
from tests.web.conftest import ClientOf

pytestmark = pytest.mark.usefixtures("two_a_minute")

HARBOUR = "/maps/harbour/"
API = f"/api/v1{HARBOUR}"
TEXT = "My long thoughts."


@pytest.fixture
def said(a_map: ArgumentMap, editor: User) -> Comment:
    """A comment of someone who edits the map."""
    return actions.add_comment(actor=editor, argument_map=a_map, body="Hm.")


@pytest.fixture
def asked(a_map: ArgumentMap) -> CriticalQuestion:
    """The question of the scheme that I1 has."""
    return CriticalQuestion.objects.create(
        scheme=Scheme.objects.get(slug="sign"), order=1, text="Is it?"
    )


Way = Callable[[Client, Comment, CriticalQuestion, ArgumentMap], Any]


def sends(address: str, **typed: str) -> Way:
    """Return what sends a form; names in braces are filled in."""

    def send(client: Client, said: Comment, asked: CriticalQuestion, on: ArgumentMap) -> Any:
        names = {
            "comment": said.pk,
            "question": asked.pk,
            "version": on.version,
            "reviewer": User.objects.get(username="reviewer").pk,
        }
        filled = {name: value.format(**names) for name, value in typed.items()}
        return client.post(f"{HARBOUR}{address.format(**names)}", filled)

    return send


def calls(verb: str, address: str, **body: Any) -> Way:
    """Return what calls the API."""

    def call(client: Client, said: Comment, asked: CriticalQuestion, on: ArgumentMap) -> Any:
        where = f"{API}{address.format(comment=said.pk)}"
        return getattr(client, verb)(where, body, content_type="application/json")

    return call


WEB: dict[str, Way] = {
    "comment": sends("comments/", kind="comment", body=TEXT, version_seen="{version}"),
    "rewording": sends("comments/{comment}/edit/", body=TEXT),
    "answer in the queue": sends(
        "review/threads/{comment}/", parent="{comment}", body=TEXT, version_seen="{version}"
    ),
    "round": sends("review/rounds/", reviewers="{reviewer}", message=TEXT, version="{version}"),
    "verdict": sends(
        "review/verdicts/", verdict="not_sound", summary=TEXT, version_seen="{version}"
    ),
    "answer": sends(
        "elements/I1/questions/{question}/", says="satisfied", why=TEXT, version_seen="{version}"
    ),
}

BY_API: dict[str, Way] = {
    "comment": calls("post", "comments/", body=TEXT),
    "rewording": calls("patch", "comments/{comment}/", body=TEXT),
    "round": calls("post", "rounds/", reviewers=["reviewer"]),
    "verdict": calls("post", "reviews/", verdict="sound"),
    "answer": calls("post", "answers/", about="I1", question=1, says="satisfied"),
}


def counted() -> list[Any]:
    """Return all that could have been told."""
    bodies = Comment.objects.order_by("pk").values_list("body", flat=True)
    return [*bodies, *(each.objects.count() for each in (Round, Review, Answer))]


@pytest.mark.parametrize("way", WEB)
def test_what_is_one_too_many_on_the_web_comes_back_as_it_was_typed(
    way: str, a_map: ArgumentMap, said: Comment, asked: CriticalQuestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    for name in ("comment", "rewording"):
        assert BY_API[name](client, said, asked, a_map).status_code in {200, 201}
    before = counted()
    a_map.refresh_from_db()
    answer: HttpResponse = WEB[way](client, said, asked, a_map)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert re.search(r"Too many comments[a-z ]* in a short time\. Wait", answer.text)
    assert TEXT in answer.text
    assert counted() == before


@pytest.mark.parametrize("way", BY_API)
def test_what_is_one_too_many_by_the_api_is_told_with_when_to_try_again(
    way: str, a_map: ArgumentMap, said: Comment, asked: CriticalQuestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    for name in ("verdict", "answer"):
        answer = WEB[name](client, said, asked, a_map)
        assert answer.status_code == 303
    before = counted()
    answer = BY_API[way](client, said, asked, a_map)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert re.match(r"Too many comments[a-z ]* in a short time\.", answer.json()["detail"])
    assert counted() == before


def test_settling_and_reading_are_not_counted(
    a_map: ArgumentMap, said: Comment, asked: CriticalQuestion, client_of: ClientOf
) -> None:
    client = client_of("editor")
    for state in ("resolved", "open") * 3:
        answer = calls("patch", "comments/{comment}/", state=state)(client, said, asked, a_map)
        assert answer.status_code == 200
    assert WEB["comment"](client, said, asked, a_map).status_code == 303
