"""What the log says of a map since it was read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from argmap.models import ArgumentMap, ChangeItem, Prepared

MOST = 50
"""Rows of the log that are looked at: to read more takes as long as to read the map again."""

_SHAPE = ("kind", "stance", "premises", "conclusion", "scheme", "warrant")
_JOINED = ("statement", "inference")


def is_framed_as_at(argument_map: ArgumentMap, version: int, activity: int) -> bool:
    """Tell whether a map has the statements, by kind, and the inferences that it had then.

    `version` and `activity` are those of an earlier look. One query, or none where it was not
    earlier. Where the log does not tell of each version since, or tells of too much, the answer
    is no.
    """
    later = argument_map.version - version
    if later < 0:
        return False
    rows = _items(argument_map.pk, activity, version, argument_map.version)
    told = {row[0] for row in rows}
    return (
        len(rows) <= MOST
        and len(told) == later
        and all(_stays(*records) for _, type_, *records in rows if type_ in _JOINED)
    )


@Prepared
def _items(argument_map: int, activity: int, version: int, last: int) -> QuerySet[ChangeItem, Any]:
    items = ChangeItem.objects.filter(
        change__map=argument_map,
        change__activity__gt=activity,  # has an index, which the version has not
        change__version__gt=version,
        change__version__lte=last,
    )
    return items.order_by().values_list("change__version", "type", "before", "after")[: MOST + 1]


def _stays(before: dict[str, Any] | None, after: dict[str, Any] | None) -> bool:
    if before is None or after is None:
        return False
    return all(before.get(name) == after.get(name) for name in _SHAPE)
