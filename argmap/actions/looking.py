"""How far each person has looked through the logs of their maps."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction

from argmap import access
from argmap.models import Look


def look_at(*, actor: User, seen: Mapping[int, int]) -> int:
    """Note that the actor has seen the logs of maps up to these activities; return how many maps.

    `seen` has the activity that was shown by the map's number: what came after the page was made
    stays unseen. Nobody looks less far than before, nor further than the log goes, and maps that
    may not be read are passed by. It leaves no Change: like a token it is its person's own, and
    nobody else is told. Three queries, whatever the number of maps.
    """
    with transaction.atomic():
        readable = access.readable_maps(actor).filter(pk__in=seen)
        latest = dict(readable.order_by().values_list("pk", "activity"))
        looks = Look.objects.filter(user=actor, map__in=latest)
        before = dict(looks.values_list("map", "activity"))
        rows = [
            Look(map_id=pk, user=actor, activity=max(min(seen[pk], activity), before.get(pk, 0)))
            for pk, activity in latest.items()
        ]
        Look.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["map", "user"],
            update_fields=["activity", "at"],
        )
    return len(rows)
