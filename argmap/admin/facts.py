"""What the lists tell of the elements of a map, by the facets that they can be filtered by.

Problems are those of `core.problems.lint`, which judges whole maps: so a list and the page of a map
cannot disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.utils import timezone

from argmap.admin.gathering import Gathered
from argmap.core.kinds import Kind, Stance
from argmap.core.likeness import Marks, marks
from argmap.core.problems import lint

NONE, SOME = "none", "some"
"""The values of what has none of a thing, and of what has some, whichever."""

ASKED, UNANSWERED = "asked", "unanswered"
"""A question of an open thread of comments, and a critical question without an answer."""

Values = tuple[str, ...]
Told = tuple[Values, ...]
"""For each facet of a list, in the order of FACETS, the values by which it finds a row."""

_OF_STATEMENTS = (
    "status",
    "problem",
    "question",
    "source",
    "tag",
    "credibility",
    "likelihood",
    "confidence",
    "changed",
)
FACETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(Kind, _OF_STATEMENTS),
    "inference": ("stance", "scheme", "problem", "question", "undercut", "changed"),
    "source": ("reliability", "problem", "text", "alike", "changed"),
}
"""The facets of each list: the names of their parameters in an address."""


class Fact(NamedTuple):
    """A row by its number, and what its list tells of it. Sources have marks."""

    pk: int
    told: Told
    marks: Marks | None = None


Facts = dict[str, list[Fact]]
"""The facts of one map, by list."""


def load_facts(maps: Collection[int]) -> dict[int, Facts]:
    """Return the facts of the maps with these numbers, in six queries however many they are.

    A row whose partner came or went meanwhile is passed over: the activity of the map has risen
    then, and it is read again.
    """
    rows = Gathered(maps)
    return {number: _facts(rows, number) for number in maps}


def _facts(rows: Gathered, number: int) -> Facts:
    problems: dict[str, list[str]] = defaultdict(list)
    for problem in lint(rows.graph(number)):
        problems[problem.key].append(problem.code.value)
    doubted = _doubted(rows, number)
    undercut = {
        row.conclusion_inference_id
        for row in rows.inferences[number]
        if row.stance == Stance.ATTACK
    }
    found: Facts = {name: [] for name in FACETS}
    for row in rows.statements[number]:
        asked = [ASKED] * (row.pk in rows.asked) + [UNANSWERED] * (row.pk in doubted)
        sources = [str(excerpt.source_id) for excerpt in rows.excerpts.get(row.pk, ())]
        told = _statement(row, problems.get(row.key, ()), asked, sources)
        found[row.kind].append(Fact(row.pk, told))
    for row in rows.inferences[number]:
        told = _inference(row, problems.get(row.key, ()), undercut=row.pk in undercut)
        found["inference"].append(Fact(row.pk, told))
    for row in rows.sources[number]:
        told = _source(row, problems.get(row.key, ()))
        found["source"].append(Fact(row.pk, told, marks(row.title, row.url, row.sha256)))
    return found


def _doubted(rows: Gathered, number: int) -> set[int]:
    """Return the premises and conclusions of the inferences that an open question is about."""
    found: set[int] = set()
    for row in rows.inferences[number]:
        if row.unanswered:
            found |= {row.conclusion_statement_id or 0, *rows.premises.get(row.pk, ())}
    return found


def _statement(
    row: Any, codes: Iterable[str], asked: Iterable[str], sources: Iterable[str]
) -> Told:
    return (
        _shared(row.status),
        _some(codes),
        _some(asked),
        _some(sources),
        _shared(*row.tags),
        _shared(row.credibility or NONE),
        _shared(row.likelihood or NONE),
        _shared(row.confidence or NONE),
        _days(row.changed),
    )


def _inference(row: Any, codes: Iterable[str], *, undercut: bool) -> Told:
    return (
        _shared(row.stance),
        _shared(str(row.scheme_id or NONE)),
        _some(codes),
        _shared(UNANSWERED if row.unanswered else NONE),
        _shared(SOME if undercut else NONE),
        _days(row.changed),
    )


def _source(row: Any, codes: Iterable[str]) -> Told:
    return (
        _shared(row.reliability or NONE),
        _some(codes),
        _shared(SOME if row.here else NONE),
        _shared(NONE),  # what it is like shows beside the sources of all maps alone
        _days(row.changed),
    )


def _some(values: Iterable[str]) -> Values:
    distinct = tuple(dict.fromkeys(values))
    return _shared(SOME, *distinct) if distinct else _shared(NONE)


@lru_cache(maxsize=2**14)
def _shared(*values: str) -> Values:
    """Return values as one object for all rows that have the same: thousands are kept."""
    return values


@lru_cache(maxsize=2**14)
def _days(at: datetime | None) -> Values:
    """Return the year, the month and the day of a time, as 2017, 2017-02 and 2017-02-16.

    In the site's time zone, whoever asks; remembered, since one change touches many rows.
    """
    if at is None:
        return ()
    day = timezone.localtime(at, timezone.get_default_timezone()).date().isoformat()
    return day[:4], day[:7], day
