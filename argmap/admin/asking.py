"""Who asks, and what they may do with a map: asked of the database once a request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from argmap import access
from argmap.core.kinds import Role
from argmap.core.numbers import whole
from argmap.models import ArgumentMap

T = TypeVar("T")


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; the admin's addresses let nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def once(request: HttpRequest, name: str, find: Callable[[], T]) -> T:
    """Return what `find` returns, called the first time only: the admin asks the same thing often."""
    known = vars(request).setdefault("argmap", {})
    if name not in known:
        known[name] = find()
    found: T = known[name]
    return found


def may(request: HttpRequest, argument_map: ArgumentMap, needed: Role) -> bool:
    """Tell whether who is signed in may do with a map what `needed` may."""
    person = person_of(request)
    role = once(request, f"role {argument_map.pk}", lambda: access.role_in(person, argument_map))
    return access.allows(role, argument_map, needed)


def map_named(request: HttpRequest, needed: Role) -> ArgumentMap | None:
    """Return the map that the address names (`?map=7`), where it may be used as `needed` may."""
    number = whole(request.GET.get("map", ""))

    def find() -> ArgumentMap | None:
        if not number:
            return None
        return access.maps_for(person_of(request), needed).filter(pk=number).first()

    return once(request, f"map {number} {needed}", find)
