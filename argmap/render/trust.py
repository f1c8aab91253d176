"""Which engines may be asked: one that does not work rests, and then has one more chance."""

from __future__ import annotations

import logging
from collections import deque
from time import monotonic

from argmap.render.keeper import BrokenError

logger = logging.getLogger(__name__)

REST_SECONDS = 60.0
"""How long an engine that does not work is left alone: each try of it costs someone seconds."""

IN_A_ROW = 3
"""At how many graphs in a row an engine may fail: one or two may be more than any can do."""

_resting: dict[str, float] = {}
"""Until when an engine rests, on the monotonic clock, by its name."""

_rows: dict[str, deque[str]] = {}
"""The last graphs that an engine failed at since it last succeeded, by its name."""


def rest(name: str, failure: Exception) -> None:
    """Leave an engine alone for REST_SECONDS. Another takes its place, where one may."""
    logger.error("Graphviz (%s) does not work: %s", name, str(failure) or "no answer in time")
    _resting[name] = monotonic() + REST_SECONDS


def is_resting(name: str) -> bool:
    """Tell whether the engine of that name rests."""
    return monotonic() < _resting.get(name, 0.0)


def succeeded(name: str) -> None:
    """Forget what an engine failed at: it works."""
    _rows.pop(name, None)


def failed(name: str, graph: str, failure: Exception) -> list[str]:
    """Have an engine rest that is broken, or that failed at IN_A_ROW graphs, this one the last.

    The same graph counts once, however often people look at it. After its rest the next failure is
    enough. Returns the graphs that it is now known to have failed at by its own fault.
    """
    row = _rows.setdefault(name, deque(maxlen=IN_A_ROW))
    is_broken = isinstance(failure, BrokenError)
    if not is_broken and graph not in row:
        row.append(graph)
    if not is_broken and len(row) < IN_A_ROW:
        return []
    rest(name, failure)
    return list(row)
