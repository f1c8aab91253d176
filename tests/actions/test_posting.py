"""What becomes of digests at a mail server that does not take each of them, over a real connection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap
from tests.cast import person
from tests.mail_server import HANG_UP, MailServer, mail_server

EDITORS = [f"editor{number}" for number in range(1, 6)]


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """The mail server that the settings name."""
    with mail_server() as running:
        settings.SITE_URL = "https://maps.example"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.fixture(autouse=True)
def _news(a_map: ArgumentMap, analyst: User, reviewer: User) -> None:
    """A challenge to five people who want to be told each day."""
    for name in EDITORS:
        each = person(name)
        actions.set_member(actor=analyst, argument_map=a_map, user=each, role=Role.EDITOR)
        actions.choose_digest(actor=each, how_often="daily")
    actions.add_comment(actor=reviewer, argument_map=a_map, kind="challenge", body="Why?")


def address(name: str) -> str:
    return f"{name}@example.org"


@pytest.mark.parametrize("answer", ["550 no such box", "421 go away", "451 try later", HANG_UP])
def test_one_who_cannot_be_sent_a_mail_holds_up_nobody_and_is_tried_again(
    answer: str, server: MailServer
) -> None:
    server.answers = {address("editor1"): answer}
    for _ in range(2):
        sent = actions.send_digests()
        assert (set(sent.refused), sent.down) == ({"editor1"}, "")
        assert server.took == [address(name) for name in EDITORS[1:]]
    server.answers = {}
    assert actions.send_digests() == actions.Sent(mails=1)
    assert server.took[-1] == address("editor1")


def test_whoever_cannot_be_told_at_once_is_tried_once_for_each_time(
    server: MailServer,
    a_map: ArgumentMap,
    reviewer: User,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    for each in User.objects.filter(username__in=EDITORS):
        actions.choose_digest(actor=each, how_often="at_once")
    server.answers = {address("editor1"): HANG_UP}
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_comment(actor=reviewer, argument_map=a_map, kind="challenge", body="So?")
    assert server.took == [address(name) for name in EDITORS[1:]]
    assert len(caplog.messages) == 1


def test_all_go_over_one_connection_as_long_as_it_holds(server: MailServer) -> None:
    assert actions.send_digests().mails == 5
    assert server.calls == 1


def test_a_server_that_hangs_up_on_everyone_is_not_called_for_each(server: MailServer) -> None:
    server.answers = {address(name): HANG_UP for name in EDITORS}
    sent = actions.send_digests()
    assert sent.mails == 0
    assert "Connection unexpectedly closed" in sent.down
    assert server.calls == 3
    server.answers = {}
    assert actions.send_digests().mails == 5


def test_what_a_server_says_stays_on_one_line(
    server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers = {address("editor1"): "550-one\r\n550 two\x85three"}
    sent = actions.send_digests()
    assert [each.splitlines() for each in sent.refused.values()] == [[sent.refused["editor1"]]]
    assert all(len(line.splitlines()) == 1 for line in caplog.messages)


@pytest.mark.parametrize("bad", ["not-an-address", "x@example.org\nBcc: all@example.org", "@", " "])
def test_an_address_that_is_none_is_not_brought_before_the_mail_server(
    bad: str, server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    User.objects.filter(username="editor1").update(email=bad)
    sent = actions.send_digests()
    assert sent.refused == {"editor1": "the account has no valid e-mail address"}
    assert server.took == [address(name) for name in EDITORS[1:]]
    assert server.calls == 1
    assert all(bad.strip() not in line for line in caplog.messages if bad.strip())
    assert all(len(line.splitlines()) == 1 for line in caplog.messages)
