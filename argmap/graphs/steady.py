"""Reads of several queries that are all of one version of a map."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection
from django.db.models import QuerySet

from argmap.models import ArgumentMap, Prepared

T = TypeVar("T")

TRIES = 5


class TornRead(Exception):
    """Every reading of a map met a write half-way."""


def is_committed() -> bool:
    """Tell whether what is read now is committed, so that it may be kept under its version.

    A version names one state of a map, once it is committed. Inside a transaction it does not: an
    edit under way has changed rows and not yet the version, and the version that it sets may be
    rolled back and given to other rows.
    """
    return not connection.in_atomic_block


def at_one_version(argument_map: ArgumentMap, read: Callable[[], T]) -> T:
    """Return what `read` reads of a map, all of it at one version.

    One query more than `read` takes: the version again, since someone may have written between
    the first and the last of them. Then all is read anew, and `argument_map` with it. A KeyError
    in between is a row whose partner came or went meanwhile.

    Raises TornRead where the map changes faster than it can be read.
    """
    for _ in range(TRIES):
        try:
            found = read()
        except KeyError:
            if argument_map.version == stored_version(argument_map):
                raise
        else:
            if argument_map.version == stored_version(argument_map):
                return found
        argument_map.refresh_from_db()
    raise TornRead(f"The map {argument_map.slug} changes faster than it can be read.")


def stored_version(argument_map: ArgumentMap) -> int:
    """Return the version that the map has now (one query)."""
    rows = _version(argument_map.pk)
    if not rows:
        raise ArgumentMap.DoesNotExist
    return int(rows[0][0])


@Prepared
def _version(argument_map: int) -> QuerySet[ArgumentMap, Any]:
    return ArgumentMap.objects.filter(pk=argument_map).order_by().values_list("version")
