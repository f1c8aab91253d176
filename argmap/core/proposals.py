"""What a suggestion would do to the graph: a closed shape, checked, and said for display.

A proposal edits a statement, or brings a new one for or against a statement or an inference. It is
kept as a record of four members, the same that argmap/1 has: what it `does`, what it is `on` (a
key), the fields of `before`, which its author saw, and those of `after`. One that brings a new
statement has no `before`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from argmap.core.formats.report import FormatError
from argmap.core.formats.schema import SCHEMA
from argmap.core.formats.shapes import Rule
from argmap.core.formats.validate import check
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Proposed, Stance
from argmap.core.places import Place
from argmap.core.sentences import listed

Fields = Mapping[str, Any]

INFERENCE_FIELDS = ("warrant", "scheme")
FIELDS: tuple[str, ...] = tuple(SCHEMA["$defs"]["proposed"]["properties"])
"""What a proposal can speak of, in the order in which it is shown."""

STATEMENT_FIELDS = tuple(name for name in FIELDS if name not in INFERENCE_FIELDS)
MEMBERS = ("does", "on", "before", "after")

_RULES: Mapping[str, Any] = SCHEMA["$defs"]["suggestion"]["properties"]
_SHAPE: Rule = {
    "type": "object",
    "properties": {name: _RULES[name] for name in MEMBERS},
    "required": ["does", "on", "after"],
    "additionalProperties": False,
    "$defs": SCHEMA["$defs"],
}


class Difference(NamedTuple):
    """One field, as it was when the proposal was made and as it would be; None is no value."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the graph that somebody suggests."""

    does: Proposed
    on: str
    after: Fields
    before: Fields

    @property
    def record(self) -> dict[str, Any]:
        """The proposal as it is stored and exchanged."""
        return {
            "does": self.does.value,
            "on": self.on,
            "before": dict(self.before),
            "after": dict(self.after),
        }

    @property
    def move(self) -> str:
        """The field's word for it: edit, support, attack, undercut or backing."""
        if self.does is Proposed.EDIT or not self.on.startswith(INFERENCE_LETTER):
            return self.does.value
        return "undercut" if self.does.stance is Stance.ATTACK else "backing"

    @property
    def heading(self) -> str:
        """What it suggests, in short: "Suggests a counterargument that undercuts I1"."""
        of = f" of {self.on}" if self.does is Proposed.EDIT else ""
        return f"Suggests {self.gist}{of}"

    @property
    def gist(self) -> str:
        """What it would bring, in the fewest words: "another text", "a claim that attacks C1"."""
        if self.does is Proposed.EDIT:
            return f"another {listed(_named(self.after))}"
        kind = str(self.after["kind"])
        noun = kind if kind == "evidence" else f"a {kind}"
        return f"{noun} that {_DOES[self.move]} {self.on}"

    @property
    def words(self) -> str:
        """What it suggests, as a sentence: "Suggests another text of C1."."""
        said = "." if self.does is Proposed.EDIT else f": {self.after['text']}"
        return f"{self.heading}{said}"


_DOES = {
    "support": "supports",
    "attack": "attacks",
    "undercut": "undercuts",
    "backing": "backs",
}


def proposal_from(record: object) -> Proposal:
    """Return the proposal that `record` holds.

    Raises FormatError, with the place, where its shape is another, or where it says nothing.
    """
    check(record, _SHAPE)
    assert isinstance(record, Mapping)  # noqa: S101 - the check has seen to it
    proposal = Proposal(
        Proposed(record["does"]), record["on"], record["after"], record.get("before", {})
    )
    if proposal.does is Proposed.EDIT:
        _check_edit(proposal)
    else:
        _check_new(proposal)
    return proposal


def kept_from(record: object) -> Proposal:
    """Return the proposal that a record holds which is kept: an edit says what its author saw.

    Without that, nobody would be told that the statement has changed since. Raises FormatError.
    """
    proposal = proposal_from(record)
    if proposal.does is Proposed.EDIT:
        for name in proposal.after:
            if name not in proposal.before:
                raise FormatError(Place(("before", name)), "is missing")
    return proposal


def differences(proposal: Proposal) -> tuple[Difference, ...]:
    """Return what a proposal would change, field by field, in the order of FIELDS.

    Of a new statement these are all fields that it fills.
    """
    found = (
        Difference(name, proposal.before.get(name), proposal.after[name])
        for name in FIELDS
        if name in proposal.after
    )
    return tuple(each for each in found if (each.before or None) != (each.after or None))


def based_on(proposal: Proposal, seen: Fields) -> Proposal:
    """Return an edit with just the fields in which it differs from the record that was `seen`.

    Raises FormatError where it differs in none.
    """
    after = {name: value for name, value in proposal.after.items() if seen.get(name) != value}
    if not after:
        raise FormatError(Place(("after",)), f"that is what {proposal.on} says already")
    before = {name: seen.get(name) for name in after}
    return Proposal(proposal.does, proposal.on, after, before)


def _check_edit(proposal: Proposal) -> None:
    if proposal.on.startswith(INFERENCE_LETTER):
        raise FormatError(Place(("on",)), "is an inference: an edit is of a statement")
    if not proposal.after:
        raise FormatError(Place(("after",)), "says nothing that would differ")
    for member, fields in (("after", proposal.after), ("before", proposal.before)):
        for name in fields:
            if name in INFERENCE_FIELDS:
                raise FormatError(Place((member, name)), "is no field of a statement")
    _check_text(proposal)


def _check_new(proposal: Proposal) -> None:
    if proposal.before:
        raise FormatError(Place(("before",)), "a new statement was not there before")
    for name in ("kind", "text"):
        if name not in proposal.after:
            raise FormatError(Place(("after", name)), "is missing")
    _check_text(proposal)


def _check_text(proposal: Proposal) -> None:
    if not proposal.after.get("text", "x").strip():
        raise FormatError(Place(("after", "text")), "must not be empty")


def _named(fields: Fields) -> list[str]:
    return [name.replace("_", " ") for name in FIELDS if name in fields]
