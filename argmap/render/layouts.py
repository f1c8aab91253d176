"""Layouts of graphs: kept ones, and fresh ones, which the engines make one after another."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Callable
from functools import cache as once
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache

from argmap.core.dot import cheaper, marker_of
from argmap.core.splines import BadLayoutError
from argmap.render import trust
from argmap.render.engines import Engine, available_engines, missing
from argmap.render.keeper import BrokenError, BusyError, Keeper
from argmap.render.process import CrashedError, Task, TooSlowError, nothing

logger = logging.getLogger(__name__)

T = TypeVar("T")

KEEP_SECONDS = 7 * 24 * 3600
# A graph that is too slow stays so: without this, each look at it would cost the whole limit.
KEEP_SLOW_SECONDS = 300
TOO_SLOW = ""
"""What is kept of such a graph, in place of an answer."""

FIRST_SHARE = 0.6
"""How much of the time the first try may take; the rest is for the cheaper one."""

PATIENCE = 1.2
"""How long a graph may wait for others, as a part of the time of one: the next in line has a turn."""

FAILURES = (TooSlowError, CrashedError, BrokenError, BadLayoutError)

_keeper = Keeper()
atexit.register(_keeper.close)
os.register_at_fork(after_in_child=_keeper.forget_lock)


class DrawingFailedError(Exception):
    """No drawing could be made. `reason` is one line for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def layout(dot: str, read: Callable[[str], T], meanwhile: Task = nothing) -> T:
    """Return what `read` makes of Graphviz's plain output for `dot`, kept from before if it can be.

    `read` raises BadLayoutError for an answer that cannot be used. Where Graphviz has to work,
    `meanwhile` is done at the same time, once. That a graph is too slow is kept too, for a while.
    Raises DrawingFailedError.
    """
    best = next(available_engines(), None)
    if best is None:
        raise DrawingFailedError(missing())
    found = _kept(best, dot, read)
    if found is not None:
        return found
    try:
        with _keeper.turn(settings.ARGMAP_DOT_SECONDS * PATIENCE):
            return _fresh(dot, read, once(meanwhile))
    except BusyError as error:
        logger.warning("Graphviz was at work for others")
        raise DrawingFailedError("Graphviz is at work for others: look again soon.") from error


def _name(engine: Engine, dot: str) -> str:
    """Return the name by which a layout is kept."""
    return f"plain:{sha256(f'{engine.label} {dot}'.encode()).hexdigest()}"


def _kept(engine: Engine, dot: str, read: Callable[[str], T]) -> T | None:
    """Return what is kept of an engine, None if nothing. Raises DrawingFailedError: too slow."""
    answer: str | None = cache.get(_name(engine, dot))
    if answer == TOO_SLOW:
        raise DrawingFailedError(_too_slow())
    try:
        return None if answer is None else read(answer)
    except BadLayoutError:  # it was read otherwise when it was kept
        return None


def _fresh(dot: str, read: Callable[[str], T], meanwhile: Task) -> T:
    """Have the engines try, within a turn; while it waited others may have found one out.

    What fails at once is tried by the next engine; what is too slow may be so by itself, and has
    only its cheaper try left. Raises DrawingFailedError.
    """
    seconds: float = settings.ARGMAP_DOT_SECONDS
    tries = [(dot, seconds * FIRST_SHARE), (cheaper(dot), seconds * (1 - FIRST_SHARE))]
    slow: Engine | None = None
    for source, share in tries:
        slow = None
        for engine in available_engines():
            found = _kept(engine, dot, read)
            if found is not None:
                return found
            try:
                answer = _keeper.ask(engine.argv("plain"), source, marker_of(dot), share, meanwhile)
                found = read(answer)
            except FAILURES as failure:
                _note(engine, dot, failure, share)
                if isinstance(failure, TooSlowError):
                    slow = engine
                    break
            else:
                trust.succeeded(engine.name)
                cache.set(_name(engine, dot), answer, KEEP_SECONDS)
                return found
    raise DrawingFailedError(_why(slow, dot))


def _note(engine: Engine, dot: str, failure: Exception, seconds: float) -> None:
    """Count a failure. Of an engine that rests for it, no graph is kept as too slow."""
    _keeper.drop(engine.argv("plain"))  # an answer that cannot be read tells it only here
    what = str(failure) or f"more than {seconds:.1f} s"
    logger.warning("Graphviz (%s) failed: %s", engine.label, what)
    cache.delete_many(trust.failed(engine.name, _name(engine, dot), failure))


def _why(slow: Engine | None, dot: str) -> str:
    """Say why there is no layout, and keep of the engine that was too slow that it was."""
    if slow is None:
        has_engine = next(available_engines(), None) is not None
        return "Graphviz could not lay out this map." if has_engine else missing()
    cache.set(_name(slow, dot), TOO_SLOW, KEEP_SLOW_SECONDS)
    return _too_slow()


def _too_slow() -> str:
    return f"Graphviz took more than {settings.ARGMAP_DOT_SECONDS} seconds to lay out this map."
