"""The only author of SVG: a plan and its layout become a drawing that one can read, click and hear.

The SVG holds classes and no style, so that a page with a strict policy shows it and a stylesheet
themes it (static/argmap/drawing.css). Every text in it is cleaned and escaped; every id is ours.
Without addresses the boxes are images with a name, with them they are links.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from argmap.core.boxed import boxed
from argmap.core.boxes import Box
from argmap.core.dot import JUNCTION
from argmap.core.graph import Inference
from argmap.core.kinds import Stance
from argmap.core.labels import Labels
from argmap.core.measure import SIZE, Weight, clean, width
from argmap.core.plan import NOTHING, Direction, Plan
from argmap.core.sentences import NO_NAMES, sentence
from argmap.core.splines import Curve, Layout, Point, halfway
from argmap.core.strokes import n, stroked

Href = Callable[[str], str]

_EDGE = 14.0  # white space around the whole drawing
_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
_DEFINITION = re.compile(r"(--[a-z-]+):\s*([^;]+);")
_DARK = re.compile(r"/\* dark \*/.*?/\* end dark \*/", re.DOTALL)


def draw(
    plan: Plan,
    layout: Layout,
    *,
    href: Href | None = None,
    schemes: Mapping[str, str] = NO_NAMES,
    pinned: bool = False,
) -> str:
    """Return the SVG of `plan` laid out as `layout`.

    `href` gives the address of a statement or inference by key; `schemes` the names of schemes by
    slug. With `pinned` each line of text is held to its measured width, for a file that is looked
    at where the font may be missing; else only lines with characters that the font lacks are.
    """
    left, top, wide, high = _frame(plan, layout)
    title, about = _escaped(_title(plan)), _escaped(_about(plan))
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{n(wide)}"'
        f' height="{n(high)}" viewBox="{n(left)} {n(top)} {n(wide)} {n(high)}"'
        ' role="group" aria-labelledby="drawing-title" aria-describedby="drawing-about">'
        f'<title id="drawing-title">{title}</title><desc id="drawing-about">{about}</desc>'
    )
    nodes = _nodes(plan, layout, href, pinned=pinned)
    edges = _edges(plan, layout, href, schemes)
    empty = [] if plan.boxes else [f'<text x="0" y="{n(SIZE)}">{NOTHING}</text>']
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


def _frame(plan: Plan, layout: Layout) -> tuple[float, float, float, float]:
    """Return left, top, width and height of all that is drawn, with white space around it."""
    xs, ys = [0.0, width(NOTHING, Weight.REGULAR, SIZE)], [0.0, SIZE * 1.3]
    if plan.boxes:
        points = [point for curve in layout.curves for point in curve]
        xs, ys = [point.x for point in points], [point.y for point in points]
    for key, box in plan.boxes.items():
        centre = layout.centres[plan.numbers[key]]
        xs += [centre.x - box.width / 2, centre.x + box.width / 2]
        ys += [centre.y - box.height / 2, centre.y + box.height / 2]
    left, top = math.floor(min(xs) - _EDGE), math.floor(min(ys) - _EDGE)
    return left, top, math.ceil(max(xs) + _EDGE) - left, math.ceil(max(ys) + _EDGE) - top


def _element(
    key: str, prefix: str, classes: str, name: str, href: Href | None, **told: str
) -> tuple[str, str]:
    """Return the opening and closing of what can be selected: a link, or an image with a name.

    A link also holds what is `told` to the page's scripts, as data.
    """
    known = f'id="{prefix}-{key}" class="{classes}" data-key="{key}"'
    named = f'aria-labelledby="t-{key}"><title id="t-{key}">{_escaped(name)}</title>'
    if href is None:
        return f'<g {known} role="img" {named}', "</g>"
    data = "".join(f' data-{word}="{_escaped(text)}"' for word, text in told.items() if text)
    return f'<a {known}{data} href="{_escaped(href(key))}" {named}', "</a>"


def _nodes(plan: Plan, layout: Layout, href: Href | None, *, pinned: bool) -> Iterator[str]:
    """Yield the boxes from the conclusion on, rank by rank: the order in which Tab visits them."""

    def place(box: Box) -> tuple[float, float]:
        x, y = layout.centres[plan.numbers[box.key]]
        return (y, x) if plan.direction is Direction.DOWN else (x, y)

    for box in sorted(plan.boxes.values(), key=place):
        centre = layout.centres[plan.numbers[box.key]]
        focus = " focus" if box.key == plan.view.focus else ""
        typed = " typed" if box.key == plan.view.draft else ""
        tone = f" tone-{box.tone}" if box.tone else ""
        classes = f"node {box.kind} {box.status}{tone}{focus}{typed}"
        # What is still being typed has no page of its own to lead to.
        address = None if typed else href
        start, end = _element(box.key, "n", classes, box.name, address, full=box.full)
        x, y = centre.x - box.width / 2, centre.y - box.height / 2
        yield start
        yield f'<g transform="translate({n(x)} {n(y)})">'
        yield boxed(box, pinned=pinned)
        yield f"</g>{end}"


def _edges(
    plan: Plan, layout: Layout, href: Href | None, schemes: Mapping[str, str]
) -> Iterator[str]:
    labels = Labels(plan, layout)
    drawn: dict[str, list[Curve]] = {}
    for link, curve in zip(plan.links, layout.curves, strict=True):
        drawn.setdefault(link.inference, []).append(curve)  # the one with the arrowhead comes last
    for key, curves in drawn.items():
        inference = plan.graph.inference[key]
        draft = plan.view.draft in inference.premises
        name = f"{key}: {clean(sentence(inference, schemes))}"
        start, end = _element(
            key,
            "i",
            _edge_classes(plan, inference),
            f"New {inference.stance.value}" if draft else name,
            None if draft else href,
            premises=" ".join(inference.premises),
            conclusion=inference.conclusion,
        )
        centre = layout.centres[plan.numbers[key]] if plan.has_junction(key) else None
        yield f"{start}{stroked(inference.stance, curves)}{_knot(key, curves[-1], centre, labels)}{end}"


def _edge_classes(plan: Plan, inference: Inference) -> str:
    words = ["edge", inference.stance.value]
    if len(inference.premises) > 1:
        words.append("linked")
    if inference.bears_on_inference:
        words.append("undercut" if inference.stance is Stance.ATTACK else "backing")
    if plan.view.focus == inference.key:
        words.append("focus")
    if plan.view.draft in inference.premises:
        words.append("typed")
    return " ".join(words)


def _knot(key: str, last: Curve, centre: Point | None, labels: Labels) -> str:
    """Return the junction, if there is one, and the key that shows when the edge is chosen."""
    place = centre or halfway(last)
    circle = ""
    if centre:
        circle = (
            f'<circle class="junction" cx="{n(place.x)}" cy="{n(place.y)}" r="{n(JUNCTION / 2)}"/>'
        )
    label = labels.beside(key, place)
    return f'{circle}<text class="name" x="{n(label.x)}" y="{n(label.y)}">{key}</text>'


def _escaped(text: str) -> str:
    return escape(clean(text))
