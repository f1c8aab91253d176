"""The sections of the inbox: what stands in each, and which part of them an address asks for."""

from __future__ import annotations

from collections.abc import Sequence
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

    `name` is that among `review.SECTIONS`, which finds the rows. `shape` names the template of a
    line, `nothing` is said where there is none. `word`, where there is one, leads from a row to the
    kind of a comment.
    """

    name: str
    waits: str
    title: str
    nothing: str
    shape: str
    word: str = ""

    def rows(self, person: User, wanted: Wanted) -> QuerySet[Any]:
        """Return what someone has in the section, of one table, as far as it is wanted."""
        (rows,) = reading.SECTIONS[self.name].rows(person, wanted.slug)
        kind = wanted.chosen.get("kind")
        return rows.filter(**{self.word: kind}) if kind else rows


def _threads(name: str, waits: str, title: str, nothing: str) -> Kind:
    return Kind(name, waits, title, nothing, "thread", word="kind")


KINDS = (
    Kind(
        "requests",
        ME,
        "Verdicts that you are asked for",
        "Nobody asks you for a verdict.",
        "request",
    ),
    _threads(
        "answer",
        ME,
        "Points that wait for an answer",
        "No question and no challenge waits for your answer.",
    ),
    _threads(
        "decide",
        ME,
        "Suggestions to decide",
        "No suggestion waits for you.",
    ),
    _threads(
        "answered",
        ME,
        "Your threads that were answered: is it settled?",
        "None of your open threads has an answer that you have not answered.",
    ),
    Kind(
        "mentions",
        CALLED,
        "Comments that call you by name",
        "Nobody has called you since you last looked.",
        "mention",
        word="comment__kind",
    ),
    Kind(
        STALE,
        AGAIN,
        "What you judged has changed: does it still hold?",
        "All that you judged still says what it said.",
        "stale",
    ),
    Kind(
        "rounds",
        OTHERS,
        "Verdicts that you asked for",
        "You wait for nobody's verdict.",
        "round",
    ),
    _threads(
        "waiting",
        OTHERS,
        "Answers that you wait for",
        "You wait for nobody's answer.",
    ),
    _threads(
        "settled",
        SETTLED,
        "Your suggestions that others settled, in the last two weeks",
        "None of your suggestions was settled in the last two weeks.",
    ),
    _threads(
        "unresolved",
        ALL,
        "Open threads on your maps, what matters most first",
        "No thread is open on the maps that you review.",
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

    @property
    def slug(self) -> str:
        """The slug of the map that is asked for, "" for all."""
        return str(self.chosen.get("map", ""))

    def shows(self, kind: Kind) -> bool:
        """Tell whether a sort of section is shown: alone, with all, or with all of comments."""
        section = self.chosen.get("section")
        if section:
            return kind.name == section
        return bool(kind.word) or "kind" not in self.chosen
