"""The comments on a map or an element, as threads, and the forms to add to them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Max, Q, QuerySet

from argmap.core.kinds import CommentKind, CommentState, Role, Verb
from argmap.models import ArgumentMap, ChangeItem, Comment, Excerpt, Inference, Statement
from argmap.web.forms import CommentForm, ReplyForm, Words

Target = Statement | Inference | None

ELEMENTS = ("statement", "inference", "excerpt")


@dataclass(slots=True)
class Thread:
    """A comment and its replies. `form` is for one more, where the reader may comment."""

    first: Comment
    replies: list[Comment]
    outdated: bool
    form: ReplyForm | None

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has resolved the thread."""
        return self.first.state == CommentState.OPEN


@dataclass(slots=True)
class Conversation:
    """All threads about one target, open ones first."""

    map: ArgumentMap
    target: Target
    threads: list[Thread] = field(default_factory=list)
    form: CommentForm | None = None
    may_sign_in: bool = False

    @property
    def about(self) -> str:
        """The key of the target, "" for the map."""
        return self.target.key if self.target else ""

    @property
    def open_count(self) -> int:
        """The number of threads that nobody has resolved."""
        return sum(thread.is_open for thread in self.threads)


def conversation(
    argument_map: ArgumentMap,
    target: Target,
    *,
    role: Role,
    person: User | AnonymousUser,
    excerpts: Iterable[Excerpt] = (),
    refused: Words | None = None,
) -> Conversation:
    """Return what is said about `target`, a statement's excerpts with it.

    Two queries: the comments, and when what they are about last changed, where there are any.

    None as the target is the map, with the comments whose own target is gone. `refused` is a form
    that an action or its own rules refused: it takes the place of the fresh one.
    """
    may = role.may(Role.REVIEWER)
    threads = _threads(argument_map, target)
    if may:
        for thread in threads:
            thread.form = _reply_form(argument_map, thread.first, refused)
            if thread.form is refused:
                refused = None
    threads.sort(key=lambda thread: not thread.is_open)
    return Conversation(
        map=argument_map,
        target=target,
        threads=threads,
        form=_comment_form(argument_map, target, excerpts, refused) if may else None,
        may_sign_in=person.is_anonymous,
    )


def _threads(argument_map: ArgumentMap, target: Target) -> list[Thread]:
    replies: dict[int, list[Comment]] = defaultdict(list)
    first: list[Comment] = []
    for comment in _comments(argument_map, target):
        if comment.parent_id:
            replies[comment.parent_id].append(comment)
        else:
            first.append(comment)
    last = _last_changes(argument_map, {_key(comment, target) for comment in first} - {""})
    return [
        Thread(
            comment,
            replies[comment.pk],
            last.get(_key(comment, target), 0) > comment.version_seen,
            None,
        )
        for comment in first
        if not comment.is_deleted or any(not reply.is_deleted for reply in replies[comment.pk])
    ]


def _comments(argument_map: ArgumentMap, target: Target) -> QuerySet[Comment]:
    """Return the comments about `target`, oldest first, each with its excerpt."""
    if isinstance(target, Statement):
        wanted = Q(statement=target) | Q(excerpt__statement=target)
    elif isinstance(target, Inference):
        wanted = Q(inference=target)
    else:
        wanted = Q(statement=None, inference=None, excerpt=None)
    return (
        argument_map.comments.filter(wanted).select_related("excerpt").order_by("created_at", "pk")
    )


def _key(comment: Comment, target: Target) -> str:
    """Return the key of what a comment on the page of `target` is about."""
    about = comment.excerpt or target
    return about.key if about else ""


def _last_changes(argument_map: ArgumentMap, keys: set[str]) -> dict[str, int]:
    """Return the version that last changed what each of `keys` says (one query, where any).

    The log is asked, not the rows' stamps: a document that was attached stamps what rests on it,
    and makes no judgement stale.
    """
    if not keys:
        return {}
    items = ChangeItem.objects.filter(change__map=argument_map, key__in=keys)
    said = items.exclude(change__verb=Verb.ATTACH).filter(type__in=ELEMENTS)
    return dict(said.order_by().values_list("key").annotate(Max("change__version")))


def _reply_form(argument_map: ArgumentMap, first: Comment, refused: Words | None) -> ReplyForm:
    if isinstance(refused, ReplyForm) and refused["parent"].value() == str(first.pk):
        return refused
    seen = {"parent": first.pk, "version_seen": argument_map.version}
    return ReplyForm(initial=seen, auto_id=f"reply-{first.pk}-%s")


def _comment_form(
    argument_map: ArgumentMap, target: Target, excerpts: Iterable[Excerpt], refused: Words | None
) -> CommentForm:
    if isinstance(refused, CommentForm):
        return refused
    key = target.key if target else ""
    options: dict[str, Any] = {
        "initial": {"about": key, "version_seen": argument_map.version},
        "targets": targets(target, excerpts),
        "auto_id": f"comment-{key or 'map'}-%s",
    }
    return CommentForm(**options) if refused is None else _without_thread(refused, options)


def _without_thread(reply: Words, options: dict[str, Any]) -> CommentForm:
    """Return an answer as a comment of its own: its thread was deleted while it was typed."""
    typed = {**options["initial"], "kind": CommentKind.COMMENT, "body": reply["body"].value()}
    form = CommentForm(typed, **options)
    form.full_clean()
    for error in reply.non_field_errors():
        form.add_error(None, error)
    return form


def targets(target: Target, excerpts: Iterable[Excerpt]) -> list[tuple[str, str]]:
    """Return what a comment on the page of `target` may be about: pairs of key and label."""
    if target is None:
        return [("", "The map")]
    whole = (target.key, f"{target.key}, as a whole")
    return [whole, *((row.key, f"{row.key}, the excerpt") for row in excerpts)]
