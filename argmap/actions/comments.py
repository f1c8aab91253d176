"""Commenting, replying, and settling threads."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from argmap import access
from argmap.actions.base import Edit, Gone, editing
from argmap.actions.mentions import call_people
from argmap.actions.records import record
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, SOURCE_LETTER
from argmap.core.kinds import CommentKind, CommentState, Role, Settlement, Verb
from argmap.core.limits import NONCE_LIMIT
from argmap.models import ArgumentMap, Comment, Excerpt, Inference, Statement, Suggestion


def add_comment(
    *,
    actor: User,
    argument_map: ArgumentMap,
    body: str,
    about: str = "",
    kind: str = CommentKind.COMMENT,
    flag: str = "",
    parent: int | None = None,
    version_seen: int | None = None,
    nonce: str = "",
) -> Comment:
    """Comment on the element with key `about` ("" for the map), or reply to the comment `parent`.

    A reply is about what its thread is about, and goes to the thread's first comment. Where the
    element was deleted while the author typed, the comment is kept, on the map. `version_seen` is
    the version that the author saw, the present one where it is None. A form that carries a
    `nonce` (any text of its own) and is sent twice makes one comment: the first is returned, and
    nothing is written. People whom the body calls by name are told, where they may read the map.
    Raises ValidationError by field, or Gone where the thread was deleted.
    """
    with editing(argument_map, actor=actor, verb=Verb.COMMENT, needs=Role.REVIEWER) as edit:
        return sent_before(edit, actor, nonce) or insert_comment(
            edit,
            actor,
            {"body": body, "kind": kind, "flag": flag, "nonce": nonce},
            about=about,
            parent=parent,
            version_seen=version_seen,
        )


def insert_comment(
    edit: Edit,
    actor: User,
    fields: dict[str, Any],
    *,
    about: str = "",
    parent: int | None = None,
    version_seen: int | None = None,
) -> Comment:
    """Comment within an open edit, by the rules of `add_comment`."""
    comment = Comment(
        map=edit.map,
        author=actor,
        author_name=actor.get_username(),
        version_seen=seen_or_present(edit, version_seen),
        **{**fields, "body": fields["body"].strip()},
    )
    if parent is not None:
        answer_in(comment, _thread(edit, parent))
    elif about:
        _set_target(comment, about)
    edit.add(comment)
    call_people(comment)
    return comment


def sent_before(edit: Edit, actor: User, nonce: str) -> Comment | None:
    """Return the comment that the same form made already (one query, where it has a nonce)."""
    if len(nonce) > NONCE_LIMIT:
        raise ValidationError({"nonce": f"A nonce has {NONCE_LIMIT} characters at most."})
    return edit.map.comments.filter(author=actor, nonce=nonce).first() if nonce else None


def edit_comment(*, actor: User, argument_map: ArgumentMap, comment: int, body: str) -> Comment:
    """Reword one's own comment; the log keeps what it said before.

    Raises PermissionDenied, Gone, or ValidationError by field.
    """
    with editing(argument_map, actor=actor, verb=Verb.EDIT, needs=Role.REVIEWER) as edit:
        row = find_comment(edit, comment)
        if row.author_id != actor.pk:
            raise PermissionDenied("Only its author rewords a comment.")
        if body.strip() != row.body:
            edit.alter(row, {"body": body.strip(), "edited_at": timezone.now()})
            call_people(row)
        return row


def delete_comment(*, actor: User, argument_map: ArgumentMap, comment: int) -> Comment:
    """Delete a comment: its author may, and the map's owner. Return the trace that is left.

    The trace says who deleted it, and its replies still hang on it; its body is gone from the
    table, and nobody is called by it any more. A thread whose first comment goes is resolved, and
    a suggestion that was open is withdrawn. Raises PermissionDenied or Gone.
    """
    with editing(argument_map, actor=actor, verb=Verb.DELETE, needs=Role.REVIEWER) as edit:
        row = find_comment(edit, comment)
        if row.author_id != actor.pk:
            _require_owner(edit, actor)
        row.mentions.all().delete()
        for suggestion in Suggestion.objects.filter(comment=row, outcome=Settlement.OPEN):
            close_suggestion(edit, suggestion, Settlement.WITHDRAWN)
        return _leave_a_trace(edit, row, actor)


def _leave_a_trace(edit: Edit, row: Comment, actor: User) -> Comment:
    """Empty a comment, and log it: an empty body is what `alter` would refuse."""
    before = record(row)
    row.body, row.deleted_at, row.deleted_by_name = "", timezone.now(), actor.get_username()
    if row.parent_id is None:
        row.state = CommentState.RESOLVED.value
    edit.save(row, ["body", "deleted_at", "deleted_by_name", "state"])
    edit.log(row, before=before, after=record(row))
    return row


def settle_thread(
    *, actor: User, argument_map: ArgumentMap, comment: int, state: CommentState
) -> Comment:
    """Resolve a thread, or open it again: reviewers and those above may.

    Raises Gone, and ValidationError where it suggests something that nobody has settled: resolved,
    it would wait for no one any more.
    """
    verb = Verb.RESOLVE if state is CommentState.RESOLVED else Verb.REOPEN
    with editing(argument_map, actor=actor, verb=verb, needs=Role.REVIEWER) as edit:
        thread = _thread(edit, comment)
        suggestion = thread.suggested
        if verb is Verb.RESOLVE and suggestion and suggestion.outcome == Settlement.OPEN:
            raise ValidationError("It suggests something: accept, decline or withdraw that.")
        return edit.alter(thread, {"state": state})


def close_suggestion(edit: Edit, suggestion: Suggestion, outcome: Settlement) -> Suggestion:
    """Say within an open edit what became of a suggestion, and who said so."""
    settled = {
        "outcome": outcome.value,
        "settled_by": edit.actor,
        "settled_by_name": edit.actor.get_username() if edit.actor else "",
        "settled_at": timezone.now(),
    }
    return edit.alter(suggestion, settled)


def seen_or_present(edit: Edit, version_seen: int | None) -> int:
    """Return the version that someone saw, the present one for None.

    Raises ValidationError where the map never had it.
    """
    if version_seen is None:
        return edit.map.version
    if not 0 <= version_seen <= edit.map.version:
        raise ValidationError({"version_seen": "The map never had this version."})
    return version_seen


def find_comment(edit: Edit, number: int) -> Comment:
    """Return a comment of the map as it stands under the lock. Raises Gone where it was deleted."""
    row = Comment.objects.filter(map=edit.map, pk=number, deleted_at=None).first()
    if row is None:
        raise Gone("The comment was deleted meanwhile.")
    return row


def _thread(edit: Edit, number: int) -> Comment:
    """Return the first comment of the thread that a comment belongs to, or its trace.

    Raises Gone where nothing but traces is left of the thread.
    """
    row = Comment.objects.filter(map=edit.map, pk=number).select_related("parent").first()
    first = (row.parent or row) if row else None
    if first is None or (first.is_deleted and not first.replies.filter(deleted_at=None).exists()):
        raise Gone("The comment was deleted meanwhile.")
    return first


def answer_in(comment: Comment, thread: Comment) -> None:
    """Let a comment answer the first of a thread, and be about what that is about."""
    comment.parent = thread
    comment.statement = thread.statement
    comment.inference = thread.inference
    comment.excerpt = thread.excerpt
    comment.lost_target = thread.lost_target


def _set_target(comment: Comment, key: str) -> None:
    """Set what a comment is about by its key, or note the key where nothing has it any more."""
    never = ValidationError({"about": f'This map has never had an element "{key}" to comment on.'})
    if key.startswith(SOURCE_LETTER):
        raise never
    if key.startswith(INFERENCE_LETTER):
        comment.inference = Inference.objects.filter(map=comment.map, key=key).first()
    elif key.startswith(EXCERPT_LETTER):
        comment.excerpt = Excerpt.objects.filter(map=comment.map, key=key).first()
    else:
        comment.statement = Statement.objects.filter(map=comment.map, key=key).first()
    if comment.about:
        return
    if not comment.map.has_had(key):
        raise never
    comment.lost_target = key


def _require_owner(edit: Edit, actor: User) -> None:
    if access.role_in(actor, edit.map) is not Role.OWNER:
        raise PermissionDenied("Only the map's owner deletes what others wrote.")
