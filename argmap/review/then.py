"""What an element said in an earlier version, from the log."""

from __future__ import annotations

from typing import Any

from argmap.models import ArgumentMap, ChangeItem


def as_seen(argument_map: ArgumentMap, type_: str, key: str, version: int) -> dict[str, Any] | None:
    """Return the record of an element as it stood in `version`; None where it was not there then.

    One query.
    """
    items = ChangeItem.objects.filter(map=argument_map, version__lte=version, type=type_, key=key)
    records = items.order_by("-change__activity", "-pk").values_list("after", flat=True)
    return records.first()
