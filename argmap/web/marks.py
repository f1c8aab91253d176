"""The open threads on what a view shows and hides, counted as boxes and lines say them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet

from argmap.core.boxes import Marks
from argmap.core.focus import View
from argmap.core.kinds import CommentKind, CommentState
from argmap.models import ArgumentMap, Comment, Prepared


def marks_of(argument_map: ArgumentMap, view: View) -> dict[str, Marks]:
    """Count the open threads on each statement, those on its excerpts with it (one query).

    Of a statement that is hidden, the questions count where it does.
    """
    found: dict[str, Marks] = defaultdict(Marks)
    for on, beside, kind, count in _threads(argument_map.pk):
        key = on or beside
        if key is None:
            continue
        asked = count if kind == CommentKind.QUESTION else 0
        if over := view.hidden_under.get(key):
            marks = found[over]
            found[over] = marks._replace(hidden_questions=marks.hidden_questions + asked)
        else:
            marks = found[key]
            found[key] = marks._replace(
                open_comments=marks.open_comments + count,
                open_questions=marks.open_questions + asked,
            )
    return found


@Prepared
def _threads(argument_map: int) -> QuerySet[Comment, Any]:
    threads = Comment.objects.filter(map=argument_map, state=CommentState.OPEN, parent=None)
    by_element = threads.order_by().values_list("statement__key", "excerpt__statement__key", "kind")
    return by_element.annotate(Count("pk"))
