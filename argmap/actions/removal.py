"""What goes when a statement or an inference goes, and how it is deleted."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from argmap.actions.base import Edit
from argmap.models import ArgumentMap, Comment, Inference, Statement


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


def keep_comments(comments: QuerySet[Comment], key: str) -> None:
    """Let comments remember what they were about, before it goes and their link is emptied."""
    comments.update(lost_target=key, statement=None, inference=None, excerpt=None)
