"""What a loader has to say: the graph that it read, what it lost, or why it read nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from argmap.core.graph import Graph
from argmap.core.places import Place
from argmap.core.problems import Problem

Record = Mapping[str, Any]
"""A comment, a review or an answer, as the native format writes it."""


class FormatError(ValueError):
    """A file that cannot be read. It names the place: statements[3].kind: …

    `place` is a Place in a structured file, or words ("line 3, column 7"), "" for the whole file.
    """

    def __init__(self, place: Place | str, message: str) -> None:
        self.place = place
        self.message = message
        where = str(place)
        super().__init__(f"{where}: {message}" if where else message)


@dataclass(frozen=True, slots=True)
class Loss:
    """Something in a file that the graph has no room for, and that was left out."""

    place: Place | str
    message: str

    def __str__(self) -> str:
        """Name the place and say what was lost, on one line."""
        where = str(self.place)
        return f"{where}: {self.message}" if where else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a loader returns: a graph, with each loss and each problem that it met."""

    graph: Graph
    losses: tuple[Loss, ...] = ()
    problems: tuple[Problem, ...] = ()
    comments: tuple[Record, ...] = ()
    reviews: tuple[Record, ...] = ()
    answers: tuple[Record, ...] = ()
