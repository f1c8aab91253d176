"""What Graphviz answers, read and checked: the places of nodes and the curves of links."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from argmap.core.dot import POINTS
from argmap.core.plan import Link, Plan


class BadLayoutError(ValueError):
    """An answer that does not fit the plan that was asked about."""


class Point(NamedTuple):
    """A place in the drawing, in px, y growing downwards."""

    x: float
    y: float


Curve = tuple[Point, ...]
"""A piecewise cubic Bézier curve: a start, then three points for each piece."""

_FAR = 1e6 * POINTS
"""Farther than any place in a drawing, in px."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything goes: centres of nodes by number, and a curve for each link of the plan."""

    centres: Mapping[int, Point]
    curves: tuple[Curve, ...]


def read_plain(plan: Plan, answer: str) -> Layout:
    """Read Graphviz's `plain` output for `plan`. Raises BadLayoutError where it does not fit."""
    centres: dict[int, Point] = {}
    curves: dict[tuple[int, int], deque[Curve]] = defaultdict(deque)
    height = 0.0
    try:
        for line in answer.splitlines():
            word, *rest = line.split()
            if word == "graph":
                (height,) = _lengths(rest[2:3])
            elif word == "node":
                (centres[int(rest[0])],) = _points(rest[1:3], height)
            elif word == "edge":
                curves[int(rest[0]), int(rest[1])].append(_curve(rest[2:], height))
    except (ValueError, IndexError) as error:
        raise BadLayoutError(f"Graphviz's answer cannot be read: {error}") from error
    return _matched(plan, centres, curves)


def _matched(
    plan: Plan, centres: dict[int, Point], curves: Mapping[tuple[int, int], deque[Curve]]
) -> Layout:
    missing = set(plan.numbers.values()) - centres.keys()
    if missing:
        raise BadLayoutError(f"Graphviz placed no node {min(missing)}")
    wanted = set(plan.numbers.values())
    found = tuple(_taken(curves, link) for link in plan.links)
    return Layout({number: centres[number] for number in wanted}, found)


def _taken(curves: Mapping[tuple[int, int], deque[Curve]], link: Link) -> Curve:
    """Take the next curve between two nodes: Graphviz gives parallel links in our order."""
    waiting = curves.get((link.tail, link.head))
    if not waiting:
        raise BadLayoutError(f"Graphviz drew no link from {link.tail} to {link.head}")
    return waiting.popleft()


def _lengths(words: list[str]) -> list[float]:
    found = [float(word) * POINTS for word in words]
    # Of what is no number, every comparison is false.
    if not all(-_FAR < length < _FAR for length in found):
        raise ValueError(f"not all lengths: {' '.join(words)}")
    return found


def _points(words: list[str], height: float) -> Curve:
    places = _lengths(words)
    return tuple(Point(x, height - y) for x, y in zip(places[::2], places[1::2], strict=True))


def _curve(words: list[str], height: float) -> Curve:
    count = int(words[0])
    if count < 4 or count % 3 != 1 or len(words) <= 2 * count:
        raise ValueError(f"not a curve of {count} points")
    return _points(words[1 : 2 * count + 1], height)


def shortened(curve: Curve, length: float) -> Curve:
    """Return `curve` without about the last `length` px, as room for an arrowhead."""
    end = curve[-1]
    while len(curve) > 4 and math.dist(curve[-4], end) < length:
        curve = curve[:-3]
    return curve[:-4] + _split(curve[-4:], _share_before(curve[-4:], end, length))


def _share_before(piece: Curve, end: Point, length: float) -> float:
    """Return the share of one cubic piece that is not nearer than `length` to `end`.

    Ten halvings, on Bernstein polynomials seen from `end`: it is done for each line of a drawing,
    so that nothing is called that need not be.
    """
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = ((x - end.x, y - end.y) for x, y in piece)
    low, step = 0.0, 1.0
    for _ in range(10):
        step /= 2
        share = low + step
        rest = 1 - share
        a, d = rest * rest * rest, share * share * share
        b, c = 3 * rest * rest * share, 3 * rest * share * share
        x, y = a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
        if math.hypot(x, y) >= length:
            low = share
    return low


def _split(piece: Curve, share: float) -> Curve:
    """Return the first `share` of one cubic piece (de Casteljau)."""
    a, b, c, d = piece
    ab, bc, cd = _between(a, b, share), _between(b, c, share), _between(c, d, share)
    abc, bcd = _between(ab, bc, share), _between(bc, cd, share)
    return (a, ab, abc, _between(abc, bcd, share))


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share)


def halfway(curve: Curve) -> Point:
    """Return a point on the curve about its middle."""
    first = (len(curve) - 1) // 6 * 3
    a, b, c, d = curve[first : first + 4]
    return Point((a.x + 3 * (b.x + c.x) + d.x) / 8, (a.y + 3 * (b.y + c.y) + d.y) / 8)
