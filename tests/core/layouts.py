"""Layouts made without Graphviz: nodes in a row, links as straight curves."""

from __future__ import annotations

from argmap.core.dot import layout_dot, marker_of
from argmap.core.plan import Plan
from argmap.core.splines import Layout, read_plain


def answer_to(plan: Plan) -> str:
    """Return what Graphviz might answer, in its plain format."""
    lines = ["graph 1 100 10"]
    lines += [
        f'node {number} {4 * number} 5 3 1 "" solid box black lightgrey'
        for number in plan.numbers.values()
    ]
    lines.append(f'node {marker_of(layout_dot(plan))} 0 0 0.01 0.01 "" invis point black lightgrey')
    for link in plan.links:
        start, end = 4 * link.tail, 4 * link.head
        points = " ".join(f"{start + (end - start) * step / 3} 5" for step in range(4))
        lines.append(f"edge {link.tail} {link.head} 4 {points} solid black")
    return "\n".join([*lines, "stop", ""])


def laid_out(plan: Plan) -> Layout:
    """Return a layout of `plan`."""
    return read_plain(plan, answer_to(plan))
