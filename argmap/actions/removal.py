"""What goes when a statement or an inference goes, and how it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from argmap.actions.base import Edit
from argmap.actions.records import record, type_of
from argmap.actions.standing import answers_of, standing
from argmap.models import (
    ArgumentMap,
    Comment,
    Element,
    Excerpt,
    Inference,
    Premise,
    Rating,
    Statement,
)

ABOUT_THE_MAP: dict[str, Any] = {"statement": None, "inference": None, "excerpt": None}


def falling(argument_map: ArgumentMap, *elements: Statement | Inference) -> list[Inference]:
    """Return the inferences that cannot stand without `elements`, these themselves left out.

    Those of which a statement is a premise or the conclusion; and whatever bears on an inference
    that falls, level by level (a query each: undercuts of undercuts are rarely three deep). Each
    comes after the one that it bears on. Statements never fall with another.
    """
    statements = [each.pk for each in elements if isinstance(each, Statement)]
    steps = [each.pk for each in elements if isinstance(each, Inference)]
    found: dict[int, Inference] = {}
    inferences = argument_map.inferences.order_by("pk").exclude(pk__in=steps)
    # A subquery: a join would give an inference once for each of its premises that goes.
    starting = Q(pk__in=Premise.objects.filter(statement__in=statements).values("inference"))
    direct = starting | Q(conclusion_statement__in=statements) | Q(conclusion_inference__in=steps)
    level = list(inferences.filter(direct))
    while level:
        found.update({inference.pk: inference for inference in level})
        above = inferences.filter(conclusion_inference__in=level)
        level = list(above.exclude(pk__in=found))
    return _lowest_first(found)


def _lowest_first(found: dict[int, Inference]) -> list[Inference]:
    """Return inferences, each after the one that it bears on: two of a level may be such a pair."""
    placed: dict[int, Inference] = {}
    for inference in found.values():
        chain: dict[int, Inference] = {}
        here: Inference | None = inference
        while here is not None and here.pk not in placed and here.pk not in chain:
            chain[here.pk] = here
            here = found.get(here.conclusion_inference_id or 0)
        placed.update(reversed(chain.items()))
    return list(placed.values())


def remove_with_what_hangs_on_it(
    edit: Edit, elements: Sequence[Statement] | Sequence[Inference], seen: int | None
) -> None:
    """Delete `elements`, their excerpts, and the inferences that fall with them, the last first.

    So do the answers to the questions about these; comments are kept, on the map. The number of
    queries does not grow with what falls. Raises Conflict where any changed after version `seen`.
    """
    inferences = falling(edit.map, *elements)
    for inference in inferences:
        edit.expect(inference, seen)
    remove_rows(edit, inferences[::-1])
    statements = [each for each in elements if isinstance(each, Statement)]
    remove_rows(edit, list(Excerpt.objects.filter(statement__in=statements)))
    remove_rows(edit, elements)


def remove_rows(edit: Edit, rows: Sequence[Element]) -> None:
    """Delete rows of one table that no other element hangs on, and log them in this order.

    Answers to the questions about them go first: elsewhere they would answer nothing.
    """
    if not rows:
        return
    remove_answers(edit, [row for row in rows if isinstance(row, Inference)])
    keep_comments_of(rows)
    keep_ratings_of(rows)
    found = standing(edit.map, type_of(rows[0]), [row.key for row in rows])
    for row in rows:
        edit.log(row, before=found[row.key].record, after=None)
    type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


def remove_answers(edit: Edit, inferences: Sequence[Inference]) -> None:
    """Delete what was answered about inferences that go, and log it (two queries, where any)."""
    if not inferences:
        return
    for answer in answers_of(edit.map).filter(inference__in=inferences).order_by("pk"):
        edit.log(answer, before=record(answer), after=None)
    edit.map.answers.filter(inference__in=inferences).delete()


def keep_comments_of(rows: Sequence[Element]) -> None:
    """Keep the comments on rows of one table, as `keep_comments` does for one row (one query)."""
    if not rows:
        return
    name = type_of(rows[0])
    target = type(rows[0])._base_manager.filter(pk=OuterRef(f"{name}_id"))
    comments = Comment.objects.filter(**{f"{name}__in": [row.pk for row in rows]})
    comments.update(lost_target=Subquery(target.values("key")), **ABOUT_THE_MAP)


def keep_ratings_of(rows: Sequence[Element]) -> None:
    """Let the ratings of statements remember them before they go (one query)."""
    if rows and isinstance(rows[0], Statement):
        key = Subquery(Statement.objects.filter(pk=OuterRef("statement_id")).values("key"))
        rated = Rating.objects.filter(statement__in=[row.pk for row in rows])
        rated.update(lost_target=key, statement=None)


def bequeath_comments(inference: Inference, heir: Inference) -> None:
    """Let the comments on an inference that goes be about another, and remember the first."""
    comments = Comment.objects.filter(inference=inference)
    comments.update(inference=heir, lost_target=inference.key)


def find_comments_back(argument_map: ArgumentMap, rows: Mapping[str, Element]) -> None:
    """Let comments be about what they remember, now that it is there again, by its key."""
    remembering = argument_map.comments.filter(lost_target__in=rows)
    for key in set(remembering.values_list("lost_target", flat=True)):
        found = {**ABOUT_THE_MAP, type_of(rows[key]): rows[key]}
        argument_map.comments.filter(lost_target=key).update(lost_target="", **found)


def find_ratings_back(argument_map: ArgumentMap, rows: Mapping[str, Element]) -> None:
    """Let ratings be of the statements that they remember, now that these are there again."""
    lost = argument_map.ratings.filter(lost_target__in=rows)
    for key in set(lost.values_list("lost_target", flat=True)):
        lost.filter(lost_target=key).update(lost_target="", statement=rows[key])


def keep_comments(comments: QuerySet[Comment], key: str) -> None:
    """Let comments remember what they were about, before it goes and their link is emptied."""
    comments.update(lost_target=key, **ABOUT_THE_MAP)
