"""Who has a map open just now. It lies in the cache: nobody needs to know it a minute later.

With the in-process cache each process knows of its own readers alone; Redis tells all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.core.cache import cache

from argmap.models import ArgumentMap

SECONDS = 10
"""How long someone is here after they last said so: a few polls."""


def note(argument_map: ArgumentMap, person: User) -> None:
    """Note that someone has a map open."""
    here = _known(argument_map)
    if person.pk not in here:
        # Two newcomers at once may lose one of them, who is then noted the next time they say so.
        cache.set(_index(argument_map), [*here, person.pk][-100:], None)
    cache.set(_place(argument_map, person.pk), person.get_username(), SECONDS)


def others(argument_map: ArgumentMap, person: User) -> list[str]:
    """Return the names of the others who have a map open, in alphabetical order."""
    places = [_place(argument_map, pk) for pk in _known(argument_map) if pk != person.pk]
    return sorted(cache.get_many(places).values())


def _known(argument_map: ArgumentMap) -> Sequence[int]:
    known: Sequence[int] = cache.get(_index(argument_map), ())
    return known


def _index(argument_map: ArgumentMap) -> str:
    return f"here:{argument_map.uuid}"


def _place(argument_map: ArgumentMap, pk: int) -> str:
    return f"here:{argument_map.uuid}:{pk}"
