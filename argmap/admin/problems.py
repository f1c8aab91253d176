"""What deserves a look on maps, found once for each version of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, NamedTuple

from django.core.cache import cache

from argmap import graphs
from argmap.admin.elements import pages_of
from argmap.core.problems import lint
from argmap.core.problems.problem import Weight
from argmap.graphs import TornRead
from argmap.models import ArgumentMap

KEEP_SECONDS = 24 * 3600
SHOWN = 50
"""Most problems of one weight that are kept one by one; a large map has thousands of hints."""

LISTED = 10
"""Most problems of one weight that are listed of several maps together."""

LOOKED_THROUGH, LARGEST = 4, 2_000
"""Most maps that one request looks through for problems, and most statements of such a map."""


class Line(NamedTuple):
    """One problem of a map: what it weighs, whose it is, and what is wrong."""

    weight: Weight
    key: str
    message: str


class Found(NamedTuple):
    """How many problems a map has of each weight, and the first of them, the heaviest first."""

    counts: Counter[Weight]
    lines: tuple[Line, ...]


class Group(NamedTuple):
    """The problems of one weight: how many, and the first with their maps and elements' pages."""

    weight: Weight
    number: int
    lines: list[tuple[ArgumentMap, Line, str]]

    @property
    def heading(self) -> str:
        """The weight, in the number that it is found in."""
        return self.weight.label if self.number == 1 else f"{self.weight.label}s"

    @property
    def more(self) -> int:
        """How many there are besides the first."""
        return self.number - len(self.lines)


def problems_of(argument_map: ArgumentMap) -> Found:
    """Return the problems of a map: no query where they are known of this version, else six.

    What is not committed is neither kept nor taken from what is. Raises TornRead.
    """
    known = known_problems([argument_map]).get(argument_map.pk)
    if known is not None:
        return known
    found: dict[Weight, list[Line]] = {weight: [] for weight in Weight}
    for problem in lint(graphs.load_graph(argument_map)):
        found[problem.weight].append(Line(problem.weight, problem.key, problem.message))
    counts = Counter({weight: len(lines) for weight, lines in found.items() if lines})
    made = Found(counts, tuple(line for lines in found.values() for line in lines[:SHOWN]))
    if graphs.is_committed():
        # Asked of the map again: it may have been read anew, at a later version.
        cache.set(_name(argument_map), made, KEEP_SECONDS)
    return made


def known_problems(maps: Iterable[ArgumentMap]) -> dict[int, Found]:
    """Return the problems of those maps for which they are known, by number. No query."""
    if not graphs.is_committed():
        return {}
    names = {_name(each): each.pk for each in maps}
    return {names[name]: found for name, found in cache.get_many(names).items()}


def problems_on(maps: Sequence[Any]) -> dict[str, Any]:
    """Return what deserves a look on several maps, by weight, and which were not looked through.

    What is known of a map's version costs nothing. Of the others LOOKED_THROUGH at most are looked
    through, at six queries each, and none that has more than LARGEST statements: its own page does.
    Three queries are for the pages of elements.
    """
    known = known_problems(maps)
    new = [each for each in maps if each.pk not in known and each.statements_count <= LARGEST]
    for each in new[:LOOKED_THROUGH]:
        with suppress(TornRead):
            known[each.pk] = problems_of(each)
    found = [(each, known[each.pk]) for each in maps if each.pk in known]
    return {
        "problems": grouped(found, LISTED),
        "not_looked_through": [each for each in maps if each.pk not in known],
    }


def grouped(found: Sequence[tuple[ArgumentMap, Found]], most: int) -> list[Group]:
    """Return the problems of maps by weight, of each the first `most` (three queries)."""
    first = {
        weight: [(on, line) for on, here in found for line in here.lines if line.weight is weight]
        for weight in Weight
    }
    wanted: dict[int, set[str]] = defaultdict(set)
    for on, line in chain.from_iterable(lines[:most] for lines in first.values()):
        wanted[on.pk].add(line.key)
    pages = pages_of(wanted)
    return [
        Group(
            weight,
            sum(here.counts[weight] for _, here in found),
            [(on, line, pages.get((on.pk, line.key), "")) for on, line in lines[:most]],
        )
        for weight, lines in first.items()
        if lines
    ]


def _name(argument_map: ArgumentMap) -> str:
    return f"problems:{argument_map.uuid}:{argument_map.version}"
