"""`manage.py senddigests`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from pytest_django import Settings

from argmap import actions
from argmap.models import ArgumentMap


def run() -> tuple[str, str]:
    """Run the command; return what it said and what it complained of."""
    out, complaints = StringIO(), StringIO()
    call_command("senddigests", stdout=out, stderr=complaints)
    return out.getvalue(), complaints.getvalue()


@pytest.fixture
def news(a_map: ArgumentMap, analyst: User, editor: User, reviewer: User) -> None:
    """A challenge to two people who want to be told each day."""
    for each in (analyst, editor):
        actions.choose_digest(actor=each, how_often="daily")
    actions.add_comment(actor=reviewer, argument_map=a_map, kind="challenge", body="Why?")


def test_it_says_how_many_mails_it_sent(news: None, mailoutbox: list[EmailMessage]) -> None:
    assert run() == ("2 mails sent\n", "")
    assert len(mailoutbox) == 2
    assert run() == ("0 mails sent\n", "")


def test_it_fails_where_one_mail_was_refused(news: None, mailoutbox: list[EmailMessage]) -> None:
    User.objects.filter(username="editor").update(email="x@example.org\nBcc: y@example.org")
    complaints = StringIO()
    with pytest.raises(CommandError, match="1 mail refused"):
        call_command("senddigests", stdout=StringIO(), stderr=complaints)
    assert complaints.getvalue().startswith("editor: ")
    assert len(mailoutbox) == 1


def test_it_fails_where_no_mail_server_answers(news: None, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(CommandError, match=r"the mail server does not answer: .*refused"):
        run()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert run() == ("2 mails sent\n", "")


def test_it_fails_where_the_site_has_no_address(news: None, settings: Settings) -> None:
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL is not set"):
        run()
