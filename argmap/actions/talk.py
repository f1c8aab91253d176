"""Bringing in what people said of a map: the comments, verdicts and answers of a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from argmap.actions.comments import answer_in
from argmap.actions.records import name_of, record, type_of
from argmap.actions.rows import BATCH, Writer
from argmap.actions.talk_answers import insert_answers
from argmap.actions.talk_values import check_row, moment_of, moment_or_none, version_of
from argmap.core.formats import FormatError, Loss, Record
from argmap.core.kinds import CommentKind, Settlement
from argmap.core.places import Place
from argmap.core.proposals import MEMBERS, kept_from
from argmap.models import (
    Answer,
    ArgumentMap,
    ChangeItem,
    Comment,
    Review,
    Suggestion,
)

Row = Comment | Review | Suggestion | Answer


class Brought(NamedTuple):
    """The log's lines for what was brought in, and what of it has no place here."""

    items: list[ChangeItem]
    losses: tuple[Loss, ...]


def insert_talk(
    writer: Writer,
    *,
    actor: User | None,
    comments: Sequence[Record],
    reviews: Sequence[Record],
    answers: Sequence[Record],
) -> Brought:
    """Insert what people said of a new map whose graph `writer` has written.

    The number of queries does not grow with how much there is, but by batches. Raises
    ValidationError with the place.
    """
    people = _people(
        actor,
        *({given["author"] for given in said} for said in (comments, answers)),
        {given["reviewer"] for given in reviews},
    )
    rows = _comments(writer, comments, people)
    suggestions = _suggestions(rows, comments)
    verdicts = [_review(writer.map, at, given, people) for at, given in enumerate(reviews)]
    Review.objects.bulk_create(verdicts, batch_size=BATCH)
    answered, losses = insert_answers(writer, answers, people)
    made: Iterable[Row] = [*rows, *suggestions, *verdicts, *answered]
    items = [ChangeItem(type=type_of(row), key=name_of(row), after=record(row)) for row in made]
    return Brought(items, tuple(losses))


def _people(actor: User | None, *names: set[str]) -> Mapping[str, User]:
    """Return the users whom names of the file stand for (one query at most)."""
    if actor is not None:
        return {actor.get_username(): actor}
    named = User.objects.filter(username__in=set[str]().union(*names))
    return {user.get_username(): user for user in named}


def _comments(
    writer: Writer, comments: Sequence[Record], people: Mapping[str, User]
) -> list[Comment]:
    """Insert comments in their order, and then say which answer which: to the first of a thread."""
    numbered: dict[int, Comment] = {}
    first: dict[int, Comment] = {}
    for at, given in enumerate(comments):
        row = _comment(writer, Place(("comments", at)), given, people)
        number, parent = given["number"], given.get("parent")
        numbered[number] = row
        first[number] = first[parent] if parent is not None else row
    rows = list(numbered.values())
    Comment.objects.bulk_create(rows, batch_size=BATCH)
    replies = []
    for number, row in numbered.items():
        if first[number] is not row:
            answer_in(row, first[number])
            replies.append(row)
    Comment.objects.bulk_update(
        replies, ["parent", "statement", "inference", "excerpt", "lost_target"], batch_size=BATCH
    )
    return rows


def _comment(writer: Writer, place: Place, given: Record, people: Mapping[str, User]) -> Comment:
    target = given.get("target") or ""
    deleted = given.get("deleted_at")
    row = Comment(
        map=writer.map,
        statement=writer.statements.get(target),
        inference=writer.inferences.get(target),
        excerpt=writer.excerpts.get(target),
        lost_target=given.get("lost_target", ""),
        author=people.get(given["author"]),
        author_name=given["author"],
        kind=given["kind"],
        flag=given.get("flag") or "",
        state=given.get("state", "open"),
        body=given["body"],
        version_seen=version_of(writer.map, place, given["version"]),
        created_at=moment_of(place.at("at"), given["at"]),
        edited_at=moment_or_none(place.at("edited_at"), given.get("edited_at")),
        deleted_at=moment_or_none(place.at("deleted_at"), deleted),
        deleted_by_name=given.get("deleted_by", ""),
    )
    if deleted and row.body:
        raise ValidationError(f"{place.at('body')}: a deleted comment has none")
    if not deleted:
        check_row(row, place)
    return row


def _suggestions(rows: Sequence[Comment], comments: Sequence[Record]) -> list[Suggestion]:
    made = [
        _suggestion(row, Place(("comments", at, "suggestion")), given["suggestion"])
        for at, (row, given) in enumerate(zip(rows, comments, strict=True))
        if "suggestion" in given
    ]
    return Suggestion.objects.bulk_create(made, batch_size=BATCH)


def _suggestion(comment: Comment, place: Place, given: Record) -> Suggestion:
    if comment.kind != CommentKind.SUGGESTION:
        raise ValidationError(f"{place}: is of a comment that is no suggestion")
    try:
        proposal = kept_from({name: given[name] for name in MEMBERS if name in given})
    except FormatError as error:
        inner = error.place.steps if isinstance(error.place, Place) else ()
        raise ValidationError(f"{place.at(*inner)}: {error.message}") from error
    outcome, settled = given.get("outcome", Settlement.OPEN.value), given.get("settled_at")
    if (outcome == Settlement.OPEN) != (settled is None):
        raise ValidationError(f"{place.at('settled_at')}: goes with an outcome that is not open")
    return Suggestion(
        comment=comment,
        does=proposal.does.value,
        proposal=proposal.record,
        outcome=outcome,
        settled_by_name=given.get("settled_by", ""),
        settled_at=moment_or_none(place.at("settled_at"), settled),
    )


def _review(
    argument_map: ArgumentMap, at: int, given: Record, people: Mapping[str, User]
) -> Review:
    place = Place(("reviews", at))
    when = moment_of(place.at("at"), given["at"])
    row = Review(
        map=argument_map,
        reviewer=people.get(given["reviewer"]),
        reviewer_name=given["reviewer"],
        verdict=given["verdict"],
        summary=given.get("summary", ""),
        version_seen=version_of(argument_map, place, given["version"]),
        created_at=when,
        finished_at=when,
    )
    check_row(row, place)
    return row
