"""Making a map that begins as another one is."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length

from argmap import graphs
from argmap.actions.base import require, write_change
from argmap.actions.imports import insert_graph, items_of
from argmap.core.kinds import Role, Verb, Visibility
from argmap.core.limits import LINE_LIMIT
from argmap.models import ArgumentMap

ENDING = " (copy)"


def copy_map(*, actor: User, argument_map: ArgumentMap, title: str = "") -> ArgumentMap:
    """Make a private map of the actor's own with the graph of another one that they may read.

    It has the same keys, and its sources have their texts; it starts at version 1 with a log of
    its own. What people made of the other map stays there: members, comments, reviews, answers to
    critical questions, snapshots. Without a title it gets the other's with "(copy)" behind it. The
    slug is made of the title by the rule of `create_map`. Raises PermissionDenied, or
    ValidationError with the place.
    """
    with transaction.atomic():
        require(Role.VIEWER, actor=actor, argument_map=argument_map)
        graph = graphs.load_graph(argument_map)
        wanted = title.strip() or f"{graph.title[: LINE_LIMIT - len(ENDING)]}{ENDING}"
        graph = replace(graph, title=wanted, slug="", version=1)
        made = insert_graph(graph, owner=actor, slug="", visibility=Visibility.PRIVATE).map
        items = items_of(made, graph, _copy_texts(argument_map, made))
        write_change(made, actor=actor, verb=Verb.COPY, items=items)
    return made


def _copy_texts(original: ArgumentMap, made: ArgumentMap) -> dict[str, int]:
    """Give the new sources their texts, which never leave the database; return their lengths."""
    text = original.sources.filter(key=OuterRef("key")).order_by().values("text")
    made.sources.update(text=Subquery(text))
    lengths = made.sources.order_by().values_list("key", Length("text"))
    return dict(lengths)
