"""What Graphviz answers, read and checked: the places of nodes and the curves of links."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from argmap.core.dot import POINTS
from argmap.core.plan import Link, Plan


class BadLayoutError(ValueError):
    """An answer that does not fit the plan that was asked about."""


class Point(NamedTuple):
    """A place in the drawing, in px, y growing downwards."""

    x: float
    y: float


_FAR = 1e6 * POINTS
"""Farther than any place in a drawing, in px."""


class Curve:
    """A piecewise cubic Bézier curve: a start, then three points for each piece.

    `lengths` are the x and the y of each point in turn: as points, they would take half as long
    again to read and to draw.
    """

    __slots__ = ("lengths",)

    def __init__(self, lengths: Sequence[float]) -> None:
        self.lengths = tuple(lengths)

    def __getitem__(self, place: int) -> Point:
        """Return a point by its place, -1 for the end. Raises IndexError."""
        return Point(self.lengths[2 * place], self.lengths[2 * place + 1])


_Curves = Mapping[tuple[int, int], list[Curve]]
_HALVINGS = tuple(0.5**turn for turn in range(1, 11))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes: centres of nodes by number, and a curve for each link of the plan."""

    centres: Mapping[int, Point]
    curves: tuple[Curve, ...]


def read_plain(plan: Plan, answer: str) -> Layout:
    """Read Graphviz's `plain` output for `plan`. Raises BadLayoutError where it does not fit."""
    try:
        centres, curves = _read(answer)
    except (ValueError, IndexError) as error:
        raise BadLayoutError(f"Graphviz's answer cannot be read: {error}") from error
    missing = set(plan.numbers.values()) - centres.keys()
    if missing:
        raise BadLayoutError(f"Graphviz placed no node {min(missing)}")
    return Layout(centres, tuple(_taken(curves, link) for link in plan.links))


def _read(answer: str) -> tuple[dict[int, Point], _Curves]:
    """Return the centres of nodes by number, and curves by the numbers of their ends.

    Raises ValueError or IndexError.
    """
    height = 0.0
    nodes: list[str] = []
    edges: list[list[str]] = []
    for line in answer.splitlines():
        if line.startswith("edge "):
            edges.append(line.split())
        elif line.startswith("node "):
            _, number, x, y, _ = line.split(None, 4)
            nodes += number, x, y
        elif line.startswith("graph "):
            (height,) = _lengths(line.split()[3:4])
    ys = [height - y for y in _lengths(nodes[2::3])]
    centres = dict(zip(map(int, nodes[::3]), map(Point, _lengths(nodes[1::3]), ys), strict=True))
    return centres, _curves(edges, height)


def _curves(edges: list[list[str]], height: float) -> _Curves:
    """Return the curves of links by the numbers of their ends.

    Of each link there are the words of its line: what it is, its ends, a count of points, x and y
    of each, and more. All numbers are read at once, which costs half of reading line by line.
    """
    words: list[str] = []
    ends = [0]
    for said in edges:
        count = int(said[3])
        if count < 4 or count % 3 != 1 or len(said) < 2 * count + 4:
            raise ValueError(f"not a curve of {count} points")
        words += said[4 : 2 * count + 4]
        ends.append(len(words))
    lengths = _lengths(words)
    lengths[1::2] = [height - y for y in lengths[1::2]]
    found: dict[tuple[int, int], list[Curve]] = defaultdict(list)
    for said, (start, end) in zip(edges, pairwise(ends), strict=True):
        found[int(said[1]), int(said[2])].append(Curve(lengths[start:end]))
    return found


def _lengths(words: list[str]) -> list[float]:
    """Return as px what Graphviz said in inches. Raises ValueError."""
    found = [float(word) * POINTS for word in words]
    least, most = min(found, default=0.0), max(found, default=0.0)
    # What is no number compares as it likes, but it leaves no sum.
    if not (math.isfinite(sum(found)) and least > -_FAR and most < _FAR):
        raise ValueError("not all lengths")
    return found


def _taken(curves: _Curves, link: Link) -> Curve:
    """Take the next curve between two nodes: Graphviz gives parallel links in our order."""
    waiting = curves.get((link.tail, link.head))
    if not waiting:
        raise BadLayoutError(f"Graphviz drew no link from {link.tail} to {link.head}")
    return waiting.pop(0)


def shortened(curve: Curve, length: float) -> Curve:
    """Return `curve` without about the last `length` px, as room for an arrowhead."""
    lengths = curve.lengths
    x, y = lengths[-2:]
    while len(lengths) > 8 and math.dist(lengths[-8:-6], (x, y)) < length:
        lengths = lengths[:-6]
    ax, ay, bx, by, cx, cy, dx, dy = piece = lengths[-8:]
    share = _share_before(piece, x, y, length)
    x1, x2, x3 = _split(ax, bx, cx, dx, share)
    y1, y2, y3 = _split(ay, by, cy, dy, share)
    return Curve((*lengths[:-6], x1, y1, x2, y2, x3, y3))


def _share_before(piece: Sequence[float], x: float, y: float, length: float) -> float:
    """Return the share of one cubic piece that is not nearer than `length` to x and y.

    Ten halvings, on polynomials of the share, seen from there: it is done for each line of a
    drawing, so that nothing is called that need not be.
    """
    ax, ay, bx, by, cx, cy, dx, dy = piece
    x0, x1, x2, x3 = ax - x, 3 * (bx - ax), 3 * (ax - 2 * bx + cx), dx - ax + 3 * (bx - cx)
    y0, y1, y2, y3 = ay - y, 3 * (by - ay), 3 * (ay - 2 * by + cy), dy - ay + 3 * (by - cy)
    low, least = 0.0, length * length
    for step in _HALVINGS:
        share = low + step
        x = x0 + share * (x1 + share * (x2 + share * x3))
        y = y0 + share * (y1 + share * (y2 + share * y3))
        if x * x + y * y >= least:
            low = share
    return low


def _split(a: float, b: float, c: float, d: float, share: float) -> tuple[float, float, float]:
    """Return the first `share` of one cubic piece without its start, in one coordinate.

    Each step goes that share of the way between two neighbours (de Casteljau).
    """
    ab, bc, cd = a + (b - a) * share, b + (c - b) * share, c + (d - c) * share
    abc, bcd = ab + (bc - ab) * share, bc + (cd - bc) * share
    return ab, abc, abc + (bcd - abc) * share


def halfway(curve: Curve) -> Point:
    """Return a point on the curve about its middle."""
    first = (len(curve.lengths) - 2) // 12 * 6
    ax, ay, bx, by, cx, cy, dx, dy = curve.lengths[first : first + 8]
    return Point((ax + 3 * (bx + cx) + dx) / 8, (ay + 3 * (by + cy) + dy) / 8)
