"""What stands beside the form of a map: counts, problems, files, and the versions that are kept."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse

from argmap.admin.picture import picture_of
from argmap.admin.problems import SHOWN, Group, grouped, problems_of
from argmap.core.kinds import CommentState, Kind
from argmap.exports import EXPORTS
from argmap.graphs import TornRead
from argmap.models import ArgumentMap

SNAPSHOTS = 20
"""Most snapshots that the page names, the latest."""


class Tally(NamedTuple):
    """How many of something a map has: the word for several, the number, the list of them."""

    word: str
    number: int
    address: str


def tallies(argument_map: ArgumentMap) -> list[Tally]:
    """Return how many elements a map has, and open threads: five queries."""
    counted = argument_map.statements.order_by().values_list("kind").annotate(Count("pk"))
    kinds = Counter(dict(counted))
    threads = argument_map.comments.filter(state=CommentState.OPEN, parent=None)
    rows = [
        *((kind.plural, kind.value, "", kinds[kind]) for kind in Kind),
        ("inferences", "inference", "", argument_map.inferences.count()),
        ("sources", "source", "", argument_map.sources.count()),
        ("excerpts", "excerpt", "", argument_map.excerpts.count()),
        ("open comments", "comment", f"&state__exact={CommentState.OPEN}", threads.count()),
    ]
    return [
        Tally(word, number, f"{_list(name)}?map={argument_map.pk}{more}")
        for word, name, more, number in rows
    ]


def _list(name: str) -> str:
    return reverse(f"admin:argmap_{name}_changelist")


def beside(number: int) -> dict[str, Any]:
    """Return what the page of the map with this number says beside its form.

    The map as it stands: the form's own object may hold what was typed and not saved.
    """
    argument_map = ArgumentMap.objects.get(pk=number)
    snapshots = argument_map.snapshots.defer("content")
    return {
        "counts": tallies(argument_map),
        "picture": picture_of(argument_map),
        "problems": _problems(argument_map),
        "files": [
            (each.label, reverse("api:export", args=[argument_map.slug, each.name]))
            for each in EXPORTS.values()
        ],
        "snapshots": snapshots[:SNAPSHOTS],
    }


def _problems(argument_map: ArgumentMap) -> list[Group] | None:
    """Return the problems by weight; None where the map changes faster than it can be read."""
    try:
        found = problems_of(argument_map)
    except TornRead:
        return None
    return grouped([(argument_map, found)], SHOWN)
