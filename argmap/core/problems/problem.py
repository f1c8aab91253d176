"""A problem of a graph: what it is, how much it weighs, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from argmap.core.graph import key_order
from argmap.core.kinds import Word
from argmap.core.places import Place

T = TypeVar("T")

_FEW = 8
"""Keys that a message lists; a circle through a large map may hold thousands."""


class Weight(Word):
    """How much a problem weighs: an error may not be stored, the others deserve a look."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """Place in the order of weights, 0 for the heaviest."""
        return list(Weight).index(self)


class Code(Word):
    """The kinds of problem. The value names one in the API."""

    TOO_MANY = "too_many"
    WRONG_LETTER = "wrong_letter"
    DUPLICATE_KEY = "duplicate_key"
    EMPTY_TEXT = "empty_text"
    LONG_TEXT = "long_text"
    FORBIDDEN_CHARACTER = "forbidden_character"
    OUT_OF_RANGE = "out_of_range"
    MALFORMED = "malformed"
    UNKNOWN_SOURCE = "unknown_source"
    UNKNOWN_PREMISE = "unknown_premise"
    UNKNOWN_CONCLUSION = "unknown_conclusion"
    NO_PREMISE = "no_premise"
    REPEATED_PREMISE = "repeated_premise"
    CONCLUDES_IN_ITSELF = "concludes_in_itself"
    BEGS_THE_QUESTION = "begs_the_question"
    INFERENCE_RING = "inference_ring"

    CIRCULAR_SUPPORT = "circular_support"
    UNSUPPORTED_CLAIM = "unsupported_claim"
    ORPHANED_STATEMENT = "orphaned_statement"
    DANGLING_STATEMENT = "dangling_statement"
    DUPLICATED_TEXT = "duplicated_text"
    DUPLICATED_INFERENCE = "duplicated_inference"
    BOTH_STANCES = "both_stances"
    LIKELIHOOD_ALONE = "likelihood_alone"

    EVIDENCE_WITHOUT_EXCERPT = "evidence_without_excerpt"
    UNGRADED_EVIDENCE = "ungraded_evidence"
    UNGRADED_SOURCE = "ungraded_source"
    UNUSED_SOURCE = "unused_source"

    @property
    def weight(self) -> Weight:
        """How much a problem of this kind weighs."""
        if self in _WARNINGS:
            return Weight.WARNING
        return Weight.HINT if self in _HINTS else Weight.ERROR


_WARNINGS = frozenset(
    {
        Code.CIRCULAR_SUPPORT,
        Code.UNSUPPORTED_CLAIM,
        Code.ORPHANED_STATEMENT,
        Code.DANGLING_STATEMENT,
        Code.DUPLICATED_TEXT,
        Code.DUPLICATED_INFERENCE,
        Code.BOTH_STANCES,
        Code.LIKELIHOOD_ALONE,
    }
)
_HINTS = frozenset(
    {
        Code.EVIDENCE_WITHOUT_EXCERPT,
        Code.UNGRADED_EVIDENCE,
        Code.UNGRADED_SOURCE,
        Code.UNUSED_SOURCE,
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `key` is the element's, "" for the map itself.

    `place` is where it stands in the native format of the graph, whose elements are in canonical
    order: inferences[2].premises[0].
    """

    code: Code
    key: str
    message: str
    place: Place

    @property
    def weight(self) -> Weight:
        """How much it weighs; the code says so."""
        return self.code.weight

    def __str__(self) -> str:
        """Name the place and say what is wrong, on one line."""
        return f"{self.place}: {self.message}"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems with the heaviest first, then by natural order of keys."""
    return tuple(sorted(problems, key=_order))


def _order(problem: Problem) -> tuple[int, tuple[str, int]]:
    return problem.weight.rank, key_order(problem.key) if problem.key else ("", 0)


def placed(name: str, elements: Iterable[T]) -> Iterator[tuple[Place, T]]:
    """Yield each element of the graph's list `name` with its place."""
    for number, element in enumerate(elements):
        yield Place((name, number)), element


def listed(keys: list[str]) -> str:
    """Return the first few keys as a message names them, and how many more there are."""
    shown = ", ".join(keys[:_FEW])
    return shown if len(keys) <= _FEW else f"{shown} and {len(keys) - _FEW} more"
