"""The argument graph: statements, and the inferences that join them.

The values here are frozen and know nothing of databases or pages. A Graph keeps its elements in
canonical order (natural order of their keys), so that the same map always gives the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, Protocol, TypeVar

from argmap.core.kinds import (
    Confidence,
    Credibility,
    Kind,
    Likelihood,
    Marking,
    Reliability,
    Stance,
    Status,
)

KEY = re.compile(r"[A-Z]([1-9][0-9]{0,8})\Z")
"""What a key looks like: one capital letter and a positive number without leading zeros."""

SOURCE_LETTER, EXCERPT_LETTER, INFERENCE_LETTER = "S", "X", "I"

Foreign = Mapping[str, Any]
"""What another tool said of an element that has no place here."""


@lru_cache(maxsize=2**16)  # the same keys stand in every version of every map
def key_order(key: str) -> tuple[str, int]:
    """Return what natural order sorts by: C2 before C10, and letters apart.

    Raises ValueError where `key` is no key.
    """
    match = KEY.match(key)
    if match is None:
        raise ValueError(f"not a key: {key!r}")
    return key[0], int(match[1])


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=_Keyed)
T = TypeVar("T")


def in_key_order(elements: Iterable[K]) -> tuple[K, ...]:
    """Return the elements in natural order of their keys. Raises ValueError for what is no key."""
    return tuple(sorted(elements, key=lambda element: _place(element.key)))


@lru_cache(maxsize=2**16)
def _place(key: str) -> float:
    """Return `key_order` as one number: to sort by pairs takes twice as long."""
    letter, number = key_order(key)
    return ord(letter) * 1e9 + number


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a quotation stands in its document, by what a reader can count.

    `section` is the heading ("" before the first one); `paragraph` and `sentence` start at 1;
    `last_sentence` closes a range within the paragraph; `length` is that of the normalised
    quotation in code points.
    """

    section: str
    paragraph: int
    sentence: int
    last_sentence: int | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A stretch of a source that a statement rests on.

    `exact`, `prefix` and `suffix` are a W3C TextQuoteSelector, `start` and `end` (code points,
    end exclusive) a TextPositionSelector; all are None while the excerpt is detached. `sha256` is
    of the normalised quotation (see anchors.normalise) in UTF-8, as 64 hexadecimal digits.
    """

    key: str
    source: str
    locator: Locator | None = None
    exact: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None

    @property
    def detached(self) -> bool:
        """Tell whether the excerpt names its place and hash only, without the words."""
        return self.exact is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document. `published` is a date of reduced precision: 2017, 2017-02 or 2017-02-16."""

    key: str
    title: str
    authors: tuple[str, ...] = ()
    publisher: str = ""
    published: str | None = None
    url: str | None = None
    note: str = ""
    reliability: Reliability | None = None
    sha256: str | None = None
    media_type: str = ""
    foreign: Foreign = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence that can be true or false. `base_score` is in [0, 1], None where derived."""

    key: str
    kind: Kind
    text: str
    title: str = ""
    note: str = ""
    likelihood: Likelihood | None = None
    confidence: Confidence | None = None
    credibility: Credibility | None = None
    base_score: float | None = None
    status: Status = Status.DRAFT
    tags: tuple[str, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    foreign: Foreign = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """One step from premises (keys of statements) to a conclusion (key of either).

    Two or more premises are linked. `weight` is in [0, 1]; `scheme` is the slug of a scheme.
    """

    key: str
    stance: Stance
    premises: tuple[str, ...]
    conclusion: str
    scheme: str | None = None
    warrant: str = ""
    weight: float = 1.0
    foreign: Foreign = field(default_factory=dict, hash=False)

    @property
    def bears_on_inference(self) -> bool:
        """Tell whether this undercuts or backs an inference rather than meeting a statement."""
        return self.conclusion.startswith(INFERENCE_LETTER)

    @property
    def relation(self) -> str:
        """How the conclusion would say it: "supported by", "undercut by", …"""
        if not self.bears_on_inference:
            return self.stance.passive
        return "undercut by" if self.stance is Stance.ATTACK else "backed by"


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A whole map: its own fields, and its elements in canonical order with indexes.

    The constructor sorts; it does not judge. What is wrong with a graph is said by
    `problems.violations` (what may not be stored) and `problems.lint` (what deserves a look).
    """

    slug: str = ""
    title: str = ""
    issue: str = ""
    summary: str = ""
    marking: Marking = Marking.CLEAR
    version: int = 0
    sources: tuple[Source, ...] = ()
    statements: tuple[Statement, ...] = ()
    inferences: tuple[Inference, ...] = ()
    foreign: Foreign = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Put each list in natural order of its keys."""
        for name in ("sources", "statements", "inferences"):
            object.__setattr__(self, name, in_key_order(getattr(self, name)))

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by key."""
        return {source.key: source for source in self.sources}

    @cached_property
    def statement(self) -> Mapping[str, Statement]:
        """Statements by key."""
        return {statement.key: statement for statement in self.statements}

    @cached_property
    def inference(self) -> Mapping[str, Inference]:
        """Inferences by key."""
        return {inference.key: inference for inference in self.inferences}

    @cached_property
    def _bearing_on(self) -> Mapping[str, tuple[Inference, ...]]:
        grouped: dict[str, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            grouped[inference.conclusion].append(inference)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def _starting_from(self) -> Mapping[str, tuple[Inference, ...]]:
        grouped: dict[str, list[Inference]] = defaultdict(list)
        for inference in self.inferences:
            for premise in dict.fromkeys(inference.premises):
                grouped[premise].append(inference)
        return {key: tuple(found) for key, found in grouped.items()}

    @cached_property
    def _found(self) -> dict[Callable[[Graph], Any], Any]:
        return {}

    @property
    def joined(self) -> Graph:
        """A graph that is joined alike and keeps what walks found: itself, but see walk.worded."""
        found: Graph = vars(self).get("_joined", self)
        return found

    def once(self, find: Callable[[Graph], T]) -> T:
        """Return `find(graph)`, found at the first asking and kept: a graph never changes."""
        try:
            found: T = self._found[find]
        except KeyError:
            found = self._found[find] = find(self)
        return found

    def bearing_on(self, key: str) -> tuple[Inference, ...]:
        """Return the inferences whose conclusion is `key`, in canonical order."""
        return self._bearing_on.get(key, ())

    def starting_from(self, key: str) -> tuple[Inference, ...]:
        """Return the inferences that have statement `key` among their premises."""
        return self._starting_from.get(key, ())

    def has(self, key: str) -> bool:
        """Tell whether `key` names a statement or an inference of this graph."""
        return key in self.statement or key in self.inference
