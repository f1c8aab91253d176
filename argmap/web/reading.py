"""The outline as a page shows it: each line with the element that it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from argmap.core.graph import Graph, Inference, Statement
from argmap.core.outline import Branch, Line, outline


@dataclass(frozen=True, slots=True)
class Read:
    """One line; `statement` or `inference` is what it is about."""

    line: Line
    statement: Statement | None
    inference: Inference | None
    scheme: str

    @property
    def closes(self) -> range:
        """Once for each list that ends after the line."""
        return range(self.line.closes)

    @property
    def linked(self) -> bool:
        """Tell whether the line is about linked premises."""
        return self.inference is not None and len(self.inference.premises) > 1


@dataclass(frozen=True, slots=True)
class Part:
    """A branch of the outline; `first` is the line that it starts with.

    A `loose` one is a statement that takes part in no inference.
    """

    first: Read
    rest: list[Read]
    continues: bool
    loose: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """All branches, by why they stand where they do.

    `argued` start with what the rest of the map bears on; `continued` go on where one of those
    became too deep for a page.
    """

    argued: list[Part]
    continued: list[Part]
    loose: list[Part]


def read_outline(graph: Graph, schemes: Mapping[str, str]) -> Outline:
    """Return the outline of a whole map; `schemes` are names by slug."""
    parts = [_part(branch, graph, schemes) for branch in outline(graph)]
    return Outline(
        argued=[part for part in parts if not part.continues and not part.loose],
        continued=[part for part in parts if part.continues],
        loose=[part for part in parts if part.loose],
    )


def _part(branch: Branch, graph: Graph, schemes: Mapping[str, str]) -> Part:
    first, *rest = _read(branch, graph, schemes)
    loose = branch.alone and branch.key in graph.statement and not graph.starting_from(branch.key)
    return Part(first, rest, branch.continues, loose)


def _read(branch: Branch, graph: Graph, schemes: Mapping[str, str]) -> Iterator[Read]:
    for line in branch.lines:
        inference = graph.inference.get(line.key)
        slug = inference.scheme if inference else None
        scheme = schemes.get(slug, slug) if slug else ""
        yield Read(line, graph.statement.get(line.key), inference, scheme)
