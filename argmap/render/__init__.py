"""Runs Graphviz: layouts and images, with limits and a cache.

Graphviz never works in the web process. `graphviz.Source(...).pipe()` would start a process for
each drawing (ten times the cost for a small map) and can neither kill a group nor limit CPU time,
so the package serves to find the program and its version, and process.py runs it.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache as once
from functools import partial
from hashlib import sha256
from pathlib import Path

import font_source_sans_pro
from django.conf import settings

from argmap.core import drawing
from argmap.core.boxes import NO_MARKS, Marks
from argmap.core.colour import NO_PAINTS, Paint
from argmap.core.dot import labelled_dot, layout_dot
from argmap.core.focus import View
from argmap.core.plan import Direction, plan
from argmap.core.sentences import NO_NAMES
from argmap.core.splines import read_plain
from argmap.render.engines import available_engine
from argmap.render.layouts import KEEP_SECONDS, DrawingFailedError, layout
from argmap.render.process import CrashedError, Task, TooSlowError, run_once

__all__ = [
    "KEEP_SECONDS",
    "DrawingFailedError",
    "Task",
    "available_engine",
    "draw",
    "image",
    "labelled",
    "stamp",
    "svg_file",
]

logger = logging.getLogger(__name__)

IMAGE_FORMATS = {"png": b"\x89PNG", "pdf": b"%PDF"}
"""How the file of each starts."""

_PACKAGE = Path(__file__).parents[1]
_STYLES = _PACKAGE / "static" / "argmap" / "drawing.css"
_PRESS = Path(__file__).with_name("press.py")


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

    read = partial(read_plain, planned)
    placed = layout(layout_dot(planned), read, beside) if planned.boxes else read("")
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


@once
def _code() -> str:
    """Return a hash of argmap's code and of the drawing's styles, read once in a process."""
    files = [*sorted(_PACKAGE.rglob("*.py")), _STYLES]
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@once
def _styles() -> str:
    return _STYLES.read_text(encoding="utf-8")
