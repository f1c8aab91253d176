"""Finding what a command names, with one line of error where it is not there."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from argmap.models import ArgumentMap


def map_named(slug: str) -> ArgumentMap:
    """Return the map with this slug. Whoever runs commands may read all of them."""
    found = ArgumentMap.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f'there is no map "{slug}"')
    return found


def user_named(name: str) -> User:
    """Return the user with this name."""
    found = User.objects.filter(username=name).first()
    if found is None:
        raise CommandError(f'there is no user "{name}"')
    return found


def bytes_of(path: Path) -> bytes:
    """Return what a file holds."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
