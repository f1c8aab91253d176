"""Judgements that have gone stale: what they are about has changed since their authors saw it.

A comment, an answer or a rating is of one element, and stale once what that says has changed; a
comment on the map itself, once the map's own words have; a verdict, once anything has. The log is
asked, not the rows' stamps: a document that was attached stamps what rests on it and changes no
word, and neither a status nor a tag is part of what a statement says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from argmap.core.saying import SAID
from argmap.models import Answer, ArgumentMap, ChangeItem, Comment, Prepared, Rating, Review
from argmap.review.moves import Line, Moved, items_after, lines_of, moves_in, told_of, untold

Judgement = Comment | Answer | Rating

MOST = 200
"""Rows that `changes_since` tells of: who has missed more reads the map anew."""


def is_stale(model: type[Judgement | Review]) -> Q:
    """Return the condition that a row of `model` is stale, for a filter or an annotation.

    It asks the log only about elements that were stamped since. A verdict that is not given yet
    is not stale. What was changed and changed back counts as changed here; `differences_since`
    tells.
    """
    if model is Review:
        return ~Q(verdict="") & Q(map__version__gt=F("version_seen"))
    if model is Comment:
        stale = _on_map()
        for name in ("statement", "inference", "excerpt"):
            stale |= _on(name)
        return stale
    return _on("inference" if model is Answer else "statement")


def with_stale(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return judgements, each with whether it is `stale`."""
    stale = ExpressionWrapper(is_stale(rows.model), output_field=BooleanField())
    told: QuerySet[Any] = rows.annotate(stale=stale)
    return told


def differences_since(rows: Iterable[Judgement]) -> dict[int, tuple[Moved, ...]]:
    """Return what has changed in what each of `rows` is about, since its author saw it, by number.

    One query for all of them, of whatever maps; none where there are no rows. Comments need what
    they are about fetched with them, ratings their statements, answers their inferences. A row
    whose target says the same is left out.
    """
    found = {pk: moves_in(lines) for pk, lines in _since(rows).items()}
    return {pk: moved for pk, moved in found.items() if moved}


def stale_comments_of(comments: Iterable[Comment]) -> dict[int, tuple[Moved, ...]]:
    """Return those that are stale, by number, each with what has changed in what it is about: an
    empty tuple where that reads again as it did.

    They need what they are about fetched with them, and their map, which they are judged by as it
    was read. One query; none where nothing was stamped since. To ask the database with `with_stale`
    which are stale takes five times as long as to read the few comments on one element.
    """
    stamped = [each for each in comments if _stamp(each) > each.version_seen]
    return {
        pk: moves_in(lines)
        for pk, lines in _since(stamped).items()
        if any(line.rewords for line in lines)
    }


def changes_since(argument_map: ArgumentMap, version: int) -> tuple[Moved, ...]:
    """Return what has changed in a map's graph since `version`: what makes a verdict stale.

    One query, for the last 5 times MOST rows of the log; MOST rows of the graph at most. What was
    changed before an import brought the map here is told by one line, the first.
    """
    items = items_after(version).filter(map=argument_map, type__in=SAID)
    latest = lines_of(items.order_by("-change__activity", "-pk")[: 5 * MOST])
    lines = [line for line in latest if not line.brought]
    brought = [line for line in latest if line.brought]
    moved = moves_in(reversed(lines))
    if brought:
        moved = (untold(brought[0])._replace(type="map", key=""), *moved)
    return moved[:MOST]


def _since(rows: Iterable[Judgement]) -> dict[int, list[Line]]:
    """Return the lines of the log on what each of `rows` is about, after it was seen, by number."""
    asked = [(row, row.map_id, *_target(row)) for row in rows]
    if not asked:
        return {}
    version = min(row.version_seen for row, *_ in asked)
    _, maps, types, keys = (tuple(set(column)) for column in zip(*asked, strict=True))
    ask = _logged_with_maps if "" in keys else _logged
    logged: dict[tuple[int | None, str, str], list[Line]] = defaultdict(list)
    for each in map(Line._make, ask(version, maps, types, keys)):
        logged[each.map, each.type, "" if each.type == "map" else each.key].append(each)
    return {
        row.pk: [each for each in logged[map_id, type_, key] if each.version > row.version_seen]
        for row, map_id, type_, key in asked
    }


@Prepared
def _logged(
    version: int, maps: tuple[int, ...], types: tuple[str, ...], keys: tuple[str, ...]
) -> QuerySet[ChangeItem, Any]:
    items = items_after(version).filter(map__pk__among=maps, type__among=types)
    return told_of(items.filter(key__among=keys))


@Prepared
def _logged_with_maps(
    version: int, maps: tuple[int, ...], types: tuple[str, ...], keys: tuple[str, ...]
) -> QuerySet[ChangeItem, Any]:
    """Not for all: with it, SQLite goes through all that the log has of elements of the type."""
    items = items_after(version).filter(map__pk__among=maps, type__among=types)
    return told_of(items.filter(Q(key__among=keys) | Q(type="map")))


def _stamp(comment: Comment) -> int:
    """Return the version that last touched what a comment is about; 0 where that is gone."""
    target = comment.statement or comment.inference or comment.excerpt
    if target is not None:
        return target.changed_in
    return 0 if comment.lost_target else comment.map.version


def _target(row: Judgement) -> tuple[str, str]:
    """Return the type and key of what a judgement is about; the map, too, for what is gone."""
    if isinstance(row, Answer):
        return "inference", row.inference.key
    if isinstance(row, Rating):
        return "statement", row.about or row.lost_target
    for name in ("statement", "inference", "excerpt"):
        target = getattr(row, name)
        if target is not None:
            return name, target.key
    # What was about an element that is gone is not about the map's words.
    return ("statement", row.lost_target) if row.lost_target else ("map", "")


def _on(name: str) -> Q:
    """Return the condition that the element which a column leads to says something else now."""
    return Q(**{f"{name}__changed_in__gt": F("version_seen")}) & Q(
        Exists(rewordings(name).filter(key=OuterRef(f"{name}__key")))
    )


def _on_map() -> Q:
    """Return the condition that a comment is on the map, whose own words have changed."""
    on_map = Q(statement=None, inference=None, excerpt=None, lost_target="")
    return on_map & Q(map__version__gt=F("version_seen")) & Q(Exists(rewordings("map")))


def rewordings(type_: str) -> QuerySet[ChangeItem]:
    """Return the lines of the log, since a judgement, of rows that say something else after it."""
    return ChangeItem.objects.filter(
        map=OuterRef("map"), type=type_, rewords=True, version__gt=OuterRef("version_seen")
    )
