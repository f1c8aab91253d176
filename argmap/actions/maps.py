"""Making, editing and deleting maps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from argmap.actions.base import (
    Conflict,
    Edit,
    editing,
    known_fields,
    require,
    validate,
    write_change,
)
from argmap.actions.records import name_of, record, type_of
from argmap.core.kinds import Role, Verb
from argmap.models import ArgumentMap, Change, ChangeItem, Membership

FIELDS = frozenset({"slug", "title", "issue", "summary", "marking", "visibility"})
OWNERS_FIELDS = frozenset({"slug", "marking", "visibility"})
SLUG_TRIES = 1_000


def create_map(*, actor: User | None, title: str, slug: str = "", **fields: Any) -> ArgumentMap:
    """Make an empty map that `actor` owns (nobody, for a command without one).

    Where no slug is given, or it is taken, one is made from the title and a number: to refuse a
    taken one would tell that there is such a map. Raises ValidationError by field.
    """
    values = known_fields({"title": title, **fields}, FIELDS)
    with transaction.atomic():
        argument_map = insert_map(ArgumentMap(**values), slug or slugify(title) or "map")
        items = [_made(argument_map)]
        argument_map.version = argument_map.activity = 1
        argument_map.save(update_fields=["version", "activity"])
        if actor is not None:
            owner = Membership.objects.create(map=argument_map, user=actor, role=Role.OWNER)
            items.append(_made(owner))
        write_change(argument_map, actor=actor, verb=Verb.CREATE, items=items)
    return argument_map


def insert_map(argument_map: ArgumentMap, wanted: str) -> ArgumentMap:
    """Validate and insert a map under the slug `wanted`, or that with the first free number."""
    for number in range(1, SLUG_TRIES):
        argument_map.slug = wanted[:70] if number == 1 else f"{wanted[:70]}-{number}"
        validate(argument_map)
        if ArgumentMap.objects.filter(slug=argument_map.slug).exists():
            continue
        try:
            with transaction.atomic():
                argument_map.save(force_insert=True)
        except IntegrityError:
            # Someone took the slug between the look and the insert: look again.
            continue
        return argument_map
    raise ValidationError({"slug": "No free slug of this name could be found."})


def edit_map(
    *, actor: User | None, argument_map: ArgumentMap, seen: int | None = None, **fields: Any
) -> ArgumentMap:
    """Change a map's own fields; slug, marking and visibility are the owner's.

    `seen` is the version that the author saw. Raises ValidationError by field, or Conflict where
    the map's own fields changed after it.
    """
    values = known_fields(fields, FIELDS)
    with editing(argument_map, actor=actor, verb=Verb.EDIT) as edit:
        _expect(edit.map, seen)
        alter_map(edit, values)
    argument_map.refresh_from_db()
    return argument_map


def alter_map(edit: Edit, values: dict[str, Any]) -> None:
    """Change a map's own fields within an open edit."""
    # Compared with the row under the lock: the caller's may be old, or hold what was typed.
    changed = {name for name, value in values.items() if getattr(edit.map, name) != value}
    if changed & OWNERS_FIELDS:
        require(Role.OWNER, actor=edit.actor, argument_map=edit.map)
    if "slug" in changed:
        _refuse_taken(values["slug"])
    edit.alter(edit.map, values)


def _expect(argument_map: ArgumentMap, seen: int | None) -> None:
    """Raise Conflict where the map's own fields changed after version `seen`.

    The map's row has no stamp of its own: each change of an element raises its version. So the log
    is asked, which is short of changes later than what someone has just looked at.
    """
    if seen is None or argument_map.version <= seen:
        return
    later = Change.objects.filter(map=argument_map, version__gt=seen, items__type="map")
    latest = later.order_by("-activity").first()
    if latest is not None:
        raise Conflict(argument_map, latest)


def _refuse_taken(slug: str) -> None:
    if ArgumentMap.objects.filter(slug=slug).exists():
        raise ValidationError({"slug": "This slug cannot be used."})


def delete_map(*, actor: User | None, argument_map: ArgumentMap) -> None:
    """Delete a map with all that is on it. Its log stays, without the map."""
    with editing(argument_map, actor=actor, verb=Verb.DELETE, needs=Role.OWNER) as edit:
        item = ChangeItem(type="map", key=edit.map.slug, before=record(edit.map), after=None)
        edit.map.activity += 1
        write_change(edit.map, actor=actor, verb=Verb.DELETE, items=[item])
        # Excerpts protect their sources, so they go first.
        edit.map.excerpts.all().delete()
        edit.map.delete()


def _made(row: ArgumentMap | Membership) -> ChangeItem:
    return ChangeItem(type=type_of(row), key=name_of(row), before=None, after=record(row))
