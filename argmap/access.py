"""Who may read, review, edit and own. Every lookup starts here.

The functions return querysets, or fetch and authorise in one call, so that no view can look a row
up first and forget to ask afterwards. To someone signed in who may not read it, a map does not
exist; whoever is not signed in is asked to sign in for each map that is not public, existing or
not. Neither answer tells whether there is such a map.
"""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Membership

Person = User | AnonymousUser
Row = TypeVar("Row", bound=Model)


class SignInNeeded(Exception):
    """Someone not signed in asked for what is not public."""


def maps_for(person: Person, needed: Role = Role.VIEWER) -> QuerySet[ArgumentMap]:
    """Return the maps with which `person` may do what `needed` may."""
    if not person.is_active and not person.is_anonymous:
        return ArgumentMap.objects.none()
    if person.is_superuser:
        return ArgumentMap.objects.all()
    allowed = Q(visibility=Visibility.PUBLIC) if needed is Role.VIEWER else Q(pk__in=[])
    if isinstance(person, User):
        mine = Membership.objects.filter(user=person)
        allowed |= Q(pk__in=mine.filter(role=Role.OWNER).values("map"))
        allowed |= ~Q(visibility=Visibility.PRIVATE) & Q(
            pk__in=mine.filter(role__in=Role.at_least(needed)).values("map")
        )
    return ArgumentMap.objects.filter(allowed)


def readable_maps(person: Person) -> QuerySet[ArgumentMap]:
    """Return the maps that `person` may read."""
    return maps_for(person, Role.VIEWER)


def rows_for(
    model: type[Row], person: Person, needed: Role = Role.VIEWER, *, path: str = "map"
) -> QuerySet[Row]:
    """Return the rows of `model` whose map, reached by `path`, `person` may use as `needed` may."""
    return model._default_manager.filter(**{f"{path}__in": maps_for(person, needed)})


def role_in(person: Person, argument_map: ArgumentMap) -> Role | None:
    """Return what `person` may do with `argument_map`, None for nothing at all (one query)."""
    held = None
    if isinstance(person, User):
        held = (
            Membership.objects.filter(map=argument_map, user=person)
            .values_list("role", flat=True)[:1]
            .first()
        )
    return _effective(person, argument_map, held)


def find_map(person: Person, slug: str, needed: Role = Role.VIEWER) -> tuple[ArgumentMap, Role]:
    """Fetch a map and authorise its use in one query; return it with the role held.

    Raises SignInNeeded, Http404 (it may not be read, or is not there) or PermissionDenied (it may
    be read, not used so).
    """
    maps = ArgumentMap.objects.filter(slug=slug)
    if isinstance(person, User):
        mine = Membership.objects.filter(user=person, map=OuterRef("pk"))
        maps = maps.annotate(held_role=Subquery(mine.values("role")[:1]))
    found = maps.first()
    role = _effective(person, found, getattr(found, "held_role", None)) if found else None
    if found is None or role is None:
        if person.is_anonymous:
            raise SignInNeeded
        raise Http404("There is no such map.")
    if not role.may(needed):
        if person.is_anonymous:
            raise SignInNeeded
        raise PermissionDenied(f"On this map you are {role.value}: this takes {needed.value}.")
    return found, role


def _effective(person: Person, argument_map: ArgumentMap, held: str | None) -> Role | None:
    """Turn a membership's role into what it allows on a map of this visibility."""
    if not person.is_anonymous and not person.is_active:
        return None
    if person.is_superuser:
        return Role.OWNER
    role = Role(held) if held else None
    if role is Role.OWNER or argument_map.visibility == Visibility.MEMBERS:
        return role
    if argument_map.visibility == Visibility.PUBLIC:
        return role or Role.VIEWER
    return None
