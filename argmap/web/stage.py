"""The stage of the map page: the drawing, what is said about it, and the ways to other views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.template.defaultfilters import pluralize
from django.utils.functional import cached_property

from argmap import access, graphs
from argmap.core.colour import Colour, Tone, legend
from argmap.core.draft import Draft
from argmap.core.folding import MOST
from argmap.core.kinds import Role
from argmap.core.plan import Direction
from argmap.models import ArgumentMap
from argmap.render import DrawingFailedError, Task
from argmap.web.drawings import Drawn, Names, drawn, sources_for
from argmap.web.going_back import Back, backs
from argmap.web.meanwhile import Meanwhile
from argmap.web.reading import Outline, outline_of
from argmap.web.viewing import MOST_STEPS, Wish

LONG_TRAIL = 12
"""Steps of a trail that are told one by one."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another view."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What a reader wishes to see drawn, and what came of it.

    `drawn` is None where no drawing could be made: `failure` then says why, in one line for
    people, and `outline` takes its place. `tones` are those of the colouring, with their meanings.
    """

    map: ArgumentMap
    wish: Wish
    selected: str
    role: Role
    tones: Sequence[tuple[Tone, str]]
    history: list[Back] = field(default_factory=list)
    drawn: Drawn | None = None
    failure: str = ""
    outline: Outline | None = None

    @property
    def edits(self) -> bool:
        """Tell whether the reader may edit the map."""
        return self.role.may(Role.EDITOR)

    @property
    def is_part(self) -> bool:
        """Tell whether less than the whole map is drawn."""
        return self.drawn is not None and self.drawn.shown < self.drawn.total

    @property
    def counted(self) -> str:
        """How much of the map is drawn, in words."""
        if self.drawn is None:
            return ""
        shown, total, inferences = self.drawn.shown, self.drawn.total, self.drawn.inferences
        if self.is_part:
            top = "the top levels" if self.drawn.levels else "a part of the top"
            return f"{shown:,} of {total:,} statements{f': {top}' * self.is_cut}"
        drawn = f"{total:,} statement{pluralize(total)}"
        return f"{drawn}, {inferences:,} inference{pluralize(inferences)}"

    @cached_property
    def whole(self) -> str:
        """The address of the whole map, folded as it is here."""
        return self._to(replace(self.wish, focus=""))

    @cached_property
    def unfolded(self) -> str:
        """The address of the same view with nothing folded."""
        return self._to(replace(self.wish, fold=()))

    @cached_property
    def closed(self) -> str:
        """The address of the same view with nothing opened that it would hide."""
        return self._to(replace(self.wish, opened=()))

    @property
    def apart(self) -> int:
        """How many statements are neither drawn nor below what is, where no focus is asked for."""
        return self.drawn.apart if self.drawn and not self.wish.focus else 0

    @property
    def colours(self) -> list[Colour]:
        """What the boxes may be coloured by."""
        return list(Colour)

    @property
    def kept(self) -> dict[str, str]:
        """The words of the page's query that stay when another colouring is chosen."""
        words = {**self.wish.words, "select": self.selected}
        return {name: word for name, word in words.items() if word and name != "colour"}

    @cached_property
    def trail(self) -> list[Way]:
        """The statements and inferences between a root and the focus, each with its own view.

        Of a long way its ends; what is left out has no address.
        """
        keys = self.drawn.trail[:-1] if self.drawn else ()
        if len(keys) > LONG_TRAIL:
            keys = (*keys[:2], "…", *keys[2 - LONG_TRAIL :])
        return [
            Way(key, "" if key == "…" else self._to(replace(self.wish, focus=key))) for key in keys
        ]

    @cached_property
    def further(self) -> list[Way]:
        """The ways to show more of the map, and to turn the drawing."""
        wish, ways = self.wish, []
        if wish.focus and wish.depth < MOST_STEPS:
            ways.append(Way("One step more", self._to(replace(wish, depth=wish.depth + 1))))
        if self.is_cut and wish.boxes < MOST:
            more = replace(wish, boxes=MOST, levels=0, opened=())
            ways.append(Way(self._more, self._to(more)))
        if wish.boxes and self.drawn and self.drawn.total > settings.ARGMAP_MAX_BOXES:
            ways.append(Way("The top levels", self._to(replace(wish, boxes=0))))
        if self.drawn and self.drawn.total:
            across = wish.direction is Direction.ACROSS
            turned = Direction.DOWN if across else Direction.ACROSS
            label = "From the top" if across else "From the left"
            ways.append(Way(label, self._to(replace(wish, direction=turned))))
        return ways

    @property
    def is_cut(self) -> bool:
        """Tell whether for want of room only the top levels are drawn."""
        return self.drawn is not None and self.drawn.levels is not None

    @property
    def extent(self) -> str:
        """What a page that is open says of how much it shows, where it is to stay so."""
        wish, drawn = self.wish, self.drawn
        if drawn is None or wish.focus or wish.levels or wish.boxes:
            return ""
        return "whole" if drawn.levels is None else str(drawn.levels or "")

    @property
    def opened(self) -> list[str]:
        """What is opened, and not folded again."""
        return [key for key in self.wish.opened if key not in self.wish.fold]

    @property
    def _more(self) -> str:
        total = self.drawn.total if self.drawn else 0
        return f"Draw all {total:,}" if total <= MOST else f"Draw up to {MOST:,}"

    def _to(self, wish: Wish) -> str:
        return wish.selecting(self.map, self.selected)


def stage(
    argument_map: ArgumentMap,
    wish: Wish,
    schemes: Names,
    *,
    role: Role,
    person: access.Person,
    selected: str = "",
    draft: Draft | None = None,
    meanwhile: Sequence[Task] = (),
) -> Stage:
    """Return the drawing, or, where there can be none, the reason and the outline.

    `schemes` are all names of schemes by slug, as drawings and kept pages go by them. What is to be
    done `meanwhile` is done while Graphviz works, where it has to.

    Raises Http404 where the wish names what is not there.
    """
    back = Meanwhile(lambda: backs(argument_map, person, wish) if role.may(Role.EDITOR) else [])
    empty = Stage(
        map=argument_map,
        wish=wish,
        selected=selected,
        role=role,
        tones=legend(wish.colour, sources_for(argument_map, wish.colour)),
    )
    try:
        shown = drawn(argument_map, wish, schemes, draft, (back.begin, *meanwhile))
        return replace(empty, drawn=shown, history=back.made)
    except DrawingFailedError as error:
        view = graphs.load_view(argument_map, wish.view)
        outline = outline_of(
            argument_map,
            view,
            schemes,
            lambda key: wish.opening(key, view.total).selecting(argument_map, key),
        )
        return replace(empty, failure=error.reason, outline=outline, history=back.made)
