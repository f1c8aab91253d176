"""What goes when a statement or an inference goes, and how it is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from argmap.actions.base import Edit
from argmap.actions.records import type_of
from argmap.models import ArgumentMap, Comment, Element, Inference, Statement

ABOUT_THE_MAP: dict[str, Any] = {"statement": None, "inference": None, "excerpt": None}


def inferences_that_fall(
    argument_map: ArgumentMap, element: Statement | Inference
) -> list[Inference]:
    """Return the inferences that cannot stand without `element`, itself left out.

    Those of which a statement is a premise or the conclusion; and whatever bears on an inference
    that falls, level by level (a query each: undercuts of undercuts are rarely three deep).
    """
    found: dict[int, Inference] = {}
    if isinstance(element, Statement):
        direct = Q(premises__statement=element) | Q(conclusion_statement=element)
        level = set(argument_map.inferences.filter(direct).distinct())
    else:
        level = set(argument_map.inferences.filter(conclusion_inference=element))
    while level:
        found.update({inference.pk: inference for inference in level})
        above = argument_map.inferences.filter(conclusion_inference__in=level)
        level = set(above.exclude(pk__in=found))
    return list(found.values())


def remove_with_what_hangs_on_it(
    edit: Edit, element: Statement | Inference, seen: int | None
) -> None:
    """Delete `element`, its excerpts, and the inferences that fall with it, the last ones first.

    Comments on them are kept, on the map. Raises Conflict where any changed after version `seen`.
    """
    falling = inferences_that_fall(edit.map, element)
    for inference in falling:
        edit.expect(inference, seen)
    for inference in reversed(falling):
        keep_comments(Comment.objects.filter(inference=inference), inference.key)
        edit.remove(inference)
    if isinstance(element, Statement):
        for excerpt in element.excerpts.all():
            keep_comments(Comment.objects.filter(excerpt=excerpt), excerpt.key)
            edit.remove(excerpt)
        keep_comments(Comment.objects.filter(statement=element), element.key)
    else:
        keep_comments(Comment.objects.filter(inference=element), element.key)
    edit.remove(element)


def keep_comments_of(rows: Sequence[Element]) -> None:
    """Keep the comments on rows of one table: a query, and one for each that has any."""
    if not rows:
        return
    name = type_of(rows[0])
    keys = {row.pk: row.key for row in rows}
    held = Comment.objects.filter(**{f"{name}__in": keys}).values_list(name, flat=True)
    for pk in set(held):
        keep_comments(Comment.objects.filter(**{name: pk}), keys[pk])


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


def keep_comments(comments: QuerySet[Comment], key: str) -> None:
    """Let comments remember what they were about, before it goes and their link is emptied."""
    comments.update(lost_target=key, **ABOUT_THE_MAP)
