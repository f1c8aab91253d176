"""`manage.py seed`: the schemes, the seed maps, and with --demo the accounts to try them with."""

from __future__ import annotations

import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core import serializers
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from argmap import actions
from argmap.core.formats import FormatError, native
from argmap.core.kinds import Role, Visibility
from argmap.models import ArgumentMap

FIXTURES = settings.BASE_DIR / "fixtures"
SEEDS = settings.BASE_DIR / "seeds"


class Command(BaseCommand):
    help = "Loads the schemes and the maps in seeds/. What exists already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="Add the demo accounts (with DEBUG on only)."
        )

    @transaction.atomic
    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        if demo and not settings.DEBUG:
            raise CommandError("--demo makes accounts whose passwords are known: set DEBUG=1 first")
        load_missing(FIXTURES / "schemes.json")
        new = [made for path in sorted(SEEDS.glob("*/map.toml")) if (made := seed_map(path))]
        for argument_map in new:
            self.stdout.write(f"made the map {argument_map.slug}")
        if demo:
            load_missing(FIXTURES / "demo_accounts.json")
            cast = tomllib.loads((SEEDS / "demo.toml").read_text(encoding="utf-8"))
            for path in sorted(SEEDS.glob("*/map.toml")):
                give_to_cast(path.parent.name, cast)
            for name, password in accounts(cast):
                self.stdout.write(f"{name} {password}")


def load_missing(path: Path) -> None:
    """Save those objects of a fixture that the database does not have yet.

    `loaddata` would put back what someone has edited since.
    """
    for entry in serializers.deserialize("json", path.read_text(encoding="utf-8")):
        # The deserializer sets the primary key of whatever its natural key finds.
        if entry.object.pk is None:
            entry.save()


def seed_map(path: Path) -> ArgumentMap | None:
    """Make the map in a seed folder; None where it is there already."""
    if ArgumentMap.objects.filter(slug=path.parent.name).exists():
        return None
    try:
        graph = native.load_toml(path.read_text(encoding="utf-8")).graph
    except FormatError as error:
        raise CommandError(f"{path}: {error}") from error
    made = actions.import_graph(
        actor=None, graph=graph, slug=path.parent.name, visibility=Visibility.MEMBERS
    )
    return made.map


def give_to_cast(slug: str, cast: dict[str, Any]) -> None:
    """Give a seed map that nobody owns its members, and the comments that they made on it."""
    argument_map = ArgumentMap.objects.get(slug=slug)
    if argument_map.memberships.filter(role=Role.OWNER).exists():
        return
    for name, role in cast["members"].items():
        user = User.objects.get(username=name)
        actions.set_member(actor=None, argument_map=argument_map, user=user, role=role)
    for thread in cast["threads"]:
        if thread["map"] == slug:
            start_thread(argument_map, thread)


def start_thread(argument_map: ArgumentMap, thread: dict[str, Any]) -> None:
    """Post a thread's comments, each by its author."""
    parent = None
    for comment in thread["comments"]:
        posted = actions.add_comment(
            actor=User.objects.get(username=comment["author"]),
            argument_map=argument_map,
            about=thread["about"],
            kind=comment.get("kind", "comment"),
            flag=comment.get("flag", ""),
            body=comment["body"],
            parent=parent,
        )
        parent = parent or posted.pk


def accounts(cast: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each demo account with its password, or a word that it is no longer that."""
    for name, password in cast["passwords"].items():
        user = User.objects.filter(username=name).first()
        known = user is not None and user.check_password(password)
        yield name, password if known else "(changed)"
