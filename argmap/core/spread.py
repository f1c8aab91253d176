"""Where ratings stand on a small chart: a column for each band of likelihood, a mark for each person.

The columns are of one width, whatever the bands span: the seven words are what people chose from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from argmap.core.agreement import Agreement
from argmap.core.kinds import Likelihood

COLUMN = 42
"""The width of a column, in units of the chart."""

TALLEST = 96
"""The most that a column's marks take, one above the other: they grow smaller where there are many."""

STEP = 13.0
HEAD, FOOT = 16, 20
"""Room above the marks, for what the mean is called, and below, for the bands."""


class Column(NamedTuple):
    """One band: where it begins and its middle is, how people write it, how many chose it."""

    left: float
    x: float
    percent: str
    people: int


class Mark(NamedTuple):
    """One rating: where it stands, and whether it is the reader's own."""

    x: float
    y: float
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The chart of several ratings, in units from its upper left corner.

    Marks stand between `head` and `base`, what the bands are called at `foot`. `mean` is where the
    mean is across, and `mean_name` the middle of the word for it, which stays inside.
    """

    width: float
    height: float
    head: float
    base: float
    foot: float
    size: float
    mean: float
    mean_name: float
    columns: tuple[Column, ...]
    marks: tuple[Mark, ...]

    @property
    def others(self) -> list[Mark]:
        """The marks of everyone but the reader, which are drawn as circles."""
        return [mark for mark in self.marks if not mark.own]

    @property
    def own(self) -> str:
        """The outline of the reader's own mark, a diamond; "" where there is none."""
        return next((_diamond(mark, self.size) for mark in self.marks if mark.own), "")


def spread(figures: Agreement, own: Likelihood | None = None) -> Spread:
    """Return the chart of what `figures` count, of which `own` is the reader's; theirs is lowest."""
    most = max(figures.counts.values())
    step = min(STEP, TALLEST / most)
    size = step / 2 - 1 if step > 4 else step / 2.5
    base = HEAD + step * max(most, 3)
    columns = tuple(
        Column(
            place * COLUMN,
            (place + 0.5) * COLUMN,
            each.percent,
            figures.counts[each],
        )
        for place, each in enumerate(Likelihood)
    )
    marks = tuple(
        Mark(column.x, round(base - (height + 0.5) * step, 2), own is each and height == 0)
        for column, each in zip(columns, Likelihood, strict=True)
        for height in range(column.people)
    )
    width, mean = COLUMN * len(columns), _place(figures.mean)
    return Spread(
        width=width,
        height=base + FOOT,
        head=HEAD,
        base=base,
        foot=base + 14,
        size=round(size, 2),
        mean=mean,
        mean_name=min(max(mean, 14.0), width - 14.0),
        columns=columns,
        marks=marks,
    )


def _place(probability: float) -> float:
    """Return where a probability stands: as far into its band's column as into the band."""
    bands = [each.band for each in Likelihood]
    place = sum(probability >= band.upper for band in bands[:-1])
    lower, upper = bands[place]
    return round((place + (probability - lower) / (upper - lower)) * COLUMN, 2)


def _diamond(mark: Mark, size: float) -> str:
    """Return the path of a diamond around a mark, a little larger than the circles beside it."""
    reach = size + 1
    x, y = mark.x, mark.y
    return f"M{x:g} {y - reach:g}L{x + reach:g} {y:g}L{x:g} {y + reach:g}L{x - reach:g} {y:g}Z"
