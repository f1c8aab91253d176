"""A suggestion as its thread shows it: what it would change, what came of it, what one may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from argmap import access
from argmap.actions.records import record
from argmap.core.kinds import CommentKind, Proposed, Role, Settlement
from argmap.core.proposals import Proposal, differences, proposal_from
from argmap.core.readable import label_of, readable
from argmap.core.sentences import listed
from argmap.core.wording import Fate, Part
from argmap.models import Comment, Inference, Statement, Suggestion
from argmap.review import Moved
from argmap.web.differences import Compared, compare


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A suggestion beside the element that it is on, as one person sees it.

    `there` tells whether that element is still there; `overtaken` holds the fields that say
    something else now than its author saw, where it was to change them; `by` and `at` say who
    changed them, and when, where that is known.
    """

    row: Suggestion
    proposal: Proposal
    fields: tuple[Compared, ...]
    there: bool
    overtaken: tuple[Compared, ...] = ()
    by: str = ""
    at: datetime | None = None
    decides: bool = False
    withdraws: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has settled it."""
        return self.row.outcome == Settlement.OPEN

    @property
    def says_why(self) -> bool:
        """Tell whether its author wrote more than what it proposes, which is shown anyway."""
        return self.row.comment.body != self.proposal.words

    @property
    def may_be_accepted(self) -> bool:
        """Tell whether it could be done as it stands, as far as is known."""
        return self.is_open and self.there and not self.overtaken


def shown_suggestions(
    target: Statement | Inference | None,
    comments: Iterable[Comment],
    *,
    role: Role,
    person: access.Person,
) -> dict[int, Shown]:
    """Return the suggestions among the comments on `target`, by the numbers of these.

    They must have been fetched with their suggestions; it asks the database for nothing.
    """
    now = record(target) if isinstance(target, Statement) else {}
    return {
        comment.pk: _shown(row, target, now, role, person)
        for comment in comments
        if comment.kind == CommentKind.SUGGESTION
        and not comment.is_deleted
        and (row := comment.suggested) is not None
    }


def with_who(shown: Shown, moved: Sequence[Moved]) -> Shown:
    """Return one that was overtaken with who changed what it is on first since, and when.

    `moved` is what `differences_since` found of its comment.
    """
    if not (shown.overtaken and moved):
        return shown
    return replace(shown, by=listed(moved[0].by), at=moved[0].at)


def _shown(
    row: Suggestion,
    target: Statement | Inference | None,
    now: Mapping[str, Any],
    role: Role,
    person: access.Person,
) -> Shown:
    proposal = proposal_from(row.proposal)
    is_open = row.outcome == Settlement.OPEN
    there = target is not None and target.key == proposal.on
    edits = proposal.does is Proposed.EDIT
    return Shown(
        row=row,
        proposal=proposal,
        fields=tuple(_edited(proposal) if edits else _new(proposal)),
        there=there,
        overtaken=tuple(_overtaken(proposal, now)) if is_open and there and edits else (),
        decides=is_open and role.may(Role.EDITOR),
        withdraws=is_open and role.may(Role.REVIEWER) and row.comment.author_id == person.pk,
    )


def _edited(proposal: Proposal) -> Iterable[Compared]:
    return (compare(*each) for each in differences(proposal))


def _new(proposal: Proposal) -> Iterable[Compared]:
    """Yield what a new statement would say; its kind is said above it."""
    for name, _, value in sorted(differences(proposal), key=lambda each: each.field != "text"):
        if name != "kind":
            said = value.replace("-", " ") if name == "scheme" else readable(name, value)
            label = "Statement" if name == "text" else label_of(name)
            yield Compared(label, (Part(Fate.KEPT, said),))


def _overtaken(proposal: Proposal, now: Mapping[str, Any]) -> Iterable[Compared]:
    """Yield the fields that are not what the author saw, from that to what they are now."""
    for name in proposal.after:
        if proposal.before.get(name) != now.get(name):
            yield compare(name, proposal.before.get(name), now.get(name))
