"""The outline: a map as nested lists, which say all that the drawing shows.

A statement stands above the inferences that bear on it, and an inference above its premises and
above what undercuts or backs it. What a walk meets again is named there and not said twice.
Nothing is left out: cycles, orphans and inferences whose conclusion is missing are all listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from argmap.core import walk
from argmap.core.graph import Graph

DEEPEST = 40
"""The deepest level of a list, from 0. Browsers stop nesting at some 500 elements, readers sooner;
what lies deeper starts a list of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an outline.

    `level` counts from 0 for the line that a list starts with. `full` lines say what their element
    says; the others name one that is said in full elsewhere. A line `opens` a list of the lines
    below it, and is the last one of `closes` lists.
    """

    key: str
    level: int
    full: bool
    opens: bool
    closes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A list that starts with one statement (or, where its conclusion is missing, an inference).

    `continues` marks one that goes on where another reached the deepest level.
    """

    lines: tuple[Line, ...]
    continues: bool = False

    @property
    def key(self) -> str:
        """The key of the element that the list starts with."""
        return self.lines[0].key

    @property
    def alone(self) -> bool:
        """Tell whether nothing bears on what the list starts with."""
        return len(self.lines) == 1


def outline(graph: Graph, deepest: int = DEEPEST) -> tuple[Branch, ...]:
    """Return the branches of `graph`: from its roots, then what those did not reach.

    Each statement and each inference has exactly one full line. `deepest` is at least 1.
    """
    said: set[str] = set()
    branches: list[Branch] = []
    starts = [*walk.roots(graph), *(inference.key for inference in graph.inferences)]
    for start in starts:
        waiting = [] if start in said else [start]
        while waiting:
            key = waiting.pop(0)
            if key in said:
                continue
            continues = key != start
            steps, cut = _walked(graph, key, said, deepest)
            branches.append(Branch(lines=_lines(steps), continues=continues))
            waiting.extend(cut)
    return tuple(branches)


def _walked(
    graph: Graph, start: str, said: set[str], deepest: int
) -> tuple[list[tuple[str, int, bool]], list[str]]:
    """Walk down from `start`, adding to `said`.

    Return key, level and fullness of each line, and the keys that lay too deep to go on with.
    """
    steps: list[tuple[str, int, bool]] = []
    cut: list[str] = []
    waiting = [(start, 0)]
    while waiting:
        key, level = waiting.pop()
        below = walk.downward(graph, key)
        if key not in said and level >= deepest and below:
            cut.append(key)
            steps.append((key, level, False))
            continue
        steps.append((key, level, key not in said))
        if key not in said:
            said.add(key)
            waiting.extend((found, level + 1) for found in reversed(_once(below)))
    return steps, cut


def _once(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))


def _lines(steps: Sequence[tuple[str, int, bool]]) -> tuple[Line, ...]:
    levels = [level for _, level, _ in steps]
    following = [*levels[1:], 0]
    return tuple(
        Line(key=key, level=level, full=full, opens=after > level, closes=max(0, level - after))
        for (key, level, full), after in zip(steps, following, strict=True)
    )
