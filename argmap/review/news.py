"""What concerns people on their maps and is news to them: what a digest tells.

The log is asked, map by map and in the order of its activities, since moments are not in the order
in which changes are committed. Each look is for some people at once, and takes the same number of
queries for however many of them. Only what someone may read now is news to them, and nothing of
what was deleted, settled or answered meanwhile. No figure of a rating is part of any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from argmap import access
from argmap.core.kinds import Role
from argmap.models import ArgumentMap, Digest, Told
from argmap.review.concerns import Concern, Topic
from argmap.review.gone_stale import gone_stale
from argmap.review.talk import talk


class Mark(NamedTuple):
    """How far someone has been told what a map's log says: up to these activities."""

    talk: int = 0
    stale: int = 0


def news_for(
    digests: Collection[Digest], argument_map: ArgumentMap | None = None, *, stale: bool = True
) -> dict[int, list[Concern]]:
    """Return what is news to the people of `digests`, by their numbers, in the order of topics.

    Of one map alone where there is one; without judgements that have gone stale where `stale` is
    False. The digests need their users fetched with them. 18 queries at the most: 8 for what was
    said, 8 for what has gone stale, the roles, and how far each was told.
    """
    if not digests:
        return {}
    people = {each.user_id for each in digests}
    earliest = min(each.since for each in digests)
    found = list(talk(people, earliest, argument_map))
    if stale:
        found += gone_stale(people, earliest)
    return _for_each(digests, found)


def _for_each(digests: Collection[Digest], found: Sequence[Concern]) -> dict[int, list[Concern]]:
    """Leave out what someone may not read, was told before, or what happened too early for them."""
    maps = {each.map.pk: each.map for each in found}
    roles = access.roles_of((each.user for each in digests), maps.values())
    marks = _marks(digests)
    by_user = {each.user_id: each for each in digests}
    news: dict[int, list[Concern]] = defaultdict(list)
    for concern in sorted(found, key=lambda each: (each.topic.rank, each.at, each.activity)):
        digest = by_user[concern.user]
        role = roles.get((concern.user, concern.map.pk))
        mark = marks.get((digest.pk, concern.log), Mark())
        if _is_news(concern, digest.since, mark) and _may(concern, role):
            news[digest.pk].append(concern)
    return news


def _is_news(concern: Concern, since: datetime, mark: Mark) -> bool:
    told = mark.stale if concern.topic is Topic.STALE else mark.talk
    return concern.at > since and concern.activity > told


def _may(concern: Concern, role: Role | None) -> bool:
    """Tell whether someone may do what they are told of, or else read it."""
    return access.allows(role, concern.map, concern.topic.takes)


def _marks(digests: Iterable[Digest]) -> Mapping[tuple[int, int], Mark]:
    rows = Told.objects.filter(digest__in=digests).order_by()
    return {
        (digest, map_): Mark(talk_, stale)
        for digest, map_, talk_, stale in rows.values_list("digest", "map", "talk", "stale")
    }


def marks_after(news: Iterable[Concern]) -> Iterator[tuple[int, Mark]]:
    """Yield how far someone has been told once they got `news`, by the number of each map's log."""
    reached: dict[int, Mark] = defaultdict(Mark)
    for each in news:
        before = reached[each.log]
        if each.topic is Topic.STALE:
            reached[each.log] = before._replace(stale=max(before.stale, each.activity))
        else:
            reached[each.log] = before._replace(talk=max(before.talk, each.activity))
    yield from reached.items()
