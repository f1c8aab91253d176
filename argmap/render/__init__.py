"""Runs Graphviz: layouts and images, with limits and a cache.

Graphviz never works in the web process. `graphviz.Source(...).pipe()` would start a process for
each drawing (ten times the cost for a small map) and can neither kill a group nor limit CPU time,
so the package serves to find the program and its version, and process.py runs it.
"""

from __future__ import annotations

import atexit
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache as once
from hashlib import sha256
from pathlib import Path

import font_source_sans_pro
from django.conf import settings
from django.core.cache import cache

from argmap.core import drawing
from argmap.core.boxes import NO_MARKS, Marks
from argmap.core.colour import NO_PAINTS, Paint
from argmap.core.dot import cheaper, labelled_dot, layout_dot, marker_of
from argmap.core.focus import View
from argmap.core.plan import Direction, plan
from argmap.core.sentences import NO_NAMES
from argmap.core.splines import BadLayoutError, read_plain
from argmap.render.engines import Engine, available_engine, missing, rest
from argmap.render.keeper import BrokenError, BusyError, Keeper
from argmap.render.process import CrashedError, Task, TooSlowError, nothing, run_once

__all__ = [
    "DrawingFailedError",
    "Task",
    "available_engine",
    "draw",
    "image",
    "labelled",
    "layout",
    "stamp",
    "svg_file",
]

logger = logging.getLogger(__name__)

IMAGE_FORMATS = {"png": b"\x89PNG", "pdf": b"%PDF"}
"""How the file of each starts."""

KEEP_SECONDS = 7 * 24 * 3600
# A graph that is too slow stays so: without this, each look at it would cost the whole limit.
KEEP_SLOW_SECONDS = 300
FIRST_SHARE = 0.6
"""How much of the time the first try may take; the rest is for the cheaper one."""

_PACKAGE = Path(__file__).parents[1]
_STYLES = _PACKAGE / "static" / "argmap" / "drawing.css"
_PRESS = Path(__file__).with_name("press.py")
_keeper = Keeper()
atexit.register(_keeper.close)
os.register_at_fork(after_in_child=_keeper.forget_lock)


class DrawingFailedError(Exception):
    """No drawing could be made. `reason` is one line for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def stamp() -> str:
    """Return what a drawing depends on besides the map: the engine, and this very code.

    With it in the name of what is kept, no upgrade serves what was drawn before.
    """
    engine = available_engine()
    return f"{engine.label if engine else 'none'} {_code()}"


def draw(
    view: View,
    *,
    href: Callable[[str], str] | None = None,
    opening: Callable[[str], str] | None = None,
    marks: Mapping[str, Marks] = NO_MARKS,
    schemes: Mapping[str, str] = NO_NAMES,
    direction: Direction = Direction.ACROSS,
    paints: Mapping[str, Paint] = NO_PAINTS,
    pinned: bool = False,
    meanwhile: Sequence[Task] = (),
) -> str:
    """Return the SVG of a view, without style: see core.drawing.Parts for the arguments.

    Its parts are written while Graphviz looks for their places, and what is to be done `meanwhile`.
    """
    planned = plan(view, marks, direction, paints)
    parts = drawing.Parts(planned, href=href, opening=opening, schemes=schemes, pinned=pinned)

    def beside() -> None:
        for task in (parts.write, *meanwhile):
            task()

    dot = layout_dot(planned)
    answer = layout(dot, beside) if planned.boxes else ""
    try:
        placed = read_plain(planned, answer)
    except BadLayoutError as error:
        logger.warning("Unusable layout: %s", error)
        cache.delete(_name(_engine(), dot))
        raise DrawingFailedError("Graphviz gave an answer that cannot be used.") from error
    return drawing.draw(parts, placed)


def svg_file(
    view: View,
    *,
    marks: Mapping[str, Marks] = NO_MARKS,
    schemes: Mapping[str, str] = NO_NAMES,
    direction: Direction = Direction.ACROSS,
    paints: Mapping[str, Paint] = NO_PAINTS,
) -> str:
    """Return the SVG of a view as a file of its own, with its styles inside and without links."""
    svg = draw(view, marks=marks, schemes=schemes, direction=direction, paints=paints, pinned=True)
    return drawing.standalone(svg, _styles())


def labelled(
    view: View,
    *,
    marks: Mapping[str, Marks] = NO_MARKS,
    direction: Direction = Direction.ACROSS,
    paints: Mapping[str, Paint] = NO_PAINTS,
) -> str:
    """Return a view as DOT with its texts, for people to download."""
    return labelled_dot(plan(view, marks, direction, paints))


def layout(dot: str, meanwhile: Task = nothing) -> str:
    """Return Graphviz's plain output for `dot`, from the cache where it was laid out before.

    Where Graphviz has to work, `meanwhile` is done at the same time. That a graph is too slow is kept
    too, for a while. An engine that turns out not to work is left for the next. Raises
    DrawingFailedError.
    """
    engine = _engine()
    name = _name(engine, dot)
    answer: str | None = cache.get(name)
    if answer is None:
        try:
            answer = _tried(engine, dot, meanwhile)
        except BrokenError as error:
            rest(engine.name, error)
            return layout(dot, meanwhile)
        cache.set(name, answer, KEEP_SECONDS if answer else KEEP_SLOW_SECONDS)
    if not answer:
        raise DrawingFailedError(_too_slow())
    return answer


def image(svg: str, output: str) -> bytes:
    """Return a drawing as "png" or "pdf": what `svg_file` gives, as it looks on a screen.

    In a process of its own. Raises ValueError for another format, and DrawingFailedError.
    """
    if output not in IMAGE_FORMATS:
        raise ValueError(f"no image format: {output!r}")
    press = [sys.executable, "-P", str(_PRESS), output, font_source_sans_pro.font_directory]
    try:
        file = run_once(press, svg, settings.ARGMAP_DOT_SECONDS, {})
    except TooSlowError as error:
        reason = f"The picture took more than {settings.ARGMAP_DOT_SECONDS} seconds to make."
        raise DrawingFailedError(reason) from error
    except (CrashedError, OSError) as error:
        logger.warning("No %s was made: %s", output, error)
        raise DrawingFailedError("The picture of this map could not be made.") from error
    if not file.startswith(IMAGE_FORMATS[output]):
        logger.warning("What was made is no %s", output)
        raise DrawingFailedError("The picture of this map could not be made.")
    return file


def _name(engine: Engine, dot: str) -> str:
    """Return the name by which a layout is kept."""
    return f"plain:{sha256(f'{engine.label} {dot}'.encode()).hexdigest()}"


def _engine() -> Engine:
    engine = available_engine()
    if engine is None:
        raise DrawingFailedError(missing())
    return engine


def _tried(engine: Engine, dot: str, meanwhile: Task) -> str:
    """Return an answer, "" where a second, cheaper try was too slow as well.

    Raises DrawingFailedError where it failed otherwise, which the next look may not meet, and
    BrokenError.
    """
    seconds: float = settings.ARGMAP_DOT_SECONDS
    tries = [(dot, seconds * FIRST_SHARE), (cheaper(dot), seconds * (1 - FIRST_SHARE))]
    failure = ""
    for source, share in tries:
        try:
            return _keeper.ask(engine.argv("plain"), source, marker_of(dot), share, meanwhile)
        except TooSlowError:
            logger.warning("Graphviz (%s) took more than %.1f s", engine.label, share)
            failure = ""
        except BusyError:
            logger.warning("Graphviz (%s) was at work for others", engine.label)
            failure = "Graphviz is at work for others: look again soon."
        except (CrashedError, OSError) as error:
            logger.warning("Graphviz (%s) failed: %s", engine.label, error)
            failure = "Graphviz could not lay out this map."
    if failure:
        raise DrawingFailedError(failure)
    return ""


def _too_slow() -> str:
    return f"Graphviz took more than {settings.ARGMAP_DOT_SECONDS} seconds to lay out this map."


@once
def _code() -> str:
    """Return a hash of argmap's code and of the drawing's styles, read once in a process."""
    files = [*sorted(_PACKAGE.rglob("*.py")), _STYLES]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@once
def _styles() -> str:
    return _STYLES.read_text(encoding="utf-8")
