"""Dates of reduced precision, as ISO 8601-1 has them: a year, a month or a day."""

from __future__ import annotations

import re
from calendar import monthrange

_REDUCED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


def is_reduced_date(text: str) -> bool:
    """Tell whether `text` is 2017, 2017-02 or 2017-02-16, and a date that exists."""
    match = _REDUCED.match(text)
    if match is None or int(match[1]) == 0:
        return False
    year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]
