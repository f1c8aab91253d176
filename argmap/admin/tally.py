"""How many rows of a list each choice of its filters finds, and which ones.

The facts of a map are kept by the process until the map's activity rises, so that a list over
many maps reads again only what was written since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from argmap import access
from argmap.admin.facts import FACETS, SOME, Fact, Facts, Told, load_facts
from argmap.core.likeness import Likeness, alike, shared
from argmap.graphs.shelf import Shelf
from argmap.graphs.steady import is_committed

MOST_KEPT = 200_000
"""Rows whose facts a process keeps, of some 150 bytes each."""

REMEMBERED = 30
"""Combinations of choices that a sheet remembers the counts of."""

MAP = "map"


Chosen = Mapping[str, str]
"""The value that is chosen of each facet that filters, by the facet's name."""

Counts = dict[str, Counter[str]]
"""How many rows each value finds, by the facet's name."""

Wanted = tuple[tuple[int, str], ...]
"""The same, but for maps, by the facet's place among those of its list."""


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


class Counted(NamedTuple):
    """How many rows of a sheet pass, and how many each value of each facet finds."""

    passing: int
    values: list[dict[str, int]]


class Sheet:
    """The facts of one list on one map, rows of which the same is told put together."""

    def __init__(self, facts: list[Fact], facets: int) -> None:
        self.marked = [fact for fact in facts if fact.marks]
        self.facets = facets
        self.rows: dict[Told, list[int]] = defaultdict(list)
        for fact in facts:
            self.rows[fact.told].append(fact.pk)
        self._counted: dict[Wanted, Counted] = {}

    def count(self, wanted: Wanted, among: set[int] | None = None) -> Counted:
        """Return how many rows each value finds beside what is wanted of the other facets.

        Without `among`, the numbers of the only rows that count, it is remembered.
        """
        if among is not None:
            return self._count(wanted, among)
        found = self._counted.get(wanted)
        if found is None:
            if len(self._counted) > REMEMBERED:
                self._counted.clear()
            found = self._counted[wanted] = self._count(wanted, None)
        return found

    def _count(self, wanted: Wanted, among: set[int] | None) -> Counted:
        passing = 0
        values: list[dict[str, int]] = [defaultdict(int) for _ in range(self.facets)]
        for told, size in self._sizes(among):
            failing = [place for place, value in wanted if value not in told[place]]
            if len(failing) > 1:
                continue
            passing += 0 if failing else size
            # A facet counts what its other choices would find: for itself it lets all pass.
            for place in failing or range(self.facets):
                for value in told[place]:
                    values[place][value] += size
        return Counted(passing, values)

    def _sizes(self, among: set[int] | None) -> list[tuple[Told, int]]:
        """Return what is told, and of how many rows; with `among`, of each of these by itself."""
        if among is None:
            return [(told, len(found)) for told, found in self.rows.items()]
        return [(told, 1) for told in self.told_of(among)]

    def told_of(self, among: set[int]) -> list[Told]:
        """Return what is told of each of some rows, as far as they are here."""
        return [self._told[pk] for pk in self._told.keys() & among]

    @cached_property
    def _told(self) -> Mapping[int, Told]:
        return {pk: told for told, found in self.rows.items() for pk in found}


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


class Tally:
    """The sheets of one list on the maps that someone may read."""

    def __init__(self, maps: list[MapRow], name: str) -> None:
        self.maps = maps
        self.facets = FACETS[name]
        self.sheets = sheets(maps, name)
        if "alike" in self.facets:
            self.sheets = _with_likeness(self.sheets, self.facets)

    def find(self, facet: str, value: str) -> list[int]:
        """Return the numbers of the rows that one value of one facet finds."""
        place = self.facets.index(facet)
        return [
            pk
            for sheet in self.sheets.values()
            if value in sheet.count(()).values[place]
            for told, found in sheet.rows.items()
            if value in told[place]
            for pk in found
        ]

    def count(self, chosen: Chosen, among: set[int] | None = None) -> Counts:
        """Return how many rows each value of each facet finds beside the other facets' choices.

        `among` are the numbers of the only rows that count, where there is a search. Maps are a
        facet like others, by their numbers.
        """
        if among is not None and not chosen.keys() - {MAP}:
            return self._count_all(chosen.get(MAP), among)
        places = {name: place for place, name in enumerate(self.facets)}
        wanted = tuple((places[name], chosen[name]) for name in places if name in chosen)
        counts: Counts = {name: Counter() for name in (*self.facets, MAP)}
        for number, sheet in self.sheets.items():
            counted = sheet.count(wanted, among)
            counts[MAP][str(number)] = counted.passing
            if chosen.get(MAP) in {None, str(number)}:
                for name, values in zip(self.facets, counted.values, strict=True):
                    counts[name].update(values)
        return counts

    def _count_all(self, map_: str | None, among: set[int]) -> Counts:
        """Count where nothing but a map is chosen: all rows at once, which takes half the time."""
        told = {str(number): sheet.told_of(among) for number, sheet in self.sheets.items()}
        rows = told.get(map_, []) if map_ else list(chain.from_iterable(told.values()))
        counts: Counts = {
            name: Counter(chain.from_iterable(row[place] for row in rows))
            for place, name in enumerate(self.facets)
        }
        return counts | {MAP: Counter({number: len(found) for number, found in told.items()})}


def like(maps: list[MapRow], source: int) -> dict[int, list[Likeness]]:
    """Return the numbers of the sources on these maps that are like one of them, and why."""
    facts = [fact for sheet in sheets(maps, "source").values() for fact in sheet.marked]
    mine = next((fact.marks for fact in facts if fact.pk == source), None)
    found = {fact.pk: shared(mine, fact.marks) for fact in facts if mine and fact.marks}
    return {pk: likenesses for pk, likenesses in found.items() if likenesses and pk != source}


def _likenesses(found: Mapping[int, Sheet]) -> Mapping[int, Mapping[Likeness, list[int]]]:
    return alike(
        (fact.pk, fact.marks) for sheet in found.values() for fact in sheet.marked if fact.marks
    )


def _with_likeness(found: Mapping[int, Sheet], facets: tuple[str, ...]) -> dict[int, Sheet]:
    """Return sheets that tell of each source what it is like: that hangs on all maps together."""
    likenesses = _likenesses(found)
    place = facets.index("alike")

    def tell(fact: Fact) -> Fact:
        if fact.pk not in likenesses:
            return fact
        values = (SOME, *likenesses[fact.pk])
        return fact._replace(told=(*fact.told[:place], values, *fact.told[place + 1 :]))

    return {
        number: Sheet([tell(fact) for fact in sheet.marked], len(facets))
        if any(fact.pk in likenesses for fact in sheet.marked)
        else sheet
        for number, sheet in found.items()
    }
