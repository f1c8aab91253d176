"""The only author of SVG: a plan and its layout become a drawing that one can read, click and hear.

What needs no layout is in parts.py, what is in a box in boxed.py.

The SVG holds classes and no style, so that a page with a strict policy shows it and a stylesheet
themes it (static/argmap/drawing.css). Every text in it is cleaned and escaped; every id is ours.
Without addresses the boxes are images with a name, with them they are links.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from itertools import chain

from argmap.core.dot import JUNCTION
from argmap.core.escaping import escaped
from argmap.core.labels import Area, Labels
from argmap.core.measure import SIZE, Weight, width
from argmap.core.parts import Parts
from argmap.core.plan import NOTHING, Direction, Plan
from argmap.core.splines import Layout, halfway
from argmap.core.strokes import PAIR, SINGLES, n, outlined, stroked, written

__all__ = ["Parts", "draw", "standalone"]

_EDGE = 14.0  # white space around the whole drawing
_CIRCLE = f'<circle class="junction" cx="%s" cy="%s" r="{n(JUNCTION / 2)}"/>'
_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
_DEFINITION = re.compile(r"(--[a-z-]+):\s*([^;]+);")
_DARK = re.compile(r"/\* dark \*/.*?/\* end dark \*/", re.DOTALL)


def draw(parts: Parts, layout: Layout) -> str:
    """Return the SVG of `parts`, at the places of `layout`."""
    plan = parts.plan
    labels = Labels(plan, layout)
    left, top, wide, high = _frame(layout, labels.areas.values())
    title, about = escaped([_title(plan), _about(plan)])
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{n(wide)}"'
        f' height="{n(high)}" viewBox="{n(left)} {n(top)} {n(wide)} {n(high)}"'
        ' role="group" aria-labelledby="drawing-title" aria-describedby="drawing-about">'
        f'<title id="drawing-title">{title}</title><desc id="drawing-about">{about}</desc>'
    )
    empty = [] if plan.boxes else [f'<text x="0" y="{n(SIZE)}">{NOTHING}</text>']
    nodes, edges = _nodes(parts, layout, labels.areas), _edges(parts, layout, labels)
    return "\n".join([start, *nodes, *edges, *empty, "</svg>", ""])


def standalone(svg: str, css: str) -> str:
    """Return `svg` as a file of its own, with `css` inside.

    Custom properties are replaced by their values in the light theme, since programs that draw
    documents know neither them nor themes.
    """
    light = _DARK.sub("", css)
    values = {name: value.strip() for name, value in _DEFINITION.findall(light)}
    plain = _VARIABLE.sub(lambda found: values[found[1]], _DEFINITION.sub("", light))
    start = svg.index(">") + 1
    style = f"\n<style>{escape(plain, quote=False)}</style>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{svg[:start]}{style}{svg[start:]}'


def _title(plan: Plan) -> str:
    return plan.graph.title or plan.graph.issue or "Argument map"


def _about(plan: Plan) -> str:
    shown, total = len(plan.boxes), plan.view.total
    count = f"{shown} statements" if plan.view.is_whole else f"{shown} of {total} statements"
    return f"{count} and {len(plan.graph.inferences)} inferences. The outline says the same."


def _frame(layout: Layout, areas: Collection[Area]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of all that is drawn, with white space around it."""
    nothing = (0.0, 0.0, width(NOTHING, Weight.REGULAR, SIZE), SIZE * 1.3)
    lefts, tops, rights, bottoms = zip(*(areas or [nothing]), strict=True)
    lengths = list(chain.from_iterable(curve.lengths for curve in layout.curves))
    xs, ys = lengths[::2], lengths[1::2]
    left, top = math.floor(min((*lefts, *xs)) - _EDGE), math.floor(min((*tops, *ys)) - _EDGE)
    right, bottom = math.ceil(max((*rights, *xs)) + _EDGE), math.ceil(max((*bottoms, *ys)) + _EDGE)
    return left, top, right - left, bottom - top


def _nodes(parts: Parts, layout: Layout, areas: Mapping[str, Area]) -> Iterator[str]:
    """Yield the boxes from the conclusion on, rank by rank: the order in which Tab visits them."""
    numbers, is_down = parts.plan.numbers, parts.plan.direction is Direction.DOWN

    def place(key: str) -> tuple[float, ...]:
        centre = layout.centres[numbers[key]]
        return centre[::-1] if is_down else centre

    keys = sorted(areas, key=place)
    corners = [length for key in keys for length in areas[key][:2]]
    for key, corner in zip(keys, written(PAIR * len(keys), corners), strict=True):
        yield corner.join(parts.nodes[key])


def _edges(parts: Parts, layout: Layout, labels: Labels) -> Iterator[str]:
    """Yield the inferences: their lines, the junction if there is one, and the key beside it.

    That shows when they are chosen.
    """
    form = ""
    lengths: list[float] = []
    for edge in parts.edges:
        curves = [layout.curves[line] for line in edge.lines]
        lines, drawn = outlined(edge.stance, curves)
        form += lines
        lengths += drawn
        if edge.junction:
            place = layout.centres[edge.junction]
            form += SINGLES
            lengths += place
        else:
            place = halfway(curves[-1])
        form += SINGLES
        lengths += labels.beside(edge.key, place)
    words = iter(written(form, lengths))
    for edge in parts.edges:
        paths = stroked(edge.stance, len(edge.lines), words)
        circle = _CIRCLE % (next(words), next(words)) if edge.junction else ""
        named = f'<text class="name" x="{next(words)}" y="{next(words)}">'
        yield f"{edge.start}{paths}{circle}{named}{edge.end}"
