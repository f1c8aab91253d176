"""What every record of what people said holds: versions, moments and texts, checked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from argmap.actions.base import validate
from argmap.core.places import Place
from argmap.models import ArgumentMap


def version_of(argument_map: ArgumentMap, place: Place, version: int) -> int:
    """Return a version that the map has had. Raises ValidationError where it is a later one."""
    if version > argument_map.version:
        raise ValidationError(
            f"{place.at('version')}: {version} is later than the map's, {argument_map.version}"
        )
    return version


def moment_of(place: Place, given: str) -> datetime:
    """Return a moment that has the right shape and is past. Raises ValidationError with the place."""
    try:
        moment = datetime.fromisoformat(given)
    except ValueError as error:
        raise ValidationError(f"{place}: there is no such moment") from error
    # What was said last stands: what is still to come would stand for ever.
    if moment > timezone.now():
        raise ValidationError(f"{place}: that moment is still to come")
    return moment


def moment_or_none(place: Place, given: str | None) -> datetime | None:
    """Return a moment as `moment_of` does, where there is one."""
    return None if given is None else moment_of(place, given)


def check_row(row: Any, place: Place) -> None:
    """Check a row's own columns. Raises ValidationError with the place of the first that is wrong."""
    try:
        validate(row)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise ValidationError(f"{place.at(name)}: {messages[0]}") from error
