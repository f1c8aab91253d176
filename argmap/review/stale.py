"""Judgements that have gone stale: what they are about has changed since their authors saw it.

A comment, an answer or a rating is of one element, and stale once what that says has changed; a
comment on the map itself, once the map's own words have; a verdict, once anything has. The log is
asked, not the rows' stamps: a document that was attached stamps what rests on it and changes no
word, and neither a status nor a tag is part of what a statement says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from argmap.core.history import Record, Step, net
from argmap.core.kinds import Verb
from argmap.core.saying import SAID
from argmap.models import Answer, ArgumentMap, ChangeItem, Comment, Rating, Review

Judgement = Comment | Answer | Rating

MOST = 200
"""Rows that `changes_since` tells of: who has missed more reads the map anew."""


class Moved(NamedTuple):
    """One row of the graph that came to differ: from what, to what, by whose changes."""

    type: str
    key: str
    before: Record | None
    after: Record | None
    by: tuple[str, ...]
    at: datetime
    untold: bool = False
    """Whether it changed before an import brought it here: a file tells that, and not how."""

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """Each field that differs, before and after; none where the row was made or removed."""
        before, after = self.before, self.after
        if before is None or after is None:
            return []
        return [
            (name, before.get(name), after.get(name))
            for name in SAID[self.type]
            if before.get(name) != after.get(name)
        ]

    @property
    def differs(self) -> bool:
        """Tell whether it says something else, and was not only changed and changed back."""
        return self.untold or self.before is None or self.after is None or bool(self.fields)


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
    asked = [(row, row.map_id, *_target(row)) for row in rows]
    if not asked:
        return {}
    keys = {key for _, _, _, key in asked if key}
    items = _items(min(row.version_seen for row, *_ in asked)).filter(
        Q(type="map") | Q(key__in=keys),
        map__in={map_id for _, map_id, _, _ in asked},
        type__in={type_ for _, _, type_, _ in asked},
    )
    logged: dict[tuple[int | None, str, str], list[_Logged]] = defaultdict(list)
    for each in _logged(items):
        logged[each.map, each.type, "" if each.type == "map" else each.key].append(each)
    found = {
        row.pk: _moved(
            each for each in logged[map_id, type_, key] if each.version > row.version_seen
        )
        for row, map_id, type_, key in asked
    }
    return {pk: moved for pk, moved in found.items() if moved}


def changes_since(argument_map: ArgumentMap, version: int) -> tuple[Moved, ...]:
    """Return what has changed in a map's graph since `version`: what makes a verdict stale.

    One query, for the last 5 times MOST rows of the log; MOST rows of the graph at most. What was
    changed before an import brought the map here is told by one line, the first.
    """
    items = _items(version).filter(map=argument_map, type__in=SAID)
    latest = _logged(items.order_by("-change__activity", "-pk")[: 5 * MOST])
    lines = [line for line in latest if not line.brought]
    brought = [line for line in latest if line.brought]
    moved = _moved(reversed(lines))
    if brought:
        moved = (_untold(brought[0])._replace(type="map", key=""), *moved)
    return moved[:MOST]


class _Logged(NamedTuple):
    """One line of the log, with the change that it belongs to."""

    map: int | None
    version: int
    by: str
    at: datetime
    type: str
    key: str
    before: Record | None
    after: Record | None
    verb: str

    @property
    def brought(self) -> bool:
        """Tell whether an import brought the row here, so that no change of it is known."""
        return self.verb == Verb.IMPORT


def _items(version: int) -> Any:
    """Return the lines of the log of later versions that may make a judgement stale."""
    later = ChangeItem.objects.filter(version__gt=version)
    return later.exclude(change__verb=Verb.ATTACH).order_by("change__activity", "pk")


def _logged(items: Any) -> list[_Logged]:
    rows = items.values_list(
        "map",
        "version",
        "change__actor_name",
        "change__at",
        "type",
        "key",
        "before",
        "after",
        "change__verb",
    )
    return [_Logged(*row) for row in rows]


def _moved(lines: Iterable[_Logged]) -> tuple[Moved, ...]:
    """Return where each row went that some lines, in order, are about."""
    of: dict[tuple[str, str], list[_Logged]] = defaultdict(list)
    for line in lines:
        of[line.type, line.key].append(line)
    brought = [of[each][0] for each in of if of[each][0].brought]
    here = [[line for line in each if not line.brought] for each in of.values()]
    steps = net(Step(line.type, line.key, line.before, line.after) for line in _flat(here))
    moved = [
        Moved(
            step.type,
            step.key,
            step.start,
            step.end,
            tuple(dict.fromkeys(line.by for line in of[step.type, step.key] if not line.brought)),
            of[step.type, step.key][-1].at,
        )
        for step in steps
    ]
    return (*map(_untold, brought), *(each for each in moved if each.differs))


def _untold(line: _Logged) -> Moved:
    return Moved(line.type, line.key, None, None, (), line.at, untold=True)


def _flat(lists: Iterable[Sequence[_Logged]]) -> Iterable[_Logged]:
    return (line for lines in lists for line in lines)


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
