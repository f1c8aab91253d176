"""What the database cannot hold a map to by itself, checked row by row."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import F, Max, QuerySet

from argmap.core.formats import FormatError
from argmap.core.formats.threads import is_astray
from argmap.core.graph import KEY, key_order
from argmap.core.kinds import Role
from argmap.core.problems import violations
from argmap.core.proposals import kept_from
from argmap.graphs import load_graph
from argmap.models import (
    Answer,
    ArgumentMap,
    Change,
    Comment,
    Element,
    Excerpt,
    Inference,
    Premise,
    Rating,
    Review,
    Source,
    Statement,
    Suggestion,
)

ELEMENTS: tuple[type[Element], ...] = (Source, Statement, Excerpt, Inference)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a stored map; `key` names the element, "" the map."""

    slug: str
    key: str
    message: str

    def __str__(self) -> str:
        """Name the place and say what is wrong, on one line."""
        return f"{self.slug}{f' {self.key}' if self.key else ''}: {self.message}"


def audit(argument_map: ArgumentMap) -> tuple[Finding, ...]:
    """Return what is wrong with a map.

    The rules of graphs are the core's to check, unless rows join two maps or have no key: then
    there is no graph to ask about, and that is to be mended first.
    """
    found = [*_joins(argument_map), *_keys(argument_map)]
    if not found:
        found = [*_graph(argument_map)]
    rest = chain(
        _counters(argument_map),
        _versions(argument_map),
        _proposals(argument_map),
        _log(argument_map),
        _owner(argument_map),
    )
    return tuple(Finding(argument_map.slug, key, message) for key, message in chain(found, rest))


Said = Iterator[tuple[str, str]]
"""Keys, with what is wrong with what they name."""


def _joins(argument_map: ArgumentMap) -> Said:
    """Yield each row that belongs to this map and leans on another's."""
    inferences = Inference.objects.filter(map=argument_map)
    for path in ("conclusion_statement", "conclusion_inference"):
        for key in _strangers(inferences, path):
            yield key, "it concludes in an element of another map"
    premises = Premise.objects.filter(inference__map=argument_map)
    for key, premise in premises.exclude(statement__map=argument_map).values_list(
        "inference__key", "statement__key"
    ):
        yield key, f"its premise {premise} is of another map"
    excerpts = Excerpt.objects.filter(map=argument_map)
    for path in ("statement", "source"):
        for key in _strangers(excerpts, path):
            yield key, f"its {path} is of another map"
    yield from _astray(argument_map)


def _astray(argument_map: ArgumentMap) -> Said:
    """Yield what people say on this map of another's rows."""
    for word, rows, paths in _judgements(argument_map):
        for path in paths:
            for number in _strangers(rows, path, name="pk"):
                yield "", f"{word} {number}: its {path} is of another map"


def _judgements(argument_map: ArgumentMap) -> Iterator[tuple[str, QuerySet[Any], tuple[str, ...]]]:
    """Yield the tables of what people say of a map, with the columns that lead to its rows."""
    for word, model, paths in (
        ("comment", Comment, ("statement", "inference", "excerpt", "parent")),
        ("answer", Answer, ("inference",)),
        ("rating", Rating, ("statement",)),
        ("review", Review, ("round",)),
    ):
        yield word, model._default_manager.filter(map=argument_map), paths


def _strangers(rows: QuerySet[Any], path: str, name: str = "key") -> list[str]:
    """Return the names of the rows whose `path` leads to another map."""
    leading = rows.filter(**{f"{path}__isnull": False})
    return list(leading.exclude(**{f"{path}__map": F("map")}).values_list(name, flat=True))


def _named(argument_map: ArgumentMap) -> Iterator[str]:
    for model in ELEMENTS:
        rows = model._default_manager.filter(map=argument_map)
        yield from rows.order_by("pk").values_list("key", flat=True)


def _keys(argument_map: ArgumentMap) -> Said:
    """Yield the keys that are none."""
    for key in _named(argument_map):
        if not KEY.match(key):
            yield key, "this is no key"


def _graph(argument_map: ArgumentMap) -> Said:
    """Yield the rules that the graph breaks: rings, conclusions among their own premises, …"""
    for problem in violations(load_graph(argument_map)):
        yield problem.key, problem.message


def _counters(argument_map: ArgumentMap) -> Said:
    """Yield the keys that a counter could hand out a second time."""
    last = dict(argument_map.key_counters.values_list("letter", "last"))
    for key in filter(KEY.match, _named(argument_map)):
        counted = last.get(key[0], 0)
        if key_order(key)[1] > counted:
            yield key, f"the counter of {key[0]} stands at {counted}"


def _versions(argument_map: ArgumentMap) -> Said:
    """Yield what was changed, seen or said in a version that the map has not come to."""
    version = argument_map.version
    for model in ELEMENTS:
        ahead = model._default_manager.filter(map=argument_map, changed_in__gt=version)
        for key, changed_in in ahead.values_list("key", "changed_in"):
            yield key, f"it was changed in version {changed_in}, the map is at {version}"
    for word, rows, _ in _judgements(argument_map):
        early = rows.filter(version_seen__gt=version)
        for number, seen in early.values_list("pk", "version_seen"):
            yield "", f"{word} {number}: it saw version {seen}, the map is at {version}"
    for number, asked in argument_map.rounds.filter(version__gt=version).values_list(
        "pk", "version"
    ):
        yield "", f"round {number}: it is of version {asked}, the map is at {version}"


def _proposals(argument_map: ArgumentMap) -> Said:
    """Yield the suggestions that nobody should accept: of no known shape, or of something else."""
    rows = Suggestion.objects.filter(comment__map=argument_map).select_related(
        "comment__statement", "comment__inference", "comment__excerpt"
    )
    keys = {*_named(argument_map)} if rows else set()
    for row in rows:
        for message in _faults(row, keys):
            yield "", f"the suggestion of comment {row.comment_id}: {message}"


def _faults(row: Suggestion, keys: Set[str]) -> Iterator[str]:
    try:
        read = kept_from(row.proposal)
    except FormatError as error:
        yield str(error)
        return
    if read.does != row.does:
        yield f"it is filed as {row.does}"
    about = row.comment.about or row.comment.lost_target
    if is_astray(read.on, about, keys):
        yield f"it is on {read.on}, the comment is about {about or 'the map'}"
    if row.comment.parent_id is not None:
        yield "it is of a reply"


def _log(argument_map: ArgumentMap) -> Said:
    """Yield where the log does not agree with the map's counters, or takes up another's changes."""
    changes = Change.objects.filter(map=argument_map)
    for number in _strangers(changes, "of", name="activity"):
        yield "", f"change {number}: what it takes up is of another map"
    found = changes.aggregate(activity=Max("activity"), version=Max("version"))
    for name, logged in found.items():
        counted = getattr(argument_map, name)
        if (logged or 0) != counted:
            yield "", f"its {name} is {counted}, the log's last is {logged or 0}"


def _owner(argument_map: ArgumentMap) -> Said:
    """Yield a map that has members and no owner: nobody could let anyone in or out."""
    roles = set(argument_map.memberships.values_list("role", flat=True))
    if roles and Role.OWNER not in roles:
        yield "", "it has members, and none of them owns it"
