"""Putting a map away, and taking it back in use."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone

from argmap.actions.base import Edit, editing
from argmap.core.kinds import Role, Verb
from argmap.models import ArgumentMap, ChangeItem


def archive_map(*, actor: User | None, argument_map: ArgumentMap) -> None:
    """Archive a map: from now on it is read, and not written. Its owner may.

    The graph is as it was, so the version stays; the activity goes up. A map that is archived
    already stays as it is, without a Change.
    """
    with editing(argument_map, actor=actor, verb=Verb.ARCHIVE, needs=Role.OWNER) as edit:
        if edit.map.archived_at is None:
            _set(edit, timezone.now())
    argument_map.archived_at = edit.map.archived_at


def unarchive_map(*, actor: User | None, argument_map: ArgumentMap) -> None:
    """Take an archived map back in use; one that is in use stays so, without a Change."""
    with editing(argument_map, actor=actor, verb=Verb.ARCHIVE, needs=Role.OWNER) as edit:
        if edit.map.archived_at is not None:
            _set(edit, None)
    argument_map.archived_at = edit.map.archived_at


def _set(edit: Edit, at: datetime | None) -> None:
    edit.map.archived_at = at
    edit.map.save(update_fields=["archived_at"])
    before, after = {"archived": at is None}, {"archived": at is not None}
    # Not by `edit.log`, for which a map's row is part of its graph.
    edit.items.append(ChangeItem(type="map", key=edit.map.slug, before=before, after=after))
