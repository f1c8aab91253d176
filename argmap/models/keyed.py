"""Elements by their keys."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db.models import QuerySet

from argmap.models.element import Element
from argmap.models.map import ArgumentMap
from argmap.models.prepared import Prepared

E = TypeVar("E", bound=Element)


def keyed(model: type[E], argument_map: ArgumentMap, key: str) -> E | None:
    """Return the element of a map that has this key, None where there is none (one query)."""
    found: list[E] = _asked(model)(argument_map.pk, key)
    for row in found:
        row.map = argument_map
    return found[0] if found else None


@cache
def _asked(model: type[Element]) -> Prepared[[int, str], Any]:
    def of_map(argument_map: int, key: str) -> QuerySet[Any]:
        return model._default_manager.filter(map=argument_map, key=key).order_by()

    return Prepared(of_map)
