"""The start page: what waits for the one who signs in, on the maps that they belong to.

Each list is bounded and takes the same queries whatever the number of maps: see `start_of`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber

from argmap import access
from argmap.admin.lists import counted
from argmap.admin.problems import problems_on
from argmap.core.kinds import CommentKind, CommentState, Role
from argmap.core.telling import LOOKED_AT
from argmap.models import (
    NATURAL_ORDER,
    ArgumentMap,
    Change,
    ChangeItem,
    Comment,
    Look,
    Membership,
    Source,
    Statement,
)

MAPS = 12
"""Most maps that are listed, those that changed last."""

NEWS_MAPS, NEWS = 8, 5
"""Most maps of which news are told, and most changes of each."""

FIRST_ITEMS = Prefetch(
    "items", ChangeItem.objects.order_by("pk")[: LOOKED_AT + 1], to_attr="first_items"
)
"""What a change touched first, one more than LOOKED_AT where it touched more."""


LINES = 10
"""Most comments and sources that are listed."""

LATEST = 40
"""Most open challenges and questions of which it is asked whose they are to answer."""

ASKING = (CommentKind.CHALLENGE, CommentKind.QUESTION)


def maps_of(person: User) -> QuerySet[Any]:
    """Return the maps that a person belongs to and may read, with their role.

    `seen` is the activity up to which they have looked, 0 where they never have.
    """
    # In no order: a membership's own is that of the maps' titles, a join for each map.
    mine = Membership.objects.filter(map=OuterRef("pk"), user=person).order_by()
    looks = Look.objects.filter(map=OuterRef("pk"), user=person)
    return (
        access.readable_maps(person)
        .filter(Exists(mine))
        .annotate(
            role=Subquery(mine.values("role")), seen=Coalesce(Subquery(looks.values("activity")), 0)
        )
    )


def listed_maps(person: User) -> list[Any]:
    """Return the maps in use that a person belongs to, what changed last first (one query).

    One more than MAPS tells that there are others.
    """
    threads = Comment.objects.filter(state=CommentState.OPEN, parent=None)
    order = ("-changed_at", "title", "slug")
    # Chosen first: what is counted beside a map is counted for each that is put in order.
    held = access.readable_maps(person).filter(archived_at=None, memberships__user=person)
    chosen = held.order_by(*order).values("pk")[: MAPS + 1]
    rows = (
        maps_of(person)
        .filter(pk__in=chosen)
        .annotate(
            statements_count=counted(Statement.objects.all(), "map"),
            comments_count=counted(threads, "map"),
        )
    )
    return list(rows.order_by(*order))


@dataclass(frozen=True, slots=True)
class News:
    """What others changed on one map since a person looked: how much, and the latest of it."""

    map: ArgumentMap
    changes: Sequence[Any]

    @property
    def more(self) -> int:
        """How many changes there are besides those that are listed."""
        return int(self.changes[0].total) - len(self.changes)


def news_of(person: User) -> list[News]:
    """Return the maps that others changed since a person looked, the latest first.

    Three queries: the maps; the latest changes of each; what these touched.
    """
    theirs = Change.objects.filter(map=OuterRef("pk"), activity__gt=OuterRef("seen"))
    fresh = maps_of(person).filter(activity__gt=F("seen"))
    fresh = fresh.filter(Exists(theirs.exclude(actor=person))).order_by("-changed_at", "slug")
    maps = {each.pk: each for each in fresh[: NEWS_MAPS + 1]}
    changes: dict[int | None, list[Change]] = {pk: [] for pk in maps}
    for change in _latest(person, maps):
        changes[change.map_id].append(change)
    # A change may have come and gone between the two queries.
    return [News(maps[pk], rows) for pk, rows in changes.items() if pk is not None and rows]


def _latest(person: User, maps: Collection[int]) -> QuerySet[Change]:
    """Return the latest changes of each map by others since a person looked, with their number."""
    looks = Look.objects.filter(map=OuterRef("map"), user=person)
    on_each = Change.objects.filter(map__in=maps).exclude(actor=person)
    later = on_each.filter(activity__gt=Coalesce(Subquery(looks.values("activity")), 0))
    by_map: dict[str, Any] = {"partition_by": "map"}
    ranked = later.annotate(
        total=Window(Count("pk"), **by_map),
        place=Window(RowNumber(), order_by="-activity", **by_map),
    )
    return ranked.filter(place__lte=NEWS).order_by("-activity").prefetch_related(FIRST_ITEMS)


def challenges_to(person: User) -> list[Comment]:
    """Return open challenges and questions by others that are a person's to answer (one query).

    Of the latest LATEST on the maps that they own or edit: on those that they own all, on the
    others the ones on statements that the log says they made, which is dear to ask of each thread.
    The latest come first.
    """
    held = Membership.objects.filter(user=person)
    owned = held.filter(role=Role.OWNER).values("map")
    mine = held.filter(role__in=Role.at_least(Role.EDITOR)).values("map")
    asked = Comment.objects.filter(
        map__in=access.maps_for(person, Role.EDITOR).filter(pk__in=mine),
        parent=None,
        state=CommentState.OPEN,
        kind__in=ASKING,
        deleted_at=None,
    ).exclude(author=person)
    latest = asked.order_by("-created_at", "-pk").values("pk")[:LATEST]
    made = ChangeItem.objects.filter(
        type="statement",
        key=OuterRef("statement__key"),
        before__isnull=True,
        change__map=OuterRef("map"),
        change__actor=person,
    )
    theirs = Comment.objects.filter(Q(map__in=owned) | Q(Exists(made)), pk__in=latest)
    about = theirs.select_related("map", "statement", "inference", "excerpt")
    return list(about.order_by("-created_at", "-pk")[: LINES + 1])


def ungraded_sources(person: User) -> list[Source]:
    """Return sources without a grade on the maps that a person owns or edits (one query)."""
    held = Membership.objects.filter(user=person, role__in=Role.at_least(Role.EDITOR))
    usable = access.maps_for(person, Role.EDITOR).filter(pk__in=held.values("map"))
    rows = Source.objects.filter(map__in=usable, reliability="").defer("text")
    ordered = rows.select_related("map").order_by("map__title", "map", *NATURAL_ORDER)
    return list(ordered[: LINES + 1])


def start_of(person: User) -> dict[str, Any]:
    """Return what the start page shows.

    Six queries, some fewer where there is nothing to ask on about; three more for the pages of
    elements that have problems, and six for each of the few maps that are looked through anew.
    """
    maps, news = listed_maps(person), news_of(person)
    challenges, sources = challenges_to(person), ungraded_sources(person)
    return {
        "maps": maps[:MAPS],
        "more_maps": len(maps) > MAPS,
        "news": news[:NEWS_MAPS],
        "more_news": len(news) > NEWS_MAPS,
        "challenges": challenges[:LINES],
        "more_challenges": len(challenges) > LINES,
        "sources": sources[:LINES],
        "more_sources": len(sources) > LINES,
        **problems_on(maps[:MAPS]),
    }
