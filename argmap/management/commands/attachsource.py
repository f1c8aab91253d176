"""`manage.py attachsource`: gives a source its text, and looks its excerpts up in it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from argmap import actions
from argmap.access import Archived
from argmap.management.lookup import bytes_of, map_named


class Command(BaseCommand):
    help = "Gives a source its text (plain text, UTF-8), and finds its excerpts in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="The map's.")
        parser.add_argument("key", help="The source's, as S1.")
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, slug: str, key: str, file: Path, **options: Any) -> None:
        argument_map = map_named(slug)
        data = bytes_of(file)
        try:
            attached = actions.attach_text(
                actor=None,
                argument_map=argument_map,
                key=key,
                data=data,
                media_type="text/plain",
            )
        except actions.Gone as error:
            raise CommandError(f'the map "{slug}" has no source "{key}"') from error
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from error
        except Archived as error:
            raise CommandError(
                f'the map "{slug}" is archived: it can be read, not written'
            ) from error
        if not attached.expected_hash:
            self.stderr.write(f"warning: {file} is not the file whose SHA-256 {key} names")
        self.stdout.write(
            f"{len(attached.found)} found, {len(attached.moved)} moved, "
            f"{len(attached.orphaned)} orphaned"
        )
        for excerpt in attached.orphaned:
            statement = excerpt.statement
            self.stdout.write(f"{excerpt.key} of {statement.key}: {statement.text}")
