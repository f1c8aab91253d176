"""Suggesting a change of the graph, and settling what was suggested."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from argmap.actions.applying import apply
from argmap.actions.base import Edit, Gone, editing
from argmap.actions.comments import (
    close_suggestion,
    insert_comment,
    seen_or_present,
    sent_before,
)
from argmap.actions.refusals import REFUSALS, reason_of
from argmap.core.formats import FormatError
from argmap.core.kinds import CommentKind, CommentState, Proposed, Role, Settlement, Verb
from argmap.core.places import Place
from argmap.core.proposals import Fields, Proposal, based_on, proposal_from
from argmap.models import ArgumentMap, Comment, Scheme, Suggestion
from argmap.review import as_seen


def suggest(
    *,
    actor: User,
    argument_map: ArgumentMap,
    does: str,
    on: str,
    after: Mapping[str, Any],
    body: str = "",
    flag: str = "",
    nonce: str = "",
    version_seen: int | None = None,
) -> Suggestion:
    """Suggest another wording of the statement `on`, or a new one for or against `on`.

    `does` is a word of Proposed: "edit", with the fields of `after` that would differ; "support" or
    "attack", with those of the new statement and, where there are any, the warrant and the scheme of
    the inference from it to `on` (on an inference, a backing or an undercut). The values are those
    of argmap/1: null where there is none. It is a comment too, whose body says why; where that is
    empty, a sentence that says what. `version_seen` is the version that the author saw: what an
    edit is compared with, now and when it is accepted. A `nonce` is as in `add_comment`.
    Raises ValidationError, by the field of `after` or the argument.
    """
    with editing(argument_map, actor=actor, verb=Verb.COMMENT, needs=Role.REVIEWER) as edit:
        twice = sent_before(edit, actor, nonce)
        if twice is not None:
            return _suggested_before(twice)
        seen = seen_or_present(edit, version_seen)
        proposal = _checked(edit, {"does": does, "on": on, "after": dict(after)}, seen)
        comment = insert_comment(
            edit,
            actor,
            {
                "body": body.strip() or proposal.words,
                "kind": CommentKind.SUGGESTION.value,
                "flag": flag,
                "nonce": nonce,
            },
            about=on,
            version_seen=seen,
        )
        return edit.add(
            Suggestion(comment=comment, does=proposal.does.value, proposal=proposal.record)
        )


def accept_suggestion(
    *,
    actor: User,
    argument_map: ArgumentMap,
    comment: int,
    amended: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> Suggestion:
    """Do what a suggestion says, in one Change that names its author beside the actor.

    With `amended`, fields in the place of its own, it is done so. `seen` is the version that the
    actor saw. The thread is resolved. Raises ValidationError by field, or where it is settled
    already; Gone where it, or what it is on, was deleted; Conflict where the statement changed
    since: in one of the fields, after its author saw them, or at all, after `seen`.
    """
    with transaction.atomic():
        with editing(argument_map, actor=actor, verb=Verb.ACCEPT) as edit:
            suggestion = _open_suggestion(edit, comment)
            edit.proposal = suggestion.comment
            proposal = proposal_from(suggestion.proposal)
            if amended is not None:
                changed = _amended(proposal, amended)
                apply(edit, changed, seen=seen, amends=True)
            else:
                changed = proposal
                apply(edit, proposal, seen=seen)
            same = changed.after == proposal.after
            outcome = Settlement.ACCEPTED if same else Settlement.AMENDED
            close_suggestion(edit, suggestion, outcome)
            edit.alter(suggestion.comment, {"state": CommentState.RESOLVED.value})
        suggestion.change = edit.change
        suggestion.save(update_fields=["change"])
    return suggestion


@dataclass(frozen=True)
class Accepted:
    """What became of one of several suggestions; `problem` says why it was left as it is."""

    comment: int
    suggestion: Suggestion | None = None
    problem: str = ""


def accept_suggestions(
    *, actor: User, argument_map: ArgumentMap, comments: Iterable[int]
) -> tuple[Accepted, ...]:
    """Accept several suggestions as they are, each in a Change of its own, in the order given.

    One that cannot be accepted holds up no other: what one of twenty meets with is for a person to
    look at, and the nineteen are not. Raises PermissionDenied.
    """
    return tuple(_accepted(actor, argument_map, comment) for comment in comments)


def decline_suggestion(
    *, actor: User, argument_map: ArgumentMap, comment: int, reason: str
) -> Suggestion:
    """Decline a suggestion. The reason is a reply to it, and the thread is resolved.

    Raises ValidationError, by field or where it is settled already, or Gone.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why: whoever suggested it is owed a reason."})
    with editing(argument_map, actor=actor, verb=Verb.DECLINE) as edit:
        suggestion = _open_suggestion(edit, comment)
        try:
            insert_comment(edit, actor, {"body": reason}, parent=suggestion.comment_id)
        except ValidationError as error:
            raise ValidationError({"reason": error.messages}) from error
        edit.alter(suggestion.comment, {"state": CommentState.RESOLVED.value})
        return close_suggestion(edit, suggestion, Settlement.DECLINED)


def withdraw_suggestion(*, actor: User, argument_map: ArgumentMap, comment: int) -> Suggestion:
    """Take one's own suggestion back, and resolve its thread; what was said in it stays.

    Raises PermissionDenied, Gone, or ValidationError where it is settled already.
    """
    with editing(argument_map, actor=actor, verb=Verb.WITHDRAW, needs=Role.REVIEWER) as edit:
        suggestion = _open_suggestion(edit, comment)
        if suggestion.comment.author_id != actor.pk:
            raise PermissionDenied("Only its author withdraws a suggestion.")
        edit.alter(suggestion.comment, {"state": CommentState.RESOLVED.value})
        return close_suggestion(edit, suggestion, Settlement.WITHDRAWN)


def _accepted(actor: User, argument_map: ArgumentMap, comment: int) -> Accepted:
    try:
        done = accept_suggestion(actor=actor, argument_map=argument_map, comment=comment)
    except REFUSALS as error:
        return Accepted(comment, problem=reason_of(error))
    return Accepted(comment, done)


def _suggested_before(twice: Comment) -> Suggestion:
    """Return the suggestion of a comment whose nonce is sent again."""
    try:
        return Suggestion.objects.select_related("comment").get(comment=twice)
    except Suggestion.DoesNotExist:
        raise ValidationError({"nonce": "A comment was sent with it before."}) from None


def _open_suggestion(edit: Edit, comment: int) -> Suggestion:
    row = (
        Suggestion.objects.filter(comment=comment, comment__map=edit.map)
        .select_related("comment__statement", "comment__inference", "comment__excerpt")
        .first()
    )
    if row is None or row.comment.is_deleted:
        raise Gone("The suggestion was deleted meanwhile.")
    if row.outcome != Settlement.OPEN:
        raise ValidationError(
            f"{row.settled_by_name} settled this suggestion already: {row.outcome}.",
            code="settled",
        )
    # The edit's own map, whose counters it raises, and no other copy of the row.
    row.comment.map = edit.map
    return row


def _checked(edit: Edit, record: dict[str, Any], seen: int) -> Proposal:
    """Return what someone proposes, an edit with what its author saw beside it."""
    proposal = _read(record)
    if not edit.map.has_had(proposal.on):
        raise ValidationError({"on": f'This map has never had an element "{proposal.on}".'})
    scheme = proposal.after.get("scheme")
    if scheme and not Scheme.objects.filter(slug=scheme).exists():
        raise ValidationError({"scheme": f'There is no scheme "{scheme}".'})
    if proposal.does is not Proposed.EDIT:
        return proposal
    before = as_seen(edit.map, "statement", proposal.on, seen)
    if before is None:
        raise ValidationError({"on": f"{proposal.on} was not there in version {seen}."})
    try:
        return based_on(proposal, before)
    except FormatError as error:
        raise _refusal(error) from error


def _amended(proposal: Proposal, after: Fields) -> Proposal:
    """Return the proposal with other fields; of an edit, those that it leaves out are dropped."""
    return _read({**proposal.record, "before": dict(proposal.before), "after": dict(after)})


def _read(record: dict[str, Any]) -> Proposal:
    try:
        return proposal_from(record)
    except FormatError as error:
        raise _refusal(error) from error


def _refusal(error: FormatError) -> ValidationError:
    """Name the field of a form that a fault of a proposal is about."""
    steps = error.place.steps if isinstance(error.place, Place) else ()
    names = [str(step) for step in steps if step != "after"]
    message = error.message[:1].upper() + error.message[1:] + "."
    return ValidationError({names[0] if names else "after": message})
