"""What a drawing says, without where it goes: written while Graphviz looks for the places.

Every text is cleaned and escaped. Keys need neither: a graph has no element whose key is not one
letter and a number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import starmap
from typing import NamedTuple

from argmap.core.boxed import boxed, stub
from argmap.core.boxes import Box
from argmap.core.escaping import escaped
from argmap.core.graph import Inference
from argmap.core.kinds import Stance
from argmap.core.plan import Plan
from argmap.core.sentences import sentence

Href = Callable[[str], str]

_PLACE = '<g transform="translate('


class Edge(NamedTuple):
    """An inference that is drawn: what comes before its lines, and what after the place of its key.

    `junction` is the number of that node, None where there is none; `lines` are the places of its
    links in the plan, of which the last has the arrowhead.
    """

    start: str
    end: str
    key: str
    stance: Stance
    junction: int | None
    lines: Sequence[int]


@dataclass(frozen=True)
class Parts:
    """What a drawing of `plan` says, without where it goes: all that needs no layout.

    `href` gives the address of a statement or inference by key, `opening` that of the view with what
    is hidden below a statement; `schemes` the names of schemes by slug. With `pinned` each line of
    text is held to its measured width, for a file that is looked at where the font may be missing;
    else only lines with characters that the font lacks are.
    """

    plan: Plan
    href: Href | None = None
    opening: Href | None = None
    schemes: Mapping[str, str] = field(default_factory=dict)
    pinned: bool = False

    def write(self) -> None:
        """Write the parts now, rather than when they are drawn."""
        _ = self.nodes, self.edges

    @cached_property
    def nodes(self) -> dict[str, tuple[str, ...]]:
        """What each box is drawn with, by key: its place goes between any two of these."""
        boxes = self.plan.boxes
        names = escaped(box.name for box in boxes.values())
        full = escaped(box.full for box in boxes.values())
        told = zip(boxes.values(), names, full, self._addresses(boxes), strict=True)
        return dict(zip(boxes, starmap(self._node, told), strict=True))

    @cached_property
    def edges(self) -> list[Edge]:
        """The inferences that are drawn, in the order of their lines."""
        lines: dict[str, list[int]] = {}
        for line, link in enumerate(self.plan.links):
            lines.setdefault(link.inference, []).append(line)
        drawn = [self.plan.graph.inference[key] for key in lines]
        names = escaped(map(self._name, drawn))
        told = zip(drawn, names, self._addresses(lines), lines.values(), strict=True)
        return list(starmap(self._edge, told))

    @cached_property
    def _typed(self) -> Set[str]:
        """The keys of what is still being typed, and has no page of its own to lead to."""
        draft = self.plan.view.draft
        if draft is None:
            return frozenset()
        return {draft, *(found.key for found in self.plan.graph.starting_from(draft))}

    def _addresses(self, keys: Collection[str]) -> list[str | None]:
        """Return the addresses of elements, escaped, None for each that has none."""
        if self.href is None:
            return [None] * len(keys)
        known = [key for key in keys if key not in self._typed]
        found = dict(zip(known, escaped(map(self.href, known)), strict=True))
        return list(map(found.get, keys))

    def _name(self, inference: Inference) -> str:
        if inference.key in self._typed:
            return f"New {inference.stance.value}"
        return f"{inference.key}: {sentence(inference, self.schemes)}"

    def _node(self, box: Box, name: str, full: str, address: str | None) -> tuple[str, ...]:
        key, view = box.key, self.plan.view
        focus = " focus" if key == view.focus else ""
        typed = " typed" if key == view.draft else ""
        tone = f" tone-{box.tone}" if box.tone else ""
        classes = f"node {box.kind} {box.status}{tone}{focus}{typed}"
        data = f' data-full="{full}"' if full else ""
        start, end = _element(key, "n", classes, name, address=address, data=data)
        drawn, hiding = boxed(box, pinned=self.pinned), stub(box, pinned=self.pinned)
        before, placed = f"{start}\n{_PLACE}", f')">\n{drawn}\n'
        if not hiding or self.opening is None:
            return before, f"{placed}{hiding}</g>{end}"
        # A link of its own: none may stand in another.
        return before, f"{placed}</g>{end}\n{self._opening(box)}{_PLACE}", f')">{hiding}</g></a>'

    def _opening(self, box: Box) -> str:
        """Return the start of the link that opens what a box hides."""
        address = escape(self.opening(box.key)) if self.opening else ""
        hidden = " ".join(line.text for line in box.stub).removeprefix("+ ")
        return (
            f'<a id="s-{box.key}" class="opens" data-key="{box.key}" data-view="" href="{address}"'
            f' aria-label="Open below {box.key}: {hidden}">'
        )

    def _edge(
        self, inference: Inference, name: str, address: str | None, lines: Sequence[int]
    ) -> Edge:
        key, plan, typed = inference.key, self.plan, inference.key in self._typed
        classes = _classes(plan, inference, draft=typed)
        premises = " ".join(inference.premises)
        data = f' data-premises="{premises}" data-conclusion="{inference.conclusion}"'
        start, end = _element(key, "i", classes, name, address=address, data=data)
        return Edge(
            start=start,
            end=f"{'New' if typed else key}</text>{end}",
            key=key,
            stance=inference.stance,
            junction=plan.numbers[key] if plan.has_junction(key) else None,
            lines=lines,
        )


def _element(
    key: str, prefix: str, classes: str, name: str, *, address: str | None, data: str
) -> tuple[str, str]:
    """Return the opening and closing of what can be selected: a link, or an image with a name.

    A link also holds `data` for the page's scripts.
    """
    known = f'id="{prefix}-{key}" class="{classes}" data-key="{key}"'
    named = f'aria-labelledby="t-{key}"><title id="t-{key}">{name}</title>'
    if address is None:
        return f'<g {known} role="img" {named}', "</g>"
    return f'<a {known}{data} href="{address}" {named}', "</a>"


def _classes(plan: Plan, inference: Inference, *, draft: bool) -> str:
    stance, way = inference.stance, ""
    if inference.bears_on_inference:
        way = " undercut" if stance is Stance.ATTACK else " backing"
    linked = " linked" if len(inference.premises) > 1 else ""
    focus = " focus" if plan.view.focus == inference.key else ""
    return f"edge {stance.value}{linked}{way}{focus}{' typed' if draft else ''}"
