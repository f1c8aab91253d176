"""Freezing a version of a map under a name, so that it can be cited."""

from __future__ import annotations

from hashlib import sha256

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap import graphs
from argmap.actions.base import SYSTEM, editing
from argmap.core.formats import native
from argmap.core.kinds import Verb
from argmap.models import ArgumentMap, Snapshot


def take_snapshot(*, actor: User | None, argument_map: ArgumentMap, name: str) -> Snapshot:
    """Keep the map as it stands, as the bytes of argmap/1 and their SHA-256, under `name`.

    A snapshot is never changed, and its name is the map's only one. The version stays as it is.
    Raises ValidationError by field.
    """
    with editing(argument_map, actor=actor, verb=Verb.SNAPSHOT) as edit:
        name = name.strip()
        if edit.map.snapshots.filter(name=name).exists():
            told = f"This map has a snapshot of this name already: {name}. Choose another name."
            raise ValidationError({"name": told})
        content = native.dump(graphs.load_graph(edit.map))
        return edit.add(
            Snapshot(
                map=edit.map,
                name=name,
                version=edit.map.version,
                content=content,
                sha256=sha256(content.encode()).hexdigest(),
                made_by=actor,
                made_by_name=actor.get_username() if actor else SYSTEM,
            )
        )
