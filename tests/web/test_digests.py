"""Choosing digests, and ending them with the link of a mail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from argmap import actions
from argmap.core.kinds import Frequency
from argmap.mail import LINKS_LAST, STOP_SALT, stop_token
from argmap.models import ArgumentMap, Digest
from tests.cast import PASSWORD
from tests.web.conftest import ClientOf

CHOOSE = "/accounts/digest/"


def chosen(user: User) -> str | None:
    return Digest.objects.filter(user=user).values_list("how_often", flat=True).first()


def link_to_stop(user: User) -> str:
    return f"{CHOOSE}stop/{stop_token(user.pk)}/"


def test_it_is_off_until_someone_chooses_it(reviewer: User, client_of: ClientOf) -> None:
    client = client_of("reviewer")
    assert f'<a href="{CHOOSE}">E-mail</a>' in client.get("/").text
    page = client.get(CHOOSE).text
    assert re.search(r'value="off"[^>]*checked', page)
    assert "reviewer@example.org" in page
    assert chosen(reviewer) is None

    saved = client.post(CHOOSE, {"how_often": "daily"}, follow=True)
    assert saved.redirect_chain == [(CHOOSE, 303)]
    assert "on each day on which there is anything new" in saved.text
    assert re.search(r'value="daily"[^>]*checked', saved.text)
    assert chosen(reviewer) == Frequency.DAILY


@pytest.mark.parametrize("sent", [{}, {"how_often": "hourly"}])
def test_what_is_no_choice_is_refused_at_the_form(
    sent: dict[str, str], reviewer: User, client_of: ClientOf
) -> None:
    answer = client_of("reviewer").post(CHOOSE, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert chosen(reviewer) is None


def test_whoever_has_no_address_is_told_so(reviewer: User, client_of: ClientOf) -> None:
    User.objects.filter(pk=reviewer.pk).update(email="")
    assert "Your account has no e-mail address" in client_of("reviewer").get(CHOOSE).text


@pytest.mark.parametrize("address", ["not-an-address", "a@example.org\nBcc: all@example.org", "@x"])
def test_whoever_has_an_address_that_is_none_is_told_so(
    address: str, reviewer: User, client_of: ClientOf
) -> None:
    client = client_of("reviewer")
    assert "so no mail can reach you" not in client.get(CHOOSE).text
    User.objects.filter(pk=reviewer.pk).update(email=address)
    for page in (
        client.get(CHOOSE),
        client.post(CHOOSE, {}),
        client.post(CHOOSE, {"how_often": "daily"}, follow=True),
    ):
        assert "so no mail can reach you" in page.text
        assert "They go to" not in page.text


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, reviewer: User) -> None:
    there = client.get(CHOOSE).headers["Location"]
    assert there == f"/accounts/login/?next={CHOOSE}"
    assert f'<a href="{CHOOSE}">' not in client.get("/").text
    back = client.post(there, {"username": "reviewer", "password": PASSWORD, "next": CHOOSE})
    assert back.headers["Location"] == CHOOSE


def test_the_page_costs_four_queries(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of("reviewer")
    # session, person, choice; the badge
    with django_assert_num_queries(4):
        client.get(CHOOSE)


def test_the_link_asks_first_and_can_be_used_twice(reviewer: User, client: Client) -> None:
    actions.choose_digest(actor=reviewer, how_often="daily")
    link = link_to_stop(reviewer)
    page = client.get(link)
    assert page.status_code == 200
    assert page.text.count("<button") == page.text.count('<button type="submit">') + 1
    assert "Send me no more" in page.text
    assert chosen(reviewer) == Frequency.DAILY
    for _ in range(2):
        stopped = client.post(link)
        assert stopped.status_code == 200
        assert "sends no digests to" in stopped.text
        assert chosen(reviewer) == Frequency.OFF
    assert "Send me no more" not in client.get(link).text


def test_a_mail_program_ends_it_by_one_post(
    a_map: ArgumentMap,
    reviewer: User,
    analyst: User,
    mailoutbox: list[EmailMessage],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """As RFC 8058 has it: to the address in the header, without a cookie or a token."""
    actions.choose_digest(actor=analyst, how_often="at_once")
    on: dict[str, Any] = {"actor": reviewer, "argument_map": a_map}
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, kind="challenge", body="Why?")
    headers = mailoutbox[0].message()
    link = headers["List-Unsubscribe"].strip("<> ")
    body = headers["List-Unsubscribe-Post"]
    program = Client(enforce_csrf_checks=True)
    address = re.sub(r"^https?://[^/]+", "", link)
    answer = program.post(address, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert chosen(analyst) == Frequency.OFF
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(**on, kind="challenge", body="Why so?")
    assert len(mailoutbox) == 1


def test_a_link_is_good_for_its_person_whoever_is_signed_in(
    reviewer: User, viewer: User, client_of: ClientOf
) -> None:
    for each in (reviewer, viewer):
        actions.choose_digest(actor=each, how_often="daily")
    client_of("viewer").post(link_to_stop(reviewer))
    assert (chosen(reviewer), chosen(viewer)) == (Frequency.OFF, Frequency.DAILY)


def test_a_link_of_someone_who_never_chose_does_no_harm(reviewer: User, client: Client) -> None:
    assert client.post(link_to_stop(reviewer)).status_code == 200
    assert chosen(reviewer) is None


class LongAgo(signing.TimestampSigner):
    """Signs as it was done a minute before the oldest links that are still good."""

    def timestamp(self) -> str:
        now = signing.b62_decode(super().timestamp())
        return signing.b62_encode(now - int(LINKS_LAST.total_seconds()) - 60)


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize("state", ["expired", "altered", "cut", "of another kind", "nobody's"])
def test_a_link_that_is_no_good_says_so(
    state: str, verb: str, reviewer: User, client: Client
) -> None:
    actions.choose_digest(actor=reviewer, how_often="daily")
    good = stop_token(reviewer.pk)
    tokens = {
        "expired": LongAgo(salt=STOP_SALT).sign_object(reviewer.pk),
        "altered": f"{good[:-1]}{'a' if good[-1] != 'a' else 'b'}",
        "cut": good[: len(good) // 2],
        "of another kind": signing.dumps(reviewer.pk, salt="argmap.another"),
        "nobody's": signing.dumps(99_999_999, salt=STOP_SALT),
    }
    answer = getattr(client, verb)(f"{CHOOSE}stop/{tokens[state]}/")
    if state == "expired":
        assert (answer.status_code, "too old" in answer.text) == (410, True)
    else:
        assert (answer.status_code, "not one of ours" in answer.text) == (404, True)
    assert "Nothing was changed" in answer.text
    assert chosen(reviewer) == Frequency.DAILY


@pytest.mark.parametrize("payload", ["1", None, [1], {"user": 1}])
def test_a_link_that_holds_no_number_is_none_of_ours(payload: Any, client: Client) -> None:
    token = signing.dumps(payload, salt=STOP_SALT)
    assert client.get(f"{CHOOSE}stop/{token}/").status_code == 404
