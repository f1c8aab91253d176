"""Where the key of an inference is written: beside its line, and on no box."""

from __future__ import annotations

from collections import defaultdict

from argmap.core.dot import JUNCTION
from argmap.core.measure import SIZE, Weight, width
from argmap.core.plan import Plan
from argmap.core.splines import Layout, Point

Area = tuple[float, float, float, float]
"""Left, top, right and bottom of a box, in px."""

_CELL = 384.0  # a box is in two of them, on average
_ABOVE, _BELOW = 0.75 * SIZE, 0.25 * SIZE  # of a baseline


# The font's figures are all of one width, so that the length of a key tells how wide it is. None is
# longer than the last of these.
_WIDTHS = [width("I".ljust(length, "0"), Weight.SEMIBOLD, SIZE) for length in range(11)]


class Labels:
    """The boxes of a drawing by the cells of a grid, so that a label looks at its own few only.

    `areas` are those of the boxes, by key. A box is in each cell in which a label may start that
    meets it, so that a label looks into one cell.
    """

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.areas: dict[str, Area] = {}
        self._cells: dict[tuple[int, int], list[Area]] = defaultdict(list)
        for key, box in plan.boxes.items():
            x, y = layout.centres[plan.numbers[key]]
            across, down = box.width / 2, box.height / 2
            left, top, right, bottom = x - across, y - down, x + across, y + down
            area = self.areas[key] = left, top, right, bottom
            columns = range(int((left - _WIDTHS[-1]) / _CELL), int(right / _CELL) + 1)
            for row in range(int((top - SIZE) / _CELL), int((bottom + SIZE) / _CELL) + 1):
                for column in columns:
                    self._cells[column, row].append(area)

    def beside(self, key: str, place: Point) -> Point:
        """Return where the text of `key` starts on its baseline: at the right of `place`.

        Where a box is in the way it goes to the left, above or below.
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
