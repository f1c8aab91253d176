"""Commenting, replying, and settling threads."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from argmap import access
from argmap.actions.base import Edit, Gone, editing
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER, SOURCE_LETTER
from argmap.core.kinds import CommentKind, CommentState, Role, Verb
from argmap.models import ArgumentMap, Comment, Excerpt, Inference, Statement


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
) -> Comment:
    """Comment on the element with key `about` ("" for the map), or reply to the comment `parent`.

    A reply is about what its thread is about, and goes to the thread's first comment. Where the
    element was deleted while the author typed, the comment is kept, on the map. `version_seen` is
    the version that the author saw, the present one where it is None. Raises ValidationError by
    field, or Gone where the thread was deleted.
    """
    with editing(argument_map, actor=actor, verb=Verb.COMMENT, needs=Role.REVIEWER) as edit:
        comment = Comment(
            map=edit.map,
            author=actor,
            author_name=actor.get_username(),
            kind=kind,
            flag=flag,
            body=body.strip(),
            version_seen=seen_or_present(edit, version_seen),
        )
        if parent is not None:
            _reply(comment, _thread(edit, parent))
        elif about:
            _set_target(comment, about)
        return edit.add(comment)


def edit_comment(*, actor: User, argument_map: ArgumentMap, comment: int, body: str) -> Comment:
    """Reword one's own comment. Raises PermissionDenied, Gone, or ValidationError by field."""
    with editing(argument_map, actor=actor, verb=Verb.EDIT, needs=Role.REVIEWER) as edit:
        row = _comment(edit, comment)
        if row.author_id != actor.pk:
            raise PermissionDenied("Only its author rewords a comment.")
        if body.strip() != row.body:
            edit.alter(row, {"body": body.strip(), "edited_at": timezone.now()})
        return row


def delete_comment(*, actor: User, argument_map: ArgumentMap, comment: int) -> None:
    """Delete a comment with its replies: its author may while nobody has answered, the owner always.

    Raises PermissionDenied or Gone.
    """
    with editing(argument_map, actor=actor, verb=Verb.DELETE, needs=Role.REVIEWER) as edit:
        row = _comment(edit, comment)
        replies = list(row.replies.order_by("-pk"))
        if row.author_id != actor.pk or replies:
            _require_owner(edit, actor)
        for reply in replies:
            edit.remove(reply)
        edit.remove(row)


def settle_thread(
    *, actor: User, argument_map: ArgumentMap, comment: int, state: CommentState
) -> Comment:
    """Resolve a thread, or open it again: reviewers and those above may. Raises Gone."""
    verb = Verb.RESOLVE if state is CommentState.RESOLVED else Verb.REOPEN
    with editing(argument_map, actor=actor, verb=verb, needs=Role.REVIEWER) as edit:
        return edit.alter(_thread(edit, comment), {"state": state})


def seen_or_present(edit: Edit, version_seen: int | None) -> int:
    """Return the version that an author saw, the present one where it is None.

    Raises ValidationError where the map never had it.
    """
    if version_seen is None:
        return edit.map.version
    if not 0 <= version_seen <= edit.map.version:
        raise ValidationError({"version_seen": "The map never had this version."})
    return version_seen


def _comment(edit: Edit, number: int) -> Comment:
    row = Comment.objects.filter(map=edit.map, pk=number).first()
    if row is None:
        raise Gone("The comment was deleted meanwhile.")
    return row


def _thread(edit: Edit, number: int) -> Comment:
    """Return the first comment of the thread that a comment belongs to."""
    row = _comment(edit, number)
    return row.parent or row


def _reply(comment: Comment, thread: Comment) -> None:
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
        raise PermissionDenied("Only the map's owner deletes what others wrote or answered.")
