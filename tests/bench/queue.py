"""How long the inbox takes for an analyst with fifty open threads, and for one with five thousand.

Both are on a site of their own with as many maps. Some threads are the analyst's own, some are
answered, some call the analyst by name, some are suggestions and some are stale.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from argmap.core.kinds import CommentKind, Flag, Proposed
from argmap.models import ArgumentMap, Comment, Mention, Suggestion
from tests.bench.clock import Took, shortest, took
from tests.bench.crowd import BATCH, Shape, add_map, analyst
from tests.bench.desk import database

MAPS = 100
FEW, MANY = 50, 5_000
RUNS = 15
SHAPE = Shape(statements=40, inferences=50, sources=2, comments=0, changes=60)
ADDRESSES = {
    "inbox": "/inbox/",
    "inbox, questions": "/inbox/?section=answer",
    "inbox, unresolved": "/inbox/?section=unresolved",
    "inbox, unresolved, page 2": "/inbox/?section=unresolved&page=2",
    "inbox, of one map": "/inbox/?map=harbour-1",
    "badge": "/inbox/count/",
    "review of one map": "/maps/harbour-1/review/",
    "API, inbox": "/api/v1/inbox/",
    "API, unresolved": "/api/v1/inbox/unresolved/",
    "API, stale": "/api/v1/inbox/stale/",
    "API, mentions": "/api/v1/mentions/",
}


class Desk:
    """A site with so many open threads in a database of its own, and an analyst at a browser."""

    def __init__(self, threads: int) -> None:
        self.wrapper = database(f"queue_{threads}")
        self.sit_down()
        call_command("migrate", verbosity=0)
        self.client = Client()
        self.client.force_login(self._fill(threads))

    def sit_down(self) -> None:
        """Let all queries go to this site's database."""
        connections["default"] = self.wrapper

    def get(self, address: str) -> None:
        """Ask for a page, which must come."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    def _fill(self, threads: int) -> User:
        owner = analyst()
        reviewer = User.objects.create_user("reviewer")
        for number in range(1, MAPS + 1):
            add_map(owner, number, SHAPE)
        _talk(owner, reviewer, threads)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        return owner


def _talk(owner: User, reviewer: User, number: int) -> None:
    """Spread open threads over all maps: one in ten is the owner's, one in three is answered."""
    chance = Random(number)  # noqa: S311 - threads, not secrets
    maps = list(ArgumentMap.objects.order_by("pk").prefetch_related("statements"))
    first = []
    for place in range(number):
        found = maps[place % len(maps)]
        statement = chance.choice(list(found.statements.all()))
        author = owner if place % 10 == 0 else reviewer
        first.append(
            Comment(
                map=found,
                statement=statement,
                author=author,
                author_name=author.get_username(),
                kind=chance.choice(list(CommentKind)),
                flag=chance.choice(["", *Flag]),
                body="How do we *know*? Ask @bench.",
                version_seen=chance.randint(1, found.version),
            )
        )
    Comment.objects.bulk_create(first, batch_size=BATCH)
    Comment.objects.bulk_create(
        [
            Comment(
                map=each.map,
                parent=each,
                statement=each.statement,
                author=chance.choice([owner, reviewer]),
                author_name="reviewer",
                body="So it says.",
            )
            for each in first[::3]
        ],
        batch_size=BATCH,
    )
    Mention.objects.bulk_create(
        [Mention(comment=each, user=owner) for each in first[1::20]], batch_size=BATCH
    )
    suggested = [each for each in first if each.kind == CommentKind.SUGGESTION]
    Suggestion.objects.bulk_create(
        [
            Suggestion(comment=each, does=Proposed.EDIT, proposal=_proposal(each))
            for each in suggested
        ],
        batch_size=BATCH,
    )


def _proposal(comment: Comment) -> dict[str, Any]:
    before = comment.statement.text if comment.statement else ""
    return {
        "does": "edit",
        "on": comment.about,
        "before": {"text": before},
        "after": {"text": f"{before} At times."},
    }


def measure() -> dict[str, Any]:
    """Return what each page takes, by its name and the number of open threads."""
    desks = {threads: Desk(threads) for threads in (FEW, MANY)}
    pages = {name: _measured(desks, address) for name, address in ADDRESSES.items()}
    return {"engine": connection.vendor, "threads": MANY, "few": FEW, "pages": pages}


def _measured(desks: dict[int, Desk], address: str) -> dict[str, Any]:
    """Ask both sites in turn, so that they meet the same weather; the first turn warms up."""
    times: dict[int, list[Took]] = {threads: [] for threads in desks}
    queries: dict[int, int] = {}
    for turn in range(RUNS + 1):
        for threads, desk in desks.items():
            desk.sit_down()
            ask: Callable[[], None] = partial(desk.get, address)
            if turn:
                times[threads].append(took(ask))
                continue
            with CaptureQueriesContext(connection) as captured:
                ask()
            queries[threads] = len(captured)
    return {
        str(threads): {**shortest(times[threads])._asdict(), "queries": queries[threads]}
        for threads in desks
    }
