"""The vocabularies of argument mapping, as enums that carry their behaviour.

Every closed set of words that argmap stores, shows or exchanges is defined here, once. Values are
what files and the API hold; `label` is what a person reads.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Word(StrEnum):
    """A member of a vocabulary: its value is stored, its label is shown.

    What a member says of itself is made at the first asking and kept: drawings ask for each box.
    """

    @cached_property
    def label(self) -> str:
        """What a person reads: the value with a capital and without underscores."""
        return self.value.replace("_", " ").capitalize()

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs in order of definition, as form fields want them."""
        return [(word.value, word.label) for word in cls]


class Kind(Word):
    """What a statement does in the argument (an AIF I-node)."""

    CLAIM = "claim"
    EVIDENCE = "evidence"
    COUNTERARGUMENT = "counterargument"

    @cached_property
    def letter(self) -> str:
        """The letter that keys of this kind start with: C, E or K."""
        return {Kind.CLAIM: "C", Kind.EVIDENCE: "E", Kind.COUNTERARGUMENT: "K"}[self]

    @cached_property
    def plural(self) -> str:
        """The word for several: evidence is a mass noun and stays as it is."""
        return self.value if self is Kind.EVIDENCE else f"{self.value}s"


class Stance(Word):
    """Which way an inference bears on its conclusion (an AIF RA- or CA-node)."""

    SUPPORT = "support"
    ATTACK = "attack"

    @cached_property
    def verb(self) -> str:
        """The verb for one premise: "supports" or "attacks"."""
        return f"{self.value}s"

    @cached_property
    def passive(self) -> str:
        """The relation seen from the conclusion: "supported by" or "attacked by"."""
        return f"{self.value}ed by"


class Reliability(Word):
    """Admiralty grade of a source (NATO AJP-2.1). F means "cannot be judged", not "worst"."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @cached_property
    def label(self) -> str:
        """The grade and its meaning."""
        return f"{self.value} · {_RELIABILITY[self.value]}"


_RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}


class Credibility(Word):
    """Admiralty grade of a piece of information (NATO AJP-2.1). 6 means "cannot be judged"."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    CANNOT_BE_JUDGED = "6"

    @cached_property
    def label(self) -> str:
        """The grade and its meaning."""
        return f"{self.value} · {_CREDIBILITY[self.value]}"


_CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


class Band(NamedTuple):
    """A half-open interval of probability: `lower` belongs to it, `upper` does not."""

    lower: float
    upper: float


class Likelihood(Word):
    """How probable a statement is: the seven bands of ICD 203, section D.6.e(2)(a).

    ICD 203 lets neighbouring bands share an end (05-20, 20-45); here they are half-open, so that
    each probability falls in one band only.
    """

    ALMOST_NO_CHANCE = "almost_no_chance"
    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly_even_chance"
    LIKELY = "likely"
    VERY_LIKELY = "very_likely"
    ALMOST_CERTAIN = "almost_certain"

    @property
    def band(self) -> Band:
        """The probabilities that the words stand for, in [0, 1]."""
        return _BANDS[self.value]

    @property
    def percent(self) -> str:
        """The band as people write it: "55–80 %"."""
        return f"{self.band.lower * 100:.0f}–{self.band.upper * 100:.0f} %"


_BANDS = {
    "almost_no_chance": Band(0.01, 0.05),
    "very_unlikely": Band(0.05, 0.20),
    "unlikely": Band(0.20, 0.45),
    "roughly_even_chance": Band(0.45, 0.55),
    "likely": Band(0.55, 0.80),
    "very_likely": Band(0.80, 0.95),
    "almost_certain": Band(0.95, 0.99),
}


class Confidence(Word):
    """How well founded a judgement is (ICD 203), apart from how probable it says a thing is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Status(Word):
    """How far the work on a statement has come."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    CONTESTED = "contested"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Marking(Word):
    """The Traffic Light Protocol 2.0 (FIRST): how far a map may be passed on."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"

    @cached_property
    def label(self) -> str:
        """The marking as FIRST writes it."""
        return self.value


class Visibility(Word):
    """Who may read a map."""

    PRIVATE = "private"
    MEMBERS = "members"
    PUBLIC = "public"


class Role(Word):
    """What a member may do with a map. Each role may do all that the ones before it may."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    OWNER = "owner"

    @cached_property
    def rank(self) -> int:
        """Place in the order of roles, 0 for the one that may do least."""
        return list(Role).index(self)

    def may(self, needed: Role) -> bool:
        """Tell whether this role may do what `needed` may."""
        return self.rank >= needed.rank

    @classmethod
    def at_least(cls, needed: Role) -> list[Role]:
        """Return the roles that may do what `needed` may."""
        return [role for role in cls if role.may(needed)]


class CommentKind(Word):
    """What a comment asks of the analyst."""

    COMMENT = "comment"
    QUESTION = "question"
    CHALLENGE = "challenge"
    SUGGESTION = "suggestion"


class Flag(Word):
    """What a comment says is wrong with its target."""

    NEEDS_SOURCE = "needs_source"
    UNCLEAR = "unclear"
    NOT_RELEVANT = "not_relevant"
    OVERSTATED = "overstated"
    DUPLICATE = "duplicate"
    OUTDATED = "outdated"
    OUT_OF_SCOPE = "out_of_scope"


class CommentState(Word):
    """Where a thread of comments stands."""

    OPEN = "open"
    RESOLVED = "resolved"


class Proposed(Word):
    """What a suggestion would do to the graph."""

    EDIT = "edit"
    SUPPORT = "support"
    ATTACK = "attack"

    @property
    def stance(self) -> Stance | None:
        """The stance of the inference that a new statement comes with; None for an edit."""
        return None if self is Proposed.EDIT else Stance(self.value)


class Settlement(Word):
    """What became of a suggestion. Amended: accepted in other words than were suggested."""

    OPEN = "open"
    ACCEPTED = "accepted"
    AMENDED = "amended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verdict(Word):
    """A reviewer's judgement of a whole map."""

    SOUND = "sound"
    SOUND_WITH_CHANGES = "sound_with_changes"
    NOT_SOUND = "not_sound"
    ABSTAIN = "abstain"

    @property
    def asks_for_change(self) -> bool:
        """Whether the verdict is of use only with a summary that says what is wrong."""
        return self in {Verdict.SOUND_WITH_CHANGES, Verdict.NOT_SOUND}


class Frequency(Word):
    """How often someone is told by e-mail what concerns them."""

    OFF = "off"
    DAILY = "daily"
    AT_ONCE = "at_once"


class Satisfaction(Word):
    """What an answer to a critical question says of the inference that is asked about."""

    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOT_APPLICABLE = "not_applicable"


class Verb(Word):
    """What a Change did."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"
    JOIN = "join"
    SPLIT = "split"
    PASTE = "paste"
    UNDO = "undo"
    REDO = "redo"
    IMPORT = "import"
    ATTACH = "attach"
    COMMENT = "comment"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    REVIEW = "review"
    SHARE = "share"
    SNAPSHOT = "snapshot"
    COPY = "copy"
    MOVE = "move"
    MERGE = "merge"
    RESTORE = "restore"
    ARCHIVE = "archive"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    RATE = "rate"
    ASK = "ask"
    CLOSE = "close"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


class Outcome(Word):
    """What came of looking for an excerpt in a document."""

    FOUND = "found"
    MOVED = "moved"
    ORPHANED = "orphaned"
