"""What part of the threads a page shows: its address says, and words that mean nothing do nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from argmap import access
from argmap.core.kinds import CommentKind, CommentState, Flag
from argmap.models import ArgumentMap
from argmap.models.element import KEY_LIMIT
from argmap.web.widgets import Select

ALL = "all"
ON_MAP = "map"
MOST_AUTHORS = 200
"""Most names that the list of authors offers; the address takes any."""


class ThreadFilter(forms.Form):
    """Which threads of a map are shown. What is typed wrong is as good as not there."""

    kind = forms.ChoiceField(
        required=False, choices=[("", "All kinds"), *CommentKind.choices()], widget=Select
    )
    flag = forms.ChoiceField(
        required=False,
        label="Problem",
        choices=[("", "Any or none"), *Flag.choices()],
        widget=Select,
    )
    state = forms.ChoiceField(
        required=False,
        choices=[("", "Open"), (CommentState.RESOLVED.value, "Resolved"), (ALL, "Both")],
        widget=Select,
    )
    author = forms.CharField(required=False, max_length=150)
    about = forms.CharField(required=False, max_length=KEY_LIMIT)
    stale = forms.BooleanField(required=False, label="Changed since")
    mine = forms.BooleanField(required=False, label="Begun by me")

    def __init__(self, asked: QueryDict, *, authors: list[str], person: access.Person) -> None:
        super().__init__(asked)
        if person.is_anonymous:
            del self.fields["mine"]
        self.authors = authors
        self.fields["about"].widget.attrs |= {"placeholder": "C1, or map", "size": 9}
        self.fields["author"].widget.attrs |= {"list": "authors", "size": 12}
        self.full_clean()

    @property
    def chosen(self) -> dict[str, Any]:
        """What is asked for, without what asks for nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> str:
        """The same as the words of an address, "" for nothing."""
        return urlencode(
            {name: 1 if value is True else value for name, value in self.chosen.items()}
        )

    @property
    def query(self) -> str:
        """The same, with the mark that a query starts with, where there is any."""
        return f"?{self.words}" if self.words else ""

    def narrowed(self, threads: QuerySet[Any], person: access.Person) -> QuerySet[Any]:
        """Return those of some threads that are asked for."""
        return threads.filter(*self._conditions(person))

    def _conditions(self, person: access.Person) -> list[Q]:
        chosen = self.chosen
        state = chosen.get("state", CommentState.OPEN.value)
        plain = {name: chosen[name] for name in ("kind", "flag", "stale") if name in chosen}
        found = [Q(**plain)] if state == ALL else [Q(**plain, state=state)]
        if "author" in chosen:
            found.append(Q(author_name=chosen["author"]))
        if "mine" in chosen:
            found.append(Q(author=person.pk) if person.pk else Q(pk=None))
        if "about" in chosen:
            found.append(_about(chosen["about"]))
        return found


def authors_on(argument_map: ArgumentMap) -> list[str]:
    """Return who has begun a thread on a map, MOST_AUTHORS at most (one query)."""
    begun = argument_map.comments.filter(parent=None).order_by("author_name")
    return list(begun.values_list("author_name", flat=True).distinct()[:MOST_AUTHORS])


def _about(key: str) -> Q:
    if key.lower() == ON_MAP:
        return Q(statement=None, inference=None, excerpt=None, lost_target="")
    named = key.upper()
    on_it = Q(statement__key=named) | Q(inference__key=named) | Q(excerpt__key=named)
    return on_it | Q(excerpt__statement__key=named) | Q(lost_target=named)
