"""Digests as e-mail: plain text, and a link that ends them without signing in.

What people wrote is quoted line by line, so that nothing of it can be taken for what the mail itself
says; titles and names are put on one line each, in the headers above all. Of a map that is marked
TLP:RED nothing is quoted: a mail lies on servers that nobody here knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.template.defaultfilters import pluralize
from django.urls import reverse

from argmap.core.kinds import Frequency, Marking
from argmap.models import ArgumentMap, Digest
from argmap.review import Concern

STOP_SALT = "argmap.digest.stop"

LINKS_LAST = timedelta(days=180)
"""How long the link of a mail ends digests: people unsubscribe from what they find months later."""

SUBJECT_LIMIT = 150
"""Longest subject, in code points: mail programs show half of it."""

QUOTED = 600
"""Most of a text that is quoted, in code points: enough to know whether to go and look."""

TOLD_EACH = 20
"""Most things that are told of one map under one heading; the others are counted."""


class SiteUnknown(Exception):
    """The settings do not say where the site is to be reached, which links need."""

    def __init__(self) -> None:
        super().__init__("SITE_URL is not set: say where the site is to be reached")


def mail_for(
    digest: Digest, news: Sequence[Concern], connection: BaseEmailBackend | None = None
) -> EmailMessage:
    """Return the mail that tells the person of `digest` what is news to them, grouped by map.

    The user must have been fetched with the digest. It asks the database for nothing. Raises
    SiteUnknown.
    """
    stop = _absolute(reverse("digest-stop", args=[stop_token(digest.user_id)]))
    return EmailMessage(
        subject=_subject(news),
        body="\n".join([*_maps(news), *_foot(digest, stop)]),
        to=[digest.user.email],
        headers={
            # RFC 8058: mail programs end digests with one POST, for which nobody signs in.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834: out-of-office programs leave it unanswered.
            "Auto-Submitted": "auto-generated",
        },
        connection=connection,
    )


def is_address(text: str) -> bool:
    """Tell whether a text can be an e-mail address: accounts that programs make may hold any."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def stop_token(user: int) -> str:
    """Return what a link carries that ends someone's digests: signed, and with its time."""
    return signing.dumps(user, salt=STOP_SALT)


def user_of_stop_token(token: str) -> int:
    """Return whose digests a link ends.

    Raises signing.SignatureExpired where it is older than LINKS_LAST, signing.BadSignature where
    it is none of ours.
    """
    user = signing.loads(token, salt=STOP_SALT, max_age=LINKS_LAST)
    if not isinstance(user, int):
        raise signing.BadSignature
    return user


def _absolute(path: str) -> str:
    if not settings.SITE_URL:
        raise SiteUnknown
    return f"{settings.SITE_URL}{path}"


def _subject(news: Sequence[Concern]) -> str:
    maps = list(dict.fromkeys(each.map for each in news))
    where = on_one_line(maps[0].title) if len(maps) == 1 else f"{len(maps)} maps"
    return _shortened(f"argmap: {len(news)} new on {where}", SUBJECT_LIMIT)


def _maps(news: Sequence[Concern]) -> Iterator[str]:
    """Yield the lines about each map, by title."""
    for argument_map, about in groupby(sorted(news, key=_title), key=lambda each: each.map):
        yield f"{on_one_line(argument_map.title)} ({argument_map.marking})"
        yield _absolute(argument_map.get_absolute_url())
        yield ""
        yield from _topics(argument_map, list(about))
        yield ""


def _title(concern: Concern) -> tuple[str, int]:
    return concern.map.title, concern.map.pk


def _topics(argument_map: ArgumentMap, news: Sequence[Concern]) -> Iterator[str]:
    quotes = argument_map.marking != Marking.RED
    for topic, about in groupby(news, key=lambda each: each.topic):
        concerns = list(about)
        yield f"{topic.value}:"
        yield ""
        for concern in concerns[:TOLD_EACH]:
            yield from _lines(concern, quotes=quotes)
        if len(concerns) > TOLD_EACH:
            yield f"* and {len(concerns) - TOLD_EACH} more"
            yield ""


def _lines(concern: Concern, *, quotes: bool) -> Iterator[str]:
    yield f"* {_shortened(on_one_line(concern.line), QUOTED)}"
    if concern.said and quotes:
        yield from (f"  > {line}" for line in _shortened(concern.said, QUOTED).splitlines())
    yield f"  {_absolute(concern.path)}"
    yield ""


def _foot(digest: Digest, stop: str) -> Iterable[str]:
    how_often = "once a day" if digest.how_often == Frequency.DAILY else "at once"
    return (
        # What mail programs take for the start of a signature.
        "-- ",
        f"You, {on_one_line(digest.user.get_username())}, chose to be told this {how_often}.",
        f"Choose otherwise: {_absolute(reverse('digest'))}",
        f"No more of these mails, without signing in: {stop}",
        "",
    )


def on_one_line(text: str) -> str:
    """Return a text without line breaks or control characters, which a header may not hold."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: "1 mail", "2 mails"."""
    return f"{number} {noun}{pluralize(number)}"
