"""How long the pages of the admin take on a site with one map, and on one with two hundred.

Each site has a database of its own, beside the one that the settings name, and is asked for a page
in turn with the other, so that both meet the same weather. Each figure is the shortest of several
runs of the whole request by an analyst, who is a member of every map and no administrator.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from argmap import actions
from argmap.models import ArgumentMap, Claim
from tests.bench.clock import Took, seconds, shortest, took
from tests.bench.crowd import FULL, USUAL, add_map, analyst, spread_out

MAPS = 200
RUNS = 15
AFTER_AN_EDIT = "after an edit"
"""Ends the names of pages that are asked for when something has just been written."""


class Desk:
    """A site with so many maps in a database of its own, and an analyst at a browser."""

    def __init__(self, maps: int) -> None:
        self.wrapper = database(f"desk_{maps}")
        self.sit_down()
        call_command("migrate", verbosity=0)
        self.owner = User.objects.filter(username="bench").first() or self._fill(maps)
        self.map = ArgumentMap.objects.get(slug="harbour-1")
        self.client = Client()
        self.client.force_login(self.owner)
        self.edits = 0
        self.rows: int | None = None

    def sit_down(self) -> None:
        """Let all queries go to this site's database."""
        connections["default"] = self.wrapper

    def get(self, address: str) -> None:
        """Ask for a page, which must come."""
        answer = self.client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        changelist = (getattr(answer, "context_data", None) or {}).get("cl")
        self.rows = len(changelist.result_list) if changelist else None

    def edit(self) -> None:
        """Write the note of a statement."""
        self.edits += 1
        note = f"Written {self.edits} times."
        actions.edit_statement(actor=self.owner, argument_map=self.map, key="C1", note=note)

    def took(self, task: Callable[[], object]) -> Took:
        """Run a task; the work is that of the database's own process as well, if it has one."""
        with_it = _backend() if connection.vendor == "postgresql" else None
        before = seconds(with_it) if with_it else 0.0
        found = took(task)
        more = 1_000 * (seconds(with_it) - before) if with_it else 0.0
        return found._replace(work=found.work + more)

    def _fill(self, maps: int) -> User:
        owner = analyst()
        for number in range(1, maps + 1):
            add_map(owner, number, FULL if number == 1 else USUAL)
        spread_out()
        with connection.cursor() as cursor:
            # What the database's keeper does after a while.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        return owner


def _backend() -> str:
    """Return the number of the process that answers our queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return str(cursor.fetchone()[0])


def database(name: str) -> Any:
    """Return a connection to a database of this name, which is made where it is not there."""
    wrapper = connections.create_connection("default")
    named = str(wrapper.settings_dict["NAME"])
    if wrapper.vendor == "postgresql":
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {name}")
        wrapper.close()
        wrapper.settings_dict = {**wrapper.settings_dict, "NAME": name}
    else:
        wrapper.settings_dict = {**wrapper.settings_dict, "NAME": f"{named}.{name}"}
    return wrapper


def measure() -> dict[str, Any]:
    """Return what each page takes, by its name and the number of maps."""
    desks = {maps: Desk(maps) for maps in (1, MAPS)}
    pages = {name: _measured(desks, name) for name in _addresses(desks[1])}
    return {"engine": connection.vendor, "maps": MAPS, "pages": pages}


def _measured(desks: dict[int, Desk], name: str) -> dict[str, Any]:
    times: dict[int, list[Took]] = {maps: [] for maps in desks}
    queries: dict[int, int] = {}
    for turn in range(RUNS + 2):
        for maps, desk in desks.items():
            desk.sit_down()
            ask = partial(desk.get, _addresses(desk)[name])
            if name.endswith(AFTER_AN_EDIT):
                desk.edit()
            # The first turn only warms up, and the last one counts.
            if turn == RUNS + 1:
                queries[maps] = _queries(ask)
            elif turn:
                times[maps].append(desk.took(ask))
    return {
        str(maps): {
            **shortest(times[maps])._asdict(),
            "queries": queries[maps],
            "rows": desk.rows,
        }
        for maps, desk in desks.items()
    }


def _queries(task: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        task()
    return len(queries)


def _addresses(desk: Desk) -> dict[str, str]:
    """Return each page's address by its name; change pages are of rows of the first map."""

    def of(name: str, *args: Any) -> str:
        return reverse(f"admin:argmap_{name}", args=args)

    first = desk.map
    rows = {
        "claim": first.statements.get(key="C1"),
        "evidence": first.statements.filter(kind="evidence").earliest("pk"),
        "counterargument": first.statements.filter(kind="counterargument").earliest("pk"),
        "inference": first.inferences.get(key="I5"),
        "source": first.sources.get(key="S1"),
        "excerpt": first.excerpts.earliest("pk"),
        "comment": first.comments.earliest("pk"),
        "change": first.changes.latest("activity"),
    }
    claims = of("claim_changelist")
    last = -(-Claim.objects.count() // 50)
    return {
        "start page": reverse("admin:index"),
        "list: map": of("argumentmap_changelist"),
        **{f"list: {name}": of(f"{name}_changelist") for name in rows},
        "page: map": of("argumentmap_change", first.pk),
        **{f"page: {name}": of(f"{name}_change", row.pk) for name, row in rows.items()},
        "claims, last page": f"{claims}?p={last}",
        "claims, of one map": f"{claims}?map={first.pk}",
        "claims, filtered": f"{claims}?status=draft",
        "claims, by supports": f"{claims}?o=-5",
        # A word that fills the page on both sites, and one that leaves one map on both.
        "claims, searched": f"{claims}?q=harbour",
        "maps, searched": f"{of('argumentmap_changelist')}?q=%22harbour+1+should%22",
        f"claims, {AFTER_AN_EDIT}": claims,
    }
