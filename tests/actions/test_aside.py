"""Mails at once keep nobody waiting, and none is lost: with real threads and transactions."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as KeepMail
from pytest_django import Settings

from argmap import actions
from argmap.actions import aside as module
from argmap.actions.aside import NAME, Aside
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Digest
from tests.cast import person

PATIENCE = 20
"""Seconds after which a test that waits for another thread fails; none of them waits for long."""

PEOPLE = 5


class Slow(KeepMail):
    """A mail server that answers when it is let."""

    may = threading.Event()
    asked = threading.Event()

    def send_messages(self, messages: Any) -> int:
        Slow.asked.set()
        assert Slow.may.wait(PATIENCE)
        return super().send_messages(messages)


@pytest.fixture
def slow(settings: Settings) -> Iterator[type[Slow]]:
    settings.SITE_URL = "https://maps.example"
    settings.EMAIL_BACKEND = f"{__name__}.Slow"
    settings.MAIL_ASIDE = True
    Slow.may.clear()
    Slow.asked.clear()
    yield Slow
    Slow.may.set()
    settled()


def settled() -> None:
    """Wait until nothing is left to do."""
    for thread in threading.enumerate():
        if thread.name == NAME:
            thread.join(PATIENCE)
            assert not thread.is_alive()


@pytest.fixture
def challenge(a_map: ArgumentMap, analyst: User, reviewer: User) -> Callable[[str], object]:
    """Say something that five people want to be told at once."""
    for number in range(PEOPLE):
        each = person(f"editor{number}")
        actions.set_member(actor=analyst, argument_map=a_map, user=each, role=Role.EDITOR)
        actions.choose_digest(actor=each, how_often="at_once")
    say = partial(actions.add_comment, actor=reviewer, argument_map=a_map, kind="challenge")
    return lambda body: say(body=body)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_the_mail_server(
    challenge: Callable[[str], object], slow: type[Slow], mailoutbox: list[EmailMessage]
) -> None:
    # With the mails sent in here this would never come back.
    challenge("Why?")
    assert slow.asked.wait(PATIENCE)
    challenge("Why so?")
    assert mailoutbox == []
    slow.may.set()
    settled()
    told = [mail for mail in mailoutbox if "> Why?" in mail.body]
    assert len(told) == len({mail.to[0] for mail in told}) == PEOPLE
    # Whoever was asked after before it was said is told of it in a second mail.
    assert sum("> Why so?" in mail.body for mail in mailoutbox) == PEOPLE
    assert actions.send_digests().mails == 0
    assert not Digest.objects.exclude(claim=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_ends_finishes_its_mail_and_leaves_the_rest_to_the_next_run(
    challenge: Callable[[str], object],
    slow: type[Slow],
    mailoutbox: list[EmailMessage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    challenge("Why?")
    assert slow.asked.wait(PATIENCE)
    for name in ("argmap.actions.aside", "argmap.actions.telling"):
        monkeypatch.setattr(f"{name}.is_ending", lambda: True)
    slow.may.set()
    settled()
    assert len(mailoutbox) == 1
    monkeypatch.undo()
    assert actions.send_digests().mails == PEOPLE - 1
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == PEOPLE


def test_one_piece_that_fails_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    work = Aside()
    work.leave(partial(int, "no number"))
    work.leave(partial(done.append, "next"))
    settled()
    assert done == ["next"]
    assert "no number" in caplog.text


def test_what_waits_when_the_process_ends_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "is_ending", lambda: True)
    done: list[str] = []
    Aside().leave(partial(done.append, "late"))
    settled()
    assert done == []
