"""What people said of elements, on its way with them to another element or map.

A comment is about the heir of what it was about, and a suggestion is on it. Of an answer or a
rating each person has one: where its author has given one of the heir already, that one holds, and
the other stays behind. Then an answer is deleted with its inference, which the log keeps; a rating,
whose figures are in no log, remembers its statement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from argmap.actions.base import Edit
from argmap.actions.records import Record, record, type_of
from argmap.actions.removal import ABOUT_THE_MAP
from argmap.actions.rows import BATCH
from argmap.core.graph import EXCERPT_LETTER, INFERENCE_LETTER
from argmap.core.kinds import CommentKind
from argmap.models import ABOUT, Answer, Comment, Element, Rating, Suggestion

Said = Comment | Answer | Rating
Ends = Mapping[tuple[str, str], Record]
"""What `whereabouts` shall be, by type and number of the row."""


def said_of(elements: Iterable[Element]) -> list[Said]:
    """Return what people said of elements: comments, answers, ratings (five queries at the most)."""
    keys: dict[str, list[int]] = {"statement": [], "inference": [], "excerpt": []}
    for element in elements:
        keys[type_of(element)].append(element.pk)
    found: list[Said] = []
    for name, pks in keys.items():
        found += _comments().filter(**{f"{name}__in": pks})
    found += _answers().filter(inference__in=keys["inference"])
    return [*found, *_ratings().filter(statement__in=keys["statement"])]


def whereabouts(said: Said) -> Record:
    """Return what the log keeps of a row that goes along: enough to let it go back."""
    if isinstance(said, Comment):
        return {**record(said), "lost_target": said.lost_target}
    return record(said)


def headed(said: Iterable[Said], heirs: Mapping[str, str]) -> dict[tuple[str, str], Record]:
    """Return the whereabouts of rows, each about the heir of what it is about."""
    found: dict[tuple[str, str], Record] = {}
    for row in said:
        type_, at = type_of(row), whereabouts(row)
        member = ABOUT[type_]
        found[type_, str(row.pk)] = {**at, member: heirs[at[member]]}
    return found


def carry(edit: Edit, ends: Ends) -> None:
    """Let rows be on the edit's map and about what `ends` say; log those that were not.

    Replies that were written since go with their threads. What was deleted meanwhile is passed
    over; a comment whose element is not there remembers its key; an answer and a rating stay behind
    where their author has given one there. The number of queries does not grow with the rows.
    """
    targets = _elements(edit, {end[ABOUT[type_]] for (type_, _), end in ends.items()})
    for type_, carried in (
        ("comment", _carry_comments),
        ("answer", _carry_answers),
        ("rating", _carry_ratings),
    ):
        mine = {int(number): end for (other, number), end in ends.items() if other == type_}
        if mine:
            carried(edit, mine, targets)


def _carry_comments(edit: Edit, ends: Mapping[int, Record], targets: Mapping[str, Element]) -> None:
    rows = list(_comments().filter(pk__in=ends))
    wanted = [(row, ends[row.pk]) for row in rows]
    for reply in _comments().filter(parent__in=rows).exclude(pk__in=ends):
        seen = min(reply.version_seen, edit.version)
        wanted.append((reply, {**ends[reply.parent_id or 0], "version_seen": seen}))
    # The mark of a form is one of its map: elsewhere somebody may have used the same.
    nonces = [row.nonce if row.map_id == edit.map.pk else "" for row, _ in wanted]
    columns = [_comment_columns(end, targets) for _, end in wanted]
    _put(
        edit,
        [
            (row, {**found, "nonce": nonce})
            for (row, _), found, nonce in zip(wanted, columns, nonces, strict=True)
        ],
    )
    _carry_suggestions({row.pk: row for row, _ in wanted if row.kind == CommentKind.SUGGESTION})


def _carry_suggestions(comments: Mapping[int, Comment]) -> None:
    """Let suggestions be on what their comments are about now: keys of another map mislead."""
    if not comments:
        return
    changed: list[Suggestion] = []
    for row in Suggestion.objects.filter(comment__in=comments):
        on = comments[row.comment_id].about
        if on not in {"", row.proposal["on"]}:
            row.proposal = {**row.proposal, "on": on}
            changed.append(row)
    Suggestion.objects.bulk_update(changed, ["proposal"], batch_size=BATCH)


def _comment_columns(end: Record, targets: Mapping[str, Element]) -> dict[str, Any]:
    target = targets.get(end["about"])
    at = {type_of(target): target} if target else {}
    lost = end["lost_target"] if target else end["about"]
    return {**ABOUT_THE_MAP, **at, "lost_target": lost, "version_seen": end["version_seen"]}


def _carry_answers(edit: Edit, ends: Mapping[int, Record], targets: Mapping[str, Element]) -> None:
    there = Answer.objects.filter(inference__in=[row.pk for row in targets.values()])
    given: set[tuple[str, int, int | None]] = {
        (row.inference.key, row.question_id, row.author_id)
        for row in there.select_related("inference")
    }
    wanted: list[tuple[Answer, dict[str, Any]]] = []
    for row in _answers().filter(pk__in=ends):
        key = ends[row.pk]["inference"]
        answer = (key, row.question_id, row.author_id)
        if key in targets and answer not in given:
            given.add(answer)
            seen = ends[row.pk]["version_seen"]
            wanted.append((row, {"inference": targets[key], "version_seen": seen}))
    _put(edit, wanted)


def _carry_ratings(edit: Edit, ends: Mapping[int, Record], targets: Mapping[str, Element]) -> None:
    there = Rating.objects.filter(statement__in=[row.pk for row in targets.values()])
    given: set[tuple[str, int | None]] = {
        (row.about, row.author_id) for row in there.select_related("statement")
    }
    wanted: list[tuple[Rating, dict[str, Any]]] = []
    for row in _ratings().filter(pk__in=ends):
        key, seen = ends[row.pk]["about"], ends[row.pk]["version_seen"]
        # Of people who left, each rating is another's.
        if key in targets and (row.author_id is None or (key, row.author_id) not in given):
            given.add((key, row.author_id))
            at = {"statement": targets[key], "lost_target": ""}
            wanted.append((row, {**at, "version_seen": seen}))
    _put(edit, wanted)


def _put(edit: Edit, wanted: Sequence[tuple[Said, dict[str, Any]]]) -> None:
    """Give rows of one table the columns beside them, and the map; log what comes to differ."""
    changed: list[Any] = []
    for row, columns in wanted:
        before = whereabouts(row) if row.map_id == edit.map.pk else None
        for name, value in {**columns, "map": edit.map}.items():
            setattr(row, name, value)
        after = whereabouts(row)
        if after != before:
            edit.log(row, before=before, after=after)
            changed.append(row)
    if changed:
        fields = [*wanted[0][1], "map"]
        type(changed[0]).objects.bulk_update(changed, fields, batch_size=BATCH)


def _elements(edit: Edit, keys: Collection[str]) -> dict[str, Element]:
    """Return those of the elements named that the map has (three queries at the most)."""
    found: dict[str, Element] = {}
    for letters, rows in (
        ("CEK", edit.map.statements.all()),
        (INFERENCE_LETTER, edit.map.inferences.all()),
        (EXCERPT_LETTER, edit.map.excerpts.all()),
    ):
        named = [key for key in keys if key[:1] in {*letters}]
        if named:
            found |= {row.key: row for row in rows.filter(key__in=named)}
    return found


def _comments() -> QuerySet[Comment]:
    return Comment.objects.select_related("statement", "inference", "excerpt").order_by("pk")


def _answers() -> QuerySet[Answer]:
    return Answer.objects.select_related("inference", "question").order_by("pk")


def _ratings() -> QuerySet[Rating]:
    return Rating.objects.select_related("statement").order_by("pk")
