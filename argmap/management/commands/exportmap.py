"""`manage.py exportmap`: a map as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from argmap.core.formats import FormatError, native
from argmap.core.graph import Graph
from argmap.exports import EXPORTS, PARTS, write, write_with
from argmap.graphs import TornRead, load_graph
from argmap.management.lookup import map_named
from argmap.models import ArgumentMap, Snapshot
from argmap.render import DrawingFailedError

NATIVE = "json"


class Command(BaseCommand):
    help = "Writes a map to standard output or to a file."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Let --version be ours: Django has one too, for its own."""
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--format", default=NATIVE, help=f"One of {', '.join(EXPORTS)}.")
        parser.add_argument("--output", type=Path, help="A file; standard output where left out.")
        parser.add_argument(
            "--version",
            type=int,
            help="A version that a snapshot keeps; the present one where left out.",
        )
        parser.add_argument(
            "--include",
            default="",
            help=f"What to add to the graph, with commas between: {', '.join(PARTS)}. For "
            f"{NATIVE}, at the present version. Ratings, which are given blind, and rounds are in "
            "no file.",
        )

    def handle(
        self, *args: Any, slug: str, output: Path | None, version: int | None, **options: Any
    ) -> None:
        name = options["format"]
        if name not in EXPORTS:
            raise CommandError(f'there is no format "{name}": choose one of {", ".join(EXPORTS)}')
        parts = parts_named(options["include"], name, version)
        argument_map = map_named(slug)
        try:
            if parts:
                content = write_with(argument_map, parts)
            else:
                content = write(graph_at(argument_map, version), name)
        except (DrawingFailedError, TornRead) as error:
            raise CommandError(str(error)) from error
        if output is None:
            pour(content, self.stdout)
        else:
            save(content, output)


def parts_named(given: str, name: str, version: int | None) -> list[str]:
    """Return the parts that are to be added, and refuse what nothing could be added to."""
    parts = [part.strip() for part in given.split(",") if part.strip()]
    for part in parts:
        if part not in PARTS:
            raise CommandError(f'nothing is called "{part}": --include takes {", ".join(PARTS)}')
    if parts and (name != NATIVE or version is not None):
        raise CommandError(f"--include is for {NATIVE}, at the present version")
    return parts


def graph_at(argument_map: ArgumentMap, version: int | None) -> Graph:
    """Return the graph as it was in a version, the present one for None."""
    graph = load_graph(argument_map)
    if version is None or version == graph.version:
        return graph
    kept = Snapshot.objects.filter(map=argument_map, version=version).first()
    if kept is None:
        raise CommandError(
            f"version {version} is not kept: the map is at {graph.version}, "
            "and no snapshot is of that version"
        )
    try:
        return native.load(kept.content).graph
    except FormatError as error:
        raise CommandError(f'the snapshot "{kept.name}" cannot be read: {error}') from error


def pour(content: bytes, stdout: OutputWrapper) -> None:
    """Write bytes to standard output as they are, pictures included."""
    raw = getattr(stdout, "buffer", None)
    if raw is None:
        stdout.write(content.decode(), ending="")
        return
    raw.write(content)
    raw.flush()


def save(content: bytes, path: Path) -> None:
    """Write bytes to a file."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
