"""The outline as a page shows it: each line with the element that it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse

from argmap.core.boxes import NO_MARKS, Marks
from argmap.core.focus import View
from argmap.core.graph import Graph, Inference, Statement
from argmap.core.heard import hidden_in_words
from argmap.core.outline import Branch, Line, outline
from argmap.core.sentences import listed
from argmap.models import ArgumentMap
from argmap.review import unanswered
from argmap.web.marks import marks_of
from argmap.web.viewing import Wish

INDENTED = 10
"""The deepest level, from 0, that is set in further than the one above it: beyond, texts would become
too narrow to be read, and lines say their level and what they are about instead."""


@dataclass(frozen=True, slots=True)
class Read:
    """One line; `statement` or `inference` is what it is about.

    `hidden` says in words what is hidden below it, and `opening` is the address that shows that.
    `unanswered` counts the critical questions about an inference that nobody has answered.
    """

    line: Line
    statement: Statement | None
    inference: Inference | None
    scheme: str
    hidden: str = ""
    opening: str = ""
    unanswered: int = 0

    @property
    def closes(self) -> range:
        """Once for each list that ends after the line."""
        return range(self.line.closes)

    @property
    def is_deep(self) -> bool:
        """Tell whether the line is set in no further than the one that it hangs from."""
        return self.line.level > INDENTED

    @property
    def opens_deep(self) -> bool:
        """Tell whether that is so of the lines below it."""
        return self.line.level >= INDENTED

    @property
    def linked(self) -> str:
        """The keys of linked premises, "E1 and E2"; "" where the line is not about any."""
        premises = self.inference.premises if self.inference else ()
        return listed(premises) if len(premises) > 1 else ""


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


def read_outline(
    view: View,
    schemes: Mapping[str, str],
    opening: Callable[[str], str],
    unanswered: Mapping[str, int],
    marks: Mapping[str, Marks] = NO_MARKS,
) -> Outline:
    """Return the outline of a view.

    `schemes` are names by slug; `opening` gives the address that shows what lies hidden below a
    statement; `unanswered` counts the open critical questions about inferences, by key;
    of `marks` lines say the questions that are hidden below them.
    """
    reader = _Reader(view, schemes, opening, unanswered, marks)
    parts = [reader.part(branch) for branch in outline(view.graph)]
    return Outline(
        argued=[part for part in parts if not part.continues and not part.loose],
        continued=[part for part in parts if part.continues],
        loose=[part for part in parts if part.loose],
    )


def outline_of(
    argument_map: ArgumentMap, view: View, schemes: Mapping[str, str], opening: Callable[[str], str]
) -> Outline:
    """Return the outline of a view of a map, with what people have said of what it hides.

    The queries of `unanswered`, and one for the threads, where anything is hidden.
    """
    marks = marks_of(argument_map, view) if view.hidden_under else NO_MARKS
    return read_outline(view, schemes, opening, unanswered(argument_map), marks)


def line_address(argument_map: ArgumentMap, wish: Wish, key: str = "") -> str:
    """Return the address of the outline of a view, at the line of `key` where one is given."""
    page = reverse("outline", args=[argument_map.slug])
    return f"{page}{wish.query}{f'#o-{key}' if key else ''}"


@dataclass(frozen=True, slots=True)
class _Reader:
    view: View
    schemes: Mapping[str, str]
    opening: Callable[[str], str]
    unanswered: Mapping[str, int]
    marks: Mapping[str, Marks]

    def part(self, branch: Branch) -> Part:
        first, *rest = map(self.read, branch.lines)
        graph = self.view.graph
        is_loose = (
            branch.alone
            and branch.key in graph.statement
            and not graph.starting_from(branch.key)
            and not first.hidden
        )
        return Part(first, rest, branch.continues, is_loose)

    def read(self, line: Line) -> Read:
        graph: Graph = self.view.graph
        inference = graph.inference.get(line.key)
        slug = inference.scheme if inference else None
        scheme = self.schemes.get(slug, slug) if slug else ""
        hidden = self.hidden(line.key) if line.full else ""
        opening = self.opening(line.key) if hidden else ""
        return Read(
            line,
            graph.statement.get(line.key),
            inference,
            scheme,
            hidden,
            opening,
            self.unanswered.get(line.key, 0) if line.full else 0,
        )

    def hidden(self, key: str) -> str:
        asked = self.marks[key].hidden_questions if key in self.marks else 0
        return hidden_in_words(self.view.hidden_kinds.get(key, {}), asked)
