"""The statements that were chosen in a list, and what may be done with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import QuerySet

from argmap import access
from argmap.actions import Chosen
from argmap.core.kinds import Role
from argmap.core.numbers import is_whole, whole, wholes
from argmap.models import ArgumentMap, Statement

MOST = 1_000
"""Most statements of one act: more is no longer looked at before it is done."""


class Choice:
    """The statements that `person` may write, in the order of the list, and those left out.

    Those of maps that may not be read are among neither: `missing` counts them with those that are
    not there any more. `seen` are the versions of the maps that the person saw, by the maps'
    numbers: those of now, unless the page that is answered says otherwise. `numbers` and
    `versions` are for the page to send back. Two queries.
    """

    def __init__(
        self, person: User, rows: QuerySet[Statement], numbers: Sequence[int], seen: str = ""
    ) -> None:
        found = rows.in_bulk(numbers)
        there = [found[number] for number in numbers if number in found]
        mine = access.maps_for(person, Role.EDITOR).filter(pk__in={row.map_id for row in there})
        writable = set(mine.values_list("pk", flat=True))
        self.rows = [row for row in there if row.map_id in writable]
        self.left_out = [row for row in there if row.map_id not in writable]
        self.missing = len(numbers) - len(there)
        self.numbers = ",".join(str(row.pk) for row in there)
        self.maps: list[ArgumentMap] = list({row.map: None for row in self.rows})
        self.versions = ",".join(f"{each.pk}:{each.version}" for each in self.maps)
        self.seen = {each.pk: each.version for each in self.maps} | _read_seen(seen)

    @property
    def by_map(self) -> dict[ArgumentMap, list[Statement]]:
        """The statements that may be written, by map."""
        found: dict[ArgumentMap, list[Statement]] = defaultdict(list)
        for row in self.rows:
            found[row.map].append(row)
        return found

    @property
    def chosen(self) -> list[Chosen]:
        """The same as actions take it."""
        return [
            Chosen(each, [row.key for row in rows], self.seen[each.pk])
            for each, rows in self.by_map.items()
        ]


def read_numbers(text: str) -> list[int]:
    """Return the primary keys that a page sent back."""
    return wholes(text.split(","))


def _read_seen(text: str) -> dict[int, int]:
    pairs = (each.partition(":") for each in text.split(","))
    return {whole(map_): whole(version) for map_, _, version in pairs if is_whole(version)}
