"""The only author of SVG: a plan and its layout become a drawing that one can read, click and hear.

The SVG holds classes and no style, so that a page with a strict policy shows it and a stylesheet
themes it (static/argmap/drawing.css). Every text in it is cleaned and escaped; every id is ours.
Without addresses the boxes are images with a name, with them they are links.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from argmap.core.boxed import boxed
from argmap.core.boxes import Box
from argmap.core.dot import JUNCTION
from argmap.core.graph import Inference
from argmap.core.kinds import Stance
from argmap.core.labels import Labels
from argmap.core.measure import SIZE, Weight, clean, width
from argmap.core.plan import NOTHING, Direction, Plan
from argmap.core.sentences import sentence
from argmap.core.splines import Curve, Layout, Point, halfway
from argmap.core.strokes import n, stroked

Href = Callable[[str], str]

_EDGE = 14.0  # white space around the whole drawing
_VARIABLE = re.compile(r"var\((--[a-z-]+)\)")
_DEFINITION = re.compile(r"(--[a-z-]+):\s*([^;]+);")
_DARK = re.compile(r"/\* dark \*/.*?/\* end dark \*/", re.DOTALL)


@dataclass(frozen=True)
class Parts:
    """What a drawing of `plan` says, without where it goes: all that needs no layout.

    `href` gives the address of a statement or inference by key; `schemes` the names of schemes by
    slug. With `pinned` each line of text is held to its measured width, for a file that is looked
    at where the font may be missing; else only lines with characters that the font lacks are.
    """

    plan: Plan
    href: Href | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)
    pinned: bool = False

    def write(self) -> None:
        """Write the parts now, rather than when they are drawn."""
        _ = self.nodes, self.edges

    @cached_property
    def nodes(self) -> dict[str, tuple[str, str]]:
        """The opening of each box's element by key, and all that follows its place."""
        return {key: self._node(box) for key, box in self.plan.boxes.items()}

    @cached_property
    def edges(self) -> dict[str, tuple[str, str]]:
        """The opening and the closing of the element of each inference that is drawn, by key."""
        inference = self.plan.graph.inference
        keys = dict.fromkeys(link.inference for link in self.plan.links)
        return {key: self._edge(inference[key]) for key in keys}

    def _node(self, box: Box) -> tuple[str, str]:
        view = self.plan.view
        focus = " focus" if box.key == view.focus else ""
        typed = " typed" if box.key == view.draft else ""
        tone = f" tone-{box.tone}" if box.tone else ""
        classes = f"node {box.kind} {box.status}{tone}{focus}{typed}"
        # What is still being typed has no page of its own to lead to.
        address = None if typed else self.href
        start, end = _element(box.key, "n", classes, box.name, address, full=box.full)
        return start, f"\n{boxed(box, pinned=self.pinned)}\n</g>{end}"

    def is_draft(self, inference: Inference) -> bool:
        """Tell whether an inference, or one of its premises, is still being typed."""
        return self.plan.view.draft in (inference.key, *inference.premises)

    def _edge(self, inference: Inference) -> tuple[str, str]:
        key = inference.key
        draft = self.is_draft(inference)
        name = f"{key}: {clean(sentence(inference, self.schemes))}"
        return _element(
            key,
            "i",
            _edge_classes(self.plan, inference, draft=draft),
            f"New {inference.stance.value}" if draft else name,
            None if draft else self.href,
            premises=" ".join(inference.premises),
            conclusion=inference.conclusion,
        )


def draw(parts: Parts, layout: Layout) -> str:
    """Return the SVG of `parts`, at the places of `layout`."""
    plan = parts.plan
    left, top, wide, high = _frame(plan, layout)
    title, about = _escaped(_title(plan)), _escaped(_about(plan))
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="{n(wide)}"'
        f' height="{n(high)}" viewBox="{n(left)} {n(top)} {n(wide)} {n(high)}"'
        ' role="group" aria-labelledby="drawing-title" aria-describedby="drawing-about">'
        f'<title id="drawing-title">{title}</title><desc id="drawing-about">{about}</desc>'
    )
    empty = [] if plan.boxes else [f'<text x="0" y="{n(SIZE)}">{NOTHING}</text>']
    return "\n".join([start, *_nodes(parts, layout), *_edges(parts, layout), *empty, "</svg>", ""])


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


def _nodes(parts: Parts, layout: Layout) -> Iterator[str]:
    """Yield the boxes from the conclusion on, rank by rank: the order in which Tab visits them."""
    plan = parts.plan

    def place(box: Box) -> tuple[float, float]:
        x, y = layout.centres[plan.numbers[box.key]]
        return (y, x) if plan.direction is Direction.DOWN else (x, y)

    for box in sorted(plan.boxes.values(), key=place):
        start, rest = parts.nodes[box.key]
        centre = layout.centres[plan.numbers[box.key]]
        x, y = centre.x - box.width / 2, centre.y - box.height / 2
        yield f'{start}\n<g transform="translate({n(x)} {n(y)})">{rest}'


def _edges(parts: Parts, layout: Layout) -> Iterator[str]:
    plan = parts.plan
    labels = Labels(plan, layout)
    drawn: dict[str, list[Curve]] = {}
    for link, curve in zip(plan.links, layout.curves, strict=True):
        drawn.setdefault(link.inference, []).append(curve)  # the one with the arrowhead comes last
    for key, curves in drawn.items():
        start, end = parts.edges[key]
        inference = plan.graph.inference[key]
        centre = layout.centres[plan.numbers[key]] if plan.has_junction(key) else None
        place = centre or halfway(curves[-1])
        told = "New" if parts.is_draft(inference) else key
        knot = _knot(told, place, labels.beside(key, place), joins=bool(centre))
        yield f"{start}{stroked(inference.stance, curves)}{knot}{end}"


def _edge_classes(plan: Plan, inference: Inference, *, draft: bool) -> str:
    words = ["edge", inference.stance.value]
    if len(inference.premises) > 1:
        words.append("linked")
    if inference.bears_on_inference:
        words.append("undercut" if inference.stance is Stance.ATTACK else "backing")
    if plan.view.focus == inference.key:
        words.append("focus")
    if draft:
        words.append("typed")
    return " ".join(words)


def _knot(name: str, place: Point, label: Point, *, joins: bool) -> str:
    """Return the junction, if there is one, and the name that shows when the edge is chosen."""
    circle = ""
    if joins:
        circle = (
            f'<circle class="junction" cx="{n(place.x)}" cy="{n(place.y)}" r="{n(JUNCTION / 2)}"/>'
        )
    return f'{circle}<text class="name" x="{n(label.x)}" y="{n(label.y)}">{name}</text>'


def _escaped(text: str) -> str:
    return escape(clean(text))
