"""Where the key of an inference is written: beside its line, and on no box."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from argmap.core.dot import JUNCTION
from argmap.core.measure import SIZE, Weight, width
from argmap.core.plan import Plan
from argmap.core.splines import Layout, Point

_CELL = 256.0
_ABOVE, _BELOW = 0.75 * SIZE, 0.25 * SIZE  # of a baseline


class _Area(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Area) -> bool:
        """Tell whether the two have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    @property
    def cells(self) -> Iterator[tuple[int, int]]:
        """The cells of a grid that it touches."""
        for column in range(int(self.left // _CELL), int(self.right // _CELL) + 1):
            for row in range(int(self.top // _CELL), int(self.bottom // _CELL) + 1):
                yield column, row


class Labels:
    """The boxes of a drawing by the cells of a grid, so that a label looks at its own few only."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self._boxes: dict[tuple[int, int], list[_Area]] = defaultdict(list)
        for key, box in plan.boxes.items():
            x, y = layout.centres[plan.numbers[key]]
            across, down = box.width / 2, box.height / 2
            area = _Area(x - across, y - down, x + across, y + down)
            for cell in area.cells:
                self._boxes[cell].append(area)

    def beside(self, key: str, place: Point) -> Point:
        """Return where the text of `key` starts on its baseline: at the right of `place`.

        Where a box is in the way it goes to the left, above or below.
        """
        wide = width(key, Weight.SEMIBOLD, SIZE)
        right = Point(place.x + JUNCTION, place.y + SIZE / 3)
        ways = (
            right,
            Point(place.x - JUNCTION - wide, right.y),
            Point(place.x - wide / 2, place.y - JUNCTION),
            Point(place.x - wide / 2, place.y + JUNCTION + _ABOVE),
        )
        return next((way for way in ways if self._is_free(way, wide)), right)

    def _is_free(self, start: Point, wide: float) -> bool:
        area = _Area(start.x, start.y - _ABOVE, start.x + wide, start.y + _BELOW)
        return not any(area.meets(box) for cell in area.cells for box in self._boxes.get(cell, ()))
