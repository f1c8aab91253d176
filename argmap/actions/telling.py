"""Sending digests: to those whose day it is, and to those who want to be told at once.

A person is told what is news to them, and then it is noted how far that went, before anyone else
is told: what was sent before a run failed is not sent again, and what was not is sent by the next
run. The one thing that is told twice is what a process sent right before it died.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from argmap.actions.aside import aside, is_ending
from argmap.actions.posting import Post
from argmap.core.kinds import Frequency
from argmap.mail import is_address, mail_for, on_one_line
from argmap.models import ArgumentMap, ChangeItem, Comment, Digest, Membership, Told
from argmap.review import TELLING, Concern, marks_after, news_for

logger = logging.getLogger(__name__)

BATCH = 50
"""People who are looked at together: the last waits for the mails of the others."""

CLAIM_LASTS = timedelta(hours=1)
"""How long a digest is left alone that someone began to send: far longer than a batch can take,
since a server that lets one wait longer than EMAIL_TIMEOUT ends the run."""

LOOK_BACK = timedelta(hours=1)
"""How long before its run a change may have begun that the run did not see: longer than any takes."""

SERVER_DOWN = "digest-mail-server-down"
SPARED_FOR = 5 * 60
"""Seconds in which what is said to people calls no mail server again that did not answer."""

NO_ADDRESS = "the account has no valid e-mail address"


@dataclass
class Sent:
    """What became of a run: mails that were sent, and the people whose mails were not, with why.

    `down` says why the run was ended, "" where it came to its end.
    """

    mails: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    down: str = ""


def send_digests() -> Sent:
    """Tell everyone whose turn it is; each person's news is looked for once a day.

    Those who are told at once are asked after as often as this runs, for what could not be sent
    then. The queries of a batch do not grow with its people, but for three for each mail. Raises
    mail.SiteUnknown.
    """
    today = timezone.localdate()
    on = _on()
    due = _numbers(on.exclude(looked_on=today))
    missed = _numbers(on.filter(how_often=Frequency.AT_ONCE, looked_on=today))
    sent = Sent()
    with Post() as post:
        telling = _Telling(sent, post)
        for batch in _batches(due):
            telling.tell(batch)
        for batch in _batches(missed):
            telling.tell(batch, whole=False)
    return sent


def tell_at_once(map_id: int) -> None:
    """Tell those who want to be told at once what was said on a map, and keep nobody waiting.

    It is called after a commit, in the request, of which it takes one query: the mails are sent by
    a thread beside it. A mail server that does not answer is spared for some minutes. Whatever is
    not sent, `send_digests` finds in the database and sends.
    """
    if cache.get(SERVER_DOWN):
        return
    members = Membership.objects.filter(map=map_id).values("user")
    writers = Comment.objects.filter(map=map_id, author__isnull=False).values("author")
    concerned = Q(user__in=members) | Q(user__in=writers)
    digests = _numbers(_on().filter(concerned, how_often=Frequency.AT_ONCE))
    if not digests:
        return
    piece = partial(_tell_at_once, map_id, digests)
    if settings.MAIL_ASIDE:
        aside.leave(piece)
    else:
        piece()


def _tell_at_once(map_id: int, digests: Sequence[int]) -> None:
    argument_map = ArgumentMap.objects.filter(pk=map_id).first()
    # It may have been found out meanwhile that the server does not answer.
    if argument_map is None or cache.get(SERVER_DOWN):
        return
    sent = Sent()
    with Post() as post:
        for batch in _batches(digests):
            _Telling(sent, post).tell_until_silent(batch, argument_map)
    if sent.down:
        cache.set(SERVER_DOWN, sent.down, SPARED_FOR)


def is_told(verb: str, items: Iterable[ChangeItem]) -> bool:
    """Tell whether a change says something to someone, which may be sent at once."""
    return any((verb, item.type) in TELLING for item in items)


class _Telling:
    """Telling people, batch by batch: the mail server, and what became of what was given to it."""

    def __init__(self, sent: Sent, post: Post) -> None:
        self.sent = sent
        self.post = post

    def tell(
        self,
        batch: Sequence[int],
        argument_map: ArgumentMap | None = None,
        *,
        whole: bool = True,
    ) -> None:
        """Tell the people of some digests what is news to them; all of it where it is the `whole`.

        Where the server does not answer, that is the end of it: nobody is asked after any more.
        """
        if self.sent.down:
            return
        began = timezone.now()
        claim = uuid4()
        claimed = _claim(batch, claim)
        try:
            news = news_for(claimed, argument_map, stale=whole)
            done = [each.pk for each in claimed if self._dealt_with(each, news.get(each.pk, []))]
            if whole:
                Digest.objects.filter(pk__in=done, claim=claim).update(
                    since=Greatest(F("since"), began - LOOK_BACK), looked_on=timezone.localdate()
                )
        finally:
            Digest.objects.filter(claim=claim).update(claim=None, claimed_at=None)

    def tell_until_silent(self, batch: Sequence[int], argument_map: ArgumentMap) -> None:
        """Tell people what is said on a map, and what is said meanwhile by others.

        They left it to us, whose claim they met.
        """
        before = -1
        while self.sent.mails > before:
            before = self.sent.mails
            self.tell(batch, argument_map, whole=False)

    def _dealt_with(self, digest: Digest, news: Sequence[Concern]) -> bool:
        """Send someone their news, if there are any; tell whether that need not be tried again."""
        if not news:
            return True
        if self._is_over_for(digest) or not _still_wanted(digest):
            return False
        problem = self._send(digest, news)
        if self.sent.down:
            logger.warning("The mail server does not answer: %s", self.sent.down)
        elif problem:
            self.sent.refused[_name(digest)] = problem
            logger.warning("The digest of %s was not sent: %s", _name(digest), problem)
        else:
            _note(digest, news)
            self.sent.mails += 1
        return not problem

    def _is_over_for(self, digest: Digest) -> bool:
        """Tell whether someone is sent nothing any more in this run.

        A mail that was not taken is tried once in it, above all where that took its time.
        """
        return bool(self.sent.down) or is_ending() or _name(digest) in self.sent.refused

    def _send(self, digest: Digest, news: Sequence[Concern]) -> str:
        """Send someone their news; return why they were not sent, or ""."""
        if not is_address(digest.user.email):
            # No mail server is asked what a look tells, and the text is left out of the log.
            return NO_ADDRESS
        problem = self.post.send(mail_for(digest, news, self.post.connection))
        self.sent.down = self.post.down
        return problem


def _name(digest: Digest) -> str:
    return on_one_line(digest.user.get_username())


def _on() -> QuerySet[Digest]:
    """Return the digests of people who can be told and want to be."""
    on = Digest.objects.exclude(how_often=Frequency.OFF).filter(user__is_active=True)
    return on.exclude(user__email="")


def _numbers(digests: QuerySet[Digest]) -> list[int]:
    """Return numbers of digests; those that were looked at together before stand together."""
    return list(digests.order_by("since", "pk").values_list("pk", flat=True))


def _batches(numbers: Sequence[int]) -> Iterable[Sequence[int]]:
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))


def _claim(numbers: Sequence[int], claim: UUID) -> list[Digest]:
    """Take digests, but those that another process has taken, and return them with their users."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_LASTS)
    Digest.objects.filter(free, pk__in=numbers).update(claim=claim, claimed_at=now)
    return list(_on().filter(claim=claim).select_related("user"))


def _still_wanted(digest: Digest) -> bool:
    """Tell whether a digest that was claimed is still ours to send, and its person wants it."""
    return _on().filter(pk=digest.pk, claim=digest.claim).exists()


def _note(digest: Digest, news: Sequence[Concern]) -> None:
    """Note how far someone was told; nobody is set back."""
    reached = dict(marks_after(news))
    rows = Told.objects.filter(digest=digest, map__in=reached)
    before = {map_: (talk, stale) for map_, talk, stale in rows.values_list("map", "talk", "stale")}
    Told.objects.bulk_create(
        (
            Told(
                digest=digest,
                map_id=map_,
                talk=max(mark.talk, before.get(map_, (0, 0))[0]),
                stale=max(mark.stale, before.get(map_, (0, 0))[1]),
            )
            for map_, mark in reached.items()
        ),
        update_conflicts=True,
        unique_fields=["digest", "map"],
        update_fields=["talk", "stale"],
    )
