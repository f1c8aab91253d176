"""Curves as SVG paths, with arrowheads: a full triangle for support, a bar for attack.

A drawing has thousands of numbers. They are written all at once, each group of them as a line of a
form, and each line is then put where it belongs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from argmap.core.kinds import Stance
from argmap.core.splines import Curve, shortened

PAIR = "%.1f %.1f \n"
SINGLES = "%.1f \n%.1f \n"
ARROW, BAR_HALF = 12.0, 8.0
"""How long the arrowhead of a support is, and half of how wide the bar of an attack, in px."""

_ARROW_HALF, _BAR_ROOM = 5.5, 5.0
_CORNERS = {
    Stance.SUPPORT: "%.1f %.1f %.1f %.1f %.1f %.1f \n",
    Stance.ATTACK: "%.1f %.1f %.1f %.1f \n",
}


def outlined(stance: Stance, curves: Sequence[Curve]) -> tuple[str, list[float]]:
    """Return the form of the lines of one inference, and the lengths that it is for.

    The last of `curves` bears the arrowhead.
    """
    *premises, last = curves
    trimmed = shortened(last, ARROW - 1 if stance is Stance.SUPPORT else _BAR_ROOM)
    form = ""
    lengths: list[float] = []
    for curve in (*premises, trimmed):
        form += _form(len(curve.lengths))
        lengths += curve.lengths
    lengths += _arrowhead(stance, trimmed.lengths[-2:], last.lengths[-2:])
    return form + _CORNERS[stance], lengths


def stroked(stance: Stance, count: int, lines: Iterator[str]) -> str:
    """Return the lines of one inference as SVG, from what was written in its form for `count` curves.

    A wide line that nobody sees is there for the pointer.
    """
    path = "".join([f"M{next(lines)}C{next(lines)}" for _ in range(count)])
    name, end = ("head", "Z") if stance is Stance.SUPPORT else ("bar", "")
    head = f'<path class="{name}" d="M{next(lines)}{end}"/>'
    return f'<path class="hit" d="{path}"/><path class="line" d="{path}"/>{head}'


def written(form: str, lengths: Sequence[float]) -> list[str]:
    """Return the lines of a form, with lengths written as `n` writes each.

    A form is one of `%`, with a space after each number.
    """
    said = form % tuple(lengths)
    return said.replace(".0 ", " ").replace("-0 ", "0 ").split(" \n")[:-1]


@lru_cache(maxsize=2**8)
def _form(size: int) -> str:
    """Return the form of a curve with so many lengths: its start, and the rest."""
    return f"{PAIR}{'%.1f ' * (size - 2)}\n"


def _arrowhead(stance: Stance, start: Sequence[float], end: Sequence[float]) -> Sequence[float]:
    """Return the corners of a full triangle for support, and of a bar across the line for attack."""
    (x, y), (tip_x, tip_y) = start, end
    far = math.dist(start, end) or 1.0
    along, down = (tip_x - x) / far, (tip_y - y) / far
    if stance is Stance.ATTACK:
        across, up = down * BAR_HALF, along * BAR_HALF
        return x - across, y + up, x + across, y - up
    x, y = tip_x - along * ARROW, tip_y - down * ARROW
    across, up = down * _ARROW_HALF, along * _ARROW_HALF
    return x - across, y + up, x + across, y - up, tip_x, tip_y


@lru_cache(maxsize=2**12)  # the lengths of boxes are the same few, again and again
def n(value: float) -> str:
    """Write a length with at most one decimal: a tenth of a px is not seen."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
