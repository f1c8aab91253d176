"""Who may read, review, edit and own. Every lookup starts here.

The functions return querysets, or fetch and authorise in one call, so that no view can look a row
up first and forget to ask afterwards. To someone signed in who may not read it, a map does not
exist; whoever is not signed in is asked to sign in for each map that is not public, existing or
not. Neither answer tells whether there is such a map.

A map that is archived is read and not written. What the owner alone may do is none of the writing:
who belongs to it, whether it stays archived, and whether it is there at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS
from django.db.models import FilteredRelation, Model, Q, QuerySet
from django.http import Http404

from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap, Comment, Membership, Prepared, Upload

Person = User | AnonymousUser
Row = TypeVar("Row", bound=Model)


_MAP = [field.attname for field in ArgumentMap._meta.concrete_fields]

WRITING = frozenset({Role.REVIEWER, Role.EDITOR})
"""What an archived map lets nobody do."""


class SignInNeeded(Exception):
    """Someone not signed in asked for what is not public."""


class Archived(PermissionDenied):
    """The map can be read, and not written."""

    def __init__(self) -> None:
        super().__init__(
            "This map is archived: it can be read, not written. Its owner can take it back in use."
        )


def signed_in(person: Person) -> User:
    """Return who asks, where they have signed in. Raises SignInNeeded."""
    if not isinstance(person, User):
        raise SignInNeeded
    return person


def maps_for(person: Person, needed: Role = Role.VIEWER) -> QuerySet[ArgumentMap]:
    """Return the maps with which `person` may do what `needed` may."""
    maps = maps_held(person, needed)
    return maps.filter(archived_at=None) if needed in WRITING else maps


def maps_held(person: Person, needed: Role) -> QuerySet[ArgumentMap]:
    """Return the maps on which `person` has the role `needed` or one above, archived or not.

    What a role lets people see it lets them see on an archived map too. For writing there is
    `maps_for`.
    """
    maps = ArgumentMap.objects.all()
    if not person.is_active and not person.is_anonymous:
        return maps.none()
    if person.is_superuser:
        return maps
    allowed = Q(visibility=Visibility.PUBLIC) if needed is Role.VIEWER else Q(pk__in=[])
    if isinstance(person, User):
        mine = Membership.objects.filter(user=person)
        allowed |= Q(pk__in=mine.filter(role=Role.OWNER).values("map"))
        allowed |= ~Q(visibility=Visibility.PRIVATE) & Q(
            pk__in=mine.filter(role__in=Role.at_least(needed)).values("map")
        )
    return maps.filter(allowed)


def readable_maps(person: Person) -> QuerySet[ArgumentMap]:
    """Return the maps that `person` may read."""
    return maps_for(person, Role.VIEWER)


def rows_for(
    model: type[Row], person: Person, needed: Role = Role.VIEWER, *, path: str = "map"
) -> QuerySet[Row]:
    """Return the rows of `model` whose map, reached by `path`, `person` may use as `needed` may."""
    return model._default_manager.filter(**{f"{path}__in": maps_for(person, needed)})


def uploads_of(person: User) -> QuerySet[Upload]:
    """Return the files that `person` sent and that wait, of maps that they may still edit."""
    editable = Q(map=None) | Q(map__in=maps_for(person, Role.EDITOR))
    return Upload.objects.filter(editable, user=person)


def role_in(person: Person, argument_map: ArgumentMap) -> Role | None:
    """Return the role of `person` on `argument_map`, None for nothing at all (one query).

    On an archived map nobody does what their role would let them: ask `may`.
    """
    held = None
    if isinstance(person, User):
        held = next((role for (role,) in _held(argument_map.pk, person.pk)), None)
    return _effective(person, argument_map, held)


@Prepared
def _held(argument_map: int, person: int) -> QuerySet[Membership, tuple[str]]:
    mine = Membership.objects.filter(map=argument_map, user=person)
    return mine.order_by().values_list("role")


def roles_of(people: Iterable[User], maps: Iterable[ArgumentMap]) -> dict[tuple[int, int], Role]:
    """Return the role of each person on each map, by the numbers of both, where there is one.

    As `role_in` gives it, archived or not: ask `allows`. One query for all of them.
    """
    people, maps = list(people), list(maps)
    mine = Membership.objects.filter(user__in=people, map__in=maps)
    held = {(user, map_): role for user, map_, role in mine.values_list("user", "map", "role")}
    found = (
        ((person.pk, each.pk), _effective(person, each, held.get((person.pk, each.pk))))
        for person in people
        for each in maps
    )
    return {pair: role for pair, role in found if role is not None}


def may(person: Person, argument_map: ArgumentMap, needed: Role) -> bool:
    """Tell whether `person` may do with `argument_map` what `needed` may (one query)."""
    return allows(role_in(person, argument_map), argument_map, needed)


def allows(role: Role | None, argument_map: ArgumentMap, needed: Role) -> bool:
    """Tell whether `role` may do with `argument_map`, as it stands, what `needed` may."""
    return role is not None and role.may(needed) and not is_closed(argument_map, needed)


def reviewers_on(argument_map: ArgumentMap) -> QuerySet[User]:
    """Return the members who may review a map as its visibility is, by their names."""
    private = argument_map.visibility == Visibility.PRIVATE
    roles = Role.at_least(Role.OWNER if private else Role.REVIEWER)
    on_it = Membership.objects.filter(map=argument_map, role__in=roles)
    return User.objects.filter(pk__in=on_it.values("user"), is_active=True).order_by("username")


def is_closed(argument_map: ArgumentMap, needed: Role) -> bool:
    """Tell whether a map is archived, so that nobody does with it what `needed` may."""
    return argument_map.archived_at is not None and needed in WRITING


def find_map(person: Person, slug: str, needed: Role = Role.VIEWER) -> tuple[ArgumentMap, Role]:
    """Fetch a map and authorise its use in one query; return it with what may be done with it.

    That is the role held, and a viewer's on an archived map. Raises SignInNeeded, Http404 (it may
    not be read, or is not there), Archived or PermissionDenied (it may be read, not used so).
    """
    found, held = _map_and_role(slug, person.pk or 0)
    role = _effective(person, found, held) if found else None
    if found is None or role is None:
        if person.is_anonymous:
            raise SignInNeeded
        raise Http404("There is no such map.")
    if not role.may(needed):
        if person.is_anonymous:
            raise SignInNeeded
        raise PermissionDenied(f"On this map you are {role.value}: this takes {needed.value}.")
    if is_closed(found, needed):
        raise Archived
    return found, role if found.archived_at is None else Role.VIEWER


def _map_and_role(slug: str, person: int) -> tuple[ArgumentMap | None, str | None]:
    """Return the map with this slug, and the role that someone holds on it (one query)."""
    rows = _maps(slug, person)
    if not rows:
        return None, None
    *values, held = rows[0]
    return ArgumentMap.from_db(DEFAULT_DB_ALIAS, _MAP, values), held


@Prepared
def _maps(slug: str, person: int) -> QuerySet[ArgumentMap, Any]:
    # Joined, since a subquery takes twice the time; there is one membership at most.
    mine = FilteredRelation("memberships", condition=Q(memberships__user=person))
    maps = ArgumentMap.objects.filter(slug=slug).annotate(mine=mine)
    return maps.order_by().values_list(*_MAP, "mine__role")


def people_on(argument_map: ArgumentMap) -> QuerySet[User]:
    """Return whom a comment on a map may call by name, by their names.

    Its members, as far as its visibility lets them read it, and on a public map whoever has
    commented. That is no list of all who may read it: superusers and the world are left out.
    """
    members = Membership.objects.filter(map=argument_map)
    if argument_map.visibility == Visibility.PRIVATE:
        members = members.filter(role=Role.OWNER)
    people = Q(pk__in=members.values("user"))
    if argument_map.visibility == Visibility.PUBLIC:
        said = Comment.objects.filter(map=argument_map, author__isnull=False)
        people |= Q(pk__in=said.order_by().values("author"))
    return User.objects.filter(people, is_active=True).order_by("username")


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
