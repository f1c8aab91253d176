"""Several processes that tell the same people at the same moment, with real transactions."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from pytest_django import Settings

from argmap import actions
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Digest
from tests.actions.test_at_once import WRITERS, at_once
from tests.cast import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _where_the_site_is(settings: Settings) -> None:
    settings.SITE_URL = "https://maps.example"


def test_runs_at_the_same_moment_tell_each_person_once(
    a_map: ArgumentMap, analyst: User, reviewer: User, mailoutbox: list[EmailMessage]
) -> None:
    for number in range(8):
        each = person(f"editor{number}")
        actions.set_member(actor=analyst, argument_map=a_map, user=each, role=Role.EDITOR)
        actions.choose_digest(actor=each, how_often="daily")
    actions.add_comment(actor=reviewer, argument_map=a_map, kind="challenge", body="Why?")

    runs = at_once(lambda number: actions.send_digests())

    assert sum(run.mails for run in runs if isinstance(run, actions.Sent)) == 8
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox) == 8
    assert not Digest.objects.exclude(claim=None).exists()


def test_what_several_say_at_the_same_moment_is_told_once_each(
    a_map: ArgumentMap, analyst: User, reviewer: User, mailoutbox: list[EmailMessage]
) -> None:
    actions.choose_digest(actor=analyst, how_often="at_once")

    at_once(
        lambda number: actions.add_comment(
            actor=reviewer,
            argument_map=ArgumentMap.objects.get(pk=a_map.pk),
            kind="challenge",
            body=f"Challenge {number}.",
        )
    )
    # What fell between two of them is told by the next run.
    actions.send_digests()

    said = re.findall(r"> Challenge (\d)\.", "\n".join(str(mail.body) for mail in mailoutbox))
    assert sorted(said) == [str(number) for number in range(WRITERS)]
