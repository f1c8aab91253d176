"""How many rows of a list each choice of its filters finds, and which ones.

The facts of a map are kept by the process until the map's activity rises, so that a list over
many maps reads again only what was written since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from argmap import access
from argmap.admin.facts import FACETS, NONE, SOME, Fact, Facts, Told, load_facts
from argmap.core.likeness import Likeness, alike
from argmap.graphs.shelf import Shelf
from argmap.graphs.steady import is_committed

MOST_KEPT = 400_000
"""Rows whose facts a process keeps, of some 250 bytes each."""

MAP = "map"


class MapRow(NamedTuple):
    """A map that may be read, as lists name it."""

    pk: int
    uuid: UUID
    title: str
    slug: str
    activity: int


def maps_for(person: User) -> list[MapRow]:
    """Return the maps that `person` may read, by title (one query)."""
    maps = access.readable_maps(person).order_by("title", "slug")
    return [MapRow(*row) for row in maps.values_list(*MapRow._fields)]


class Sheet:
    """The facts of one list on one map, rows of which the same is told put together."""

    def __init__(self, facts: list[Fact], facets: int) -> None:
        self.facts = facts
        self.rows: dict[Told, list[int]] = defaultdict(list)
        for fact in facts:
            self.rows[fact.told].append(fact.pk)
        self.totals: list[Counter[str]] = [Counter() for _ in range(facets)]
        for told, found in self.rows.items():
            for total, values in zip(self.totals, told, strict=True):
                for value in values:
                    total[value] += len(found)


class _Kept(NamedTuple):
    activity: int
    sheets: Mapping[str, Sheet]
    size: int


kept: Shelf[_Kept] = Shelf(MOST_KEPT)


def sheets(maps: list[MapRow], name: str) -> dict[int, Sheet]:
    """Return the sheets of one list by the numbers of maps: six queries, none while all are kept.

    What is not committed is neither kept nor taken from what is.
    """
    found: dict[int, Sheet] = {}
    committed = is_committed()
    for row in maps if committed else ():
        known = kept.get(row.uuid)
        if known and known.activity == row.activity:
            found[row.pk] = known.sheets[name]
    stale = [row for row in maps if row.pk not in found]
    read = load_facts([row.pk for row in stale]) if stale else {}
    for row in stale:
        fresh = _kept(row, read[row.pk])
        found[row.pk] = fresh.sheets[name]
        if committed:
            kept.keep(row.uuid, fresh)
    return found


def _kept(row: MapRow, facts: Facts) -> _Kept:
    made = {name: Sheet(facts[name], len(facets)) for name, facets in FACETS.items()}
    return _Kept(row.activity, made, sum(map(len, facts.values())) + 1)


Chosen = Mapping[str, str]
"""The value that is chosen of each facet that filters, by the facet's name."""

Counts = dict[str, Counter[str]]
"""How many rows each value finds, by the facet's name."""


class Tally:
    """The sheets of one list on the maps that someone may read."""

    def __init__(self, maps: list[MapRow], name: str) -> None:
        self.maps = maps
        self.facets = FACETS[name]
        self.sheets = sheets(maps, name)
        if "alike" in self.facets:
            self.sheets = _with_likeness(self.sheets, self.facets)

    def find(self, facet: str, value: str) -> list[int]:
        """Return the numbers of the rows that one choice of one facet finds."""
        place = self.facets.index(facet)
        return [
            pk
            for sheet in self.sheets.values()
            if value in sheet.totals[place]
            for told, found in sheet.rows.items()
            if value in told[place]
            for pk in found
        ]

    def count(self, chosen: Chosen, among: Collection[int] | None = None) -> Counts:
        """Return how many rows each value of each facet finds beside the other facets' choices.

        `among` are the numbers of the only rows that count, where there is a search. Maps are a
        facet like others, by their numbers.
        """
        counts: Counts = {name: Counter() for name in (*self.facets, MAP)}
        wanted = {place: chosen[name] for place, name in enumerate(self.facets) if name in chosen}
        for number, sheet in self.sheets.items():
            here = chosen.get(MAP) in {None, str(number)}
            if wanted or among is not None:
                passing = self._add_rows(counts, sheet, wanted, among, here=here)
            else:
                passing = self._add_totals(counts, sheet, here=here)
            counts[MAP][str(number)] += passing
        return counts

    def _add_totals(self, counts: Counts, sheet: Sheet, *, here: bool) -> int:
        """Count all rows of a map at once; return how many they are."""
        for name, total in zip(self.facets, sheet.totals, strict=True) if here else ():
            counts[name].update(total)
        return len(sheet.facts)

    def _add_rows(
        self,
        counts: Counts,
        sheet: Sheet,
        wanted: Mapping[int, str],
        among: Collection[int] | None,
        *,
        here: bool,
    ) -> int:
        """Count the rows of a map one by one; return how many all facets let pass."""
        passing = 0
        for told, found in sheet.rows.items():
            size = len(found) if among is None else sum(pk in among for pk in found)
            failing = [place for place, value in wanted.items() if value not in told[place]]
            passing += 0 if failing else size
            if not (size and here) or len(failing) > 1:
                continue
            # A facet counts what its other choices would find: it lets all pass for itself.
            for place in failing or range(len(self.facets)):
                for value in told[place]:
                    counts[self.facets[place]][value] += size
        return passing

    @cached_property
    def likenesses(self) -> Mapping[int, Mapping[Likeness, list[int]]]:
        """For each source that is like another, which ones it is like, by what they share."""
        return _likenesses(self.sheets)


def _likenesses(found: Mapping[int, Sheet]) -> Mapping[int, Mapping[Likeness, list[int]]]:
    return alike(
        (fact.pk, fact.marks) for sheet in found.values() for fact in sheet.facts if fact.marks
    )


def _with_likeness(found: Mapping[int, Sheet], facets: tuple[str, ...]) -> dict[int, Sheet]:
    """Return sheets that tell of each source what it is like: that hangs on all maps together."""
    likenesses = _likenesses(found)
    place = facets.index("alike")

    def tell(fact: Fact) -> Fact:
        shared = tuple(likenesses[fact.pk]) if fact.pk in likenesses else ()
        values = (SOME, *shared) if shared else (NONE,)
        return fact._replace(told=(*fact.told[:place], values, *fact.told[place + 1 :]))

    return {
        number: Sheet([tell(fact) for fact in sheet.facts], len(facets))
        for number, sheet in found.items()
    }
