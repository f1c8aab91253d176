"""`manage.py importmap`: a map from a file, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sized
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from argmap import actions
from argmap.core.formats import FORMATS, Format, FormatError, Loaded, decode, recognise
from argmap.management.lookup import bytes_of, user_named
from argmap.models import ArgumentMap

READABLE = [each.name for each in FORMATS.values() if each.load]


class Command(BaseCommand):
    help = "Makes a map of a file. Without an owner it is private, and nobody's but superusers'."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--format", help=f"One of {', '.join(READABLE)}; guessed from the content if left out."
        )
        parser.add_argument("--slug", default="", help="The map's; that of the file if left out.")
        parser.add_argument("--owner", help="The name of the user who will own the map.")

    def handle(self, *args: Any, file: Path, slug: str, owner: str | None, **options: Any) -> None:
        user = user_named(owner) if owner else None
        try:
            text = decode(bytes_of(file))
            form, load = recognise(text, options["format"])
            loaded = load(text)
        except FormatError as error:
            raise CommandError(f"{file}: {error}") from error
        refuse_taken(slug or loaded.graph.slug)
        try:
            made = actions.import_graph(
                actor=None,
                graph=loaded.graph,
                owner=user,
                slug=slug,
                comments=loaded.comments,
                reviews=loaded.reviews,
                answers=loaded.answers,
            )
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from error
        self.report(form, loaded, made)

    def report(self, form: Format, loaded: Loaded, made: actions.Imported) -> None:
        """Say what was read, and all that was not."""
        graph = loaded.graph
        self.stdout.write(
            f"{made.map.slug}: {form.label}, version {graph.version}, "
            f"{counted(graph.statements, 'statement')}, "
            f"{counted(graph.inferences, 'inference')}, {counted(graph.sources, 'source')}"
            f"{also(loaded.comments, 'comment')}{also(loaded.reviews, 'review')}"
            f"{also(loaded.answers, 'answer')}"
        )
        for loss in (*loaded.losses, *made.losses):
            self.stdout.write(f"lost: {loss}")
        for problem in loaded.problems:
            self.stdout.write(f"{problem.weight}: {problem}")
        for scheme in made.new_schemes:
            self.stdout.write(f"new scheme, without questions: {scheme}")


def refuse_taken(slug: str) -> None:
    """Refuse a slug that a map has: to number it would hide that there are two."""
    if slug and ArgumentMap.objects.filter(slug=slug).exists():
        raise CommandError(f'there is a map "{slug}" already: choose another with --slug')


def also(found: Sized, word: str) -> str:
    """Return how many there are, after a comma; nothing where there are none."""
    return f", {counted(found, word)}" if found else ""


def counted(found: Sized, word: str) -> str:
    """Return how many there are, in words: "1 source", "2 sources"."""
    return f"{len(found)} {word}{pluralize(len(found))}"
