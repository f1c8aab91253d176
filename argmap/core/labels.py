"""Where the key of an inference is written: beside its line, on no box and under no arrowhead."""

from __future__ import annotations

import math
from collections import defaultdict

from argmap.core.dot import JUNCTION
from argmap.core.measure import SIZE, Weight, width
from argmap.core.plan import Plan
from argmap.core.splines import Curve, Layout, Point
from argmap.core.strokes import ARROW, BAR_HALF

Area = tuple[float, float, float, float]
"""Left, top, right and bottom of a box, in px."""

_CELL = 384.0  # a box is in two of them, on average
_ABOVE, _BELOW = 0.75 * SIZE, 0.25 * SIZE  # of a baseline


# The font's figures are all of one width, so that the length of a key tells how wide it is. None is
# longer than the last of these.
_WIDTHS = [width("I".ljust(length, "0"), Weight.SEMIBOLD, SIZE) for length in range(11)]


class Labels:
    """What a label may not meet, by the cells of a grid, so that it looks at its own few only.

    `areas` are those of the boxes, by key; `heads` those of the arrowheads that end at an inference,
    where its key is written. Each is in all cells in which a label may start that meets it, so that
    a label looks into one cell.
    """

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.areas: dict[str, Area] = {}
        self._cells: dict[tuple[int, int], list[Area]] = defaultdict(list)
        for key, box in plan.boxes.items():
            x, y = layout.centres[plan.numbers[key]]
            across, down = box.width / 2, box.height / 2
            self.areas[key] = x - across, y - down, x + across, y + down
        self.heads = [
            _head(curve)
            for link, curve in zip(plan.links, layout.curves, strict=True)
            if link.is_last and plan.graph.inference[link.inference].bears_on_inference
        ]
        for area in (*self.areas.values(), *self.heads):
            self._put(area)

    def _put(self, area: Area) -> None:
        left, top, right, bottom = area
        columns = range(int((left - _WIDTHS[-1]) / _CELL), int(right / _CELL) + 1)
        for row in range(int((top - SIZE) / _CELL), int((bottom + SIZE) / _CELL) + 1):
            for column in columns:
                self._cells[column, row].append(area)

    def beside(self, key: str, place: Point) -> Point:
        """Return where the text of `key` starts on its baseline: at the right of `place`.

        Where something is in the way it goes to the left, above or below.
        """
        wide, (x, y) = _WIDTHS[len(key)], place
        right = Point(x + JUNCTION, y + SIZE / 3)
        if self._is_free(right, wide):
            return right
        others = (
            Point(x - JUNCTION - wide, right.y),
            Point(x - wide / 2, y - JUNCTION),
            Point(x - wide / 2, y + JUNCTION + _ABOVE),
        )
        return next((way for way in others if self._is_free(way, wide)), right)

    def _is_free(self, start: Point, wide: float) -> bool:
        x, y = start
        end, over, under = x + wide, y - _ABOVE, y + _BELOW
        for left, top, right, bottom in self._cells.get((int(x / _CELL), int(y / _CELL)), ()):
            if x < right and left < end and over < bottom and top < under:
                return False
        return True


def _head(curve: Curve) -> Area:
    """Return the area in which the arrowhead at the end of a curve lies, whatever its stance."""
    (x, y), (tip_x, tip_y) = curve[-2], curve[-1]
    far = math.dist((x, y), (tip_x, tip_y)) or 1.0
    x, y = tip_x - (tip_x - x) / far * ARROW, tip_y - (tip_y - y) / far * ARROW
    return (
        min(x, tip_x) - BAR_HALF,
        min(y, tip_y) - BAR_HALF,
        max(x, tip_x) + BAR_HALF,
        max(y, tip_y) + BAR_HALF,
    )
