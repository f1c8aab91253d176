"""Curves as SVG paths, with arrowheads: a full triangle for support, a bar for attack."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from argmap.core.kinds import Stance
from argmap.core.splines import Curve, Point, shortened

_PAIR = "%.1f %.1f".__mod__
_ARROW, _ARROW_HALF, _BAR_HALF, _BAR_ROOM = 12.0, 5.5, 8.0, 5.0


def stroked(stance: Stance, curves: Sequence[Curve]) -> str:
    """Return the lines of one inference as SVG: the last of `curves` bears the arrowhead.

    A wide line that nobody sees is there for the pointer.
    """
    *premises, last = curves
    trimmed = shortened(last, _ARROW - 1 if stance is Stance.SUPPORT else _BAR_ROOM)
    head = _arrowhead(stance, trimmed[-1], last[-1])
    path = "".join(map(_path, [*premises, trimmed]))
    return f'<path class="hit" d="{path}"/><path class="line" d="{path}"/>{head}'


def _arrowhead(stance: Stance, start: Point, end: Point) -> str:
    """Return a full triangle for support and a bar across the line for attack."""
    far = math.dist(start, end) or 1.0
    along = Point((end.x - start.x) / far, (end.y - start.y) / far)
    if stance is Stance.SUPPORT:
        back = Point(end.x - along.x * _ARROW, end.y - along.y * _ARROW)
        corners = [_aside(back, along, _ARROW_HALF), _aside(back, along, -_ARROW_HALF), end]
        return f'<path class="head" d="M{_pairs(corners)}Z"/>'
    bar = [_aside(start, along, _BAR_HALF), _aside(start, along, -_BAR_HALF)]
    return f'<path class="bar" d="M{_pairs(bar)}"/>'


def _aside(point: Point, along: Point, far: float) -> Point:
    return Point(point.x - along.y * far, point.y + along.x * far)


def _path(curve: Curve) -> str:
    return f"M{_pairs(curve[:1])}C{_pairs(curve[1:])}"


def _pairs(points: Sequence[Point]) -> str:
    """Write points as `n` writes each length, but all at once: a drawing has thousands."""
    said = f"{' '.join(map(_PAIR, points))} "
    return said.replace(".0 ", " ").replace("-0 ", "0 ")[:-1]


@lru_cache(maxsize=2**12)  # the lengths of boxes are the same few, again and again
def n(value: float) -> str:
    """Write a length with at most one decimal: a tenth of a px is not seen."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
