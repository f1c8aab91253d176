"""The sections of the inbox: what stands in each, and which part of them an address asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.models import User
from django.db.models import QuerySet

from argmap import review as reading
from argmap.core.kinds import CommentKind
from argmap.web.widgets import Select

ME, CALLED, AGAIN = "Waiting for me", "Mentions", "Stale"
OTHERS, SETTLED, ALL = "I am waiting for", "Settled", "Unresolved"
GROUPS = (ME, CALLED, AGAIN, OTHERS, SETTLED, ALL)
"""The groups of sections, in the order in which they stand. What the badge counts are the first two."""

STALE = "stale"
"""The section whose lines are of four tables, so that no query pages it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of section: whom it waits for, what it is called, and what stands in it.

    `shape` names the template of a line, `nothing` is said where there is none. `path` leads from
    a row to its map, and `word`, where there is one, to the kind of a comment.
    """

    name: str
    waits: str
    title: str
    nothing: str
    shape: str
    find: Callable[[User], QuerySet[Any]]
    path: str = "map"
    word: str = ""

    def rows(self, person: User, wanted: Wanted) -> QuerySet[Any]:
        """Return what someone has in the section, as far as it is wanted."""
        rows = wanted.on_map(self.find(person), self.path)
        kind = wanted.chosen.get("kind")
        return rows.filter(**{self.word: kind}) if kind else rows


def _threads(name: str, waits: str, title: str, nothing: str, find: Any) -> Kind:
    return Kind(name, waits, title, nothing, "thread", find, word="kind")


KINDS = (
    Kind(
        "requests",
        ME,
        "Verdicts that you are asked for",
        "Nobody asks you for a verdict.",
        "request",
        reading.requests_to,
    ),
    _threads(
        "answer",
        ME,
        "Points that wait for an answer",
        "No question and no challenge waits for your answer.",
        reading.to_answer,
    ),
    _threads(
        "decide",
        ME,
        "Suggestions to decide",
        "No suggestion waits for you.",
        reading.to_decide,
    ),
    _threads(
        "answered",
        ME,
        "Your threads that were answered: is it settled?",
        "None of your open threads has an answer that you have not answered.",
        reading.answered,
    ),
    Kind(
        "mentions",
        CALLED,
        "Comments that call you by name",
        "Nobody has called you since you last looked.",
        "mention",
        reading.unread_mentions,
        path="comment__map",
        word="comment__kind",
    ),
    Kind(
        STALE,
        AGAIN,
        "What you judged has changed: does it still hold?",
        "All that you judged still says what it said.",
        "stale",
        reading.stale_verdicts,
    ),
    Kind(
        "rounds",
        OTHERS,
        "Verdicts that you asked for",
        "You wait for nobody's verdict.",
        "round",
        reading.rounds_of,
    ),
    _threads(
        "waiting",
        OTHERS,
        "Answers that you wait for",
        "You wait for nobody's answer.",
        reading.waiting_on_others,
    ),
    _threads(
        "settled",
        SETTLED,
        "Your suggestions that others settled, in the last two weeks",
        "None of your suggestions was settled in the last two weeks.",
        reading.settled_lately,
    ),
    _threads(
        "unresolved",
        ALL,
        "Open threads on your maps, what matters most first",
        "No thread is open on the maps that you review.",
        reading.unresolved,
    ),
)


class Wanted(forms.Form):
    """Which part of the inbox is shown. What is typed wrong is as good as not there."""

    map = forms.SlugField(required=False, widget=Select)
    section = forms.ChoiceField(
        required=False,
        choices=[("", "All sections"), *((kind.name, kind.title) for kind in KINDS)],
        widget=Select,
    )
    kind = forms.ChoiceField(
        required=False, choices=[("", "All kinds"), *CommentKind.choices()], widget=Select
    )

    def __init__(self, asked: Any, *, maps: Sequence[tuple[str, str]]) -> None:
        super().__init__(asked)
        field: Any = self.fields["map"]
        field.widget.choices = [("", "All maps"), *maps]
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        """What is asked for, without what asks for nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> str:
        """The same as the words of an address, "" for nothing."""
        return urlencode(self.chosen)

    def on_map(self, rows: QuerySet[Any], path: str = "map") -> QuerySet[Any]:
        """Return those of some rows that are of the map that is asked for."""
        slug = self.chosen.get("map")
        return rows.filter(**{f"{path}__slug": slug}) if slug else rows

    def shows(self, kind: Kind) -> bool:
        """Tell whether a sort of section is shown: alone, with all, or with all of comments."""
        section = self.chosen.get("section")
        if section:
            return kind.name == section
        return bool(kind.word) or "kind" not in self.chosen
