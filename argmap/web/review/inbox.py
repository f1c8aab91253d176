"""The inbox: what waits for someone over all maps, in sections; the address says which part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from argmap import access, actions
from argmap import review as reading
from argmap.core.kinds import Role
from argmap.core.numbers import wholes
from argmap.models import Mention, Review, Round
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.review.paging import numbered, paged
from argmap.web.review.rows import rows_of
from argmap.web.review.sections import GROUPS, KINDS, STALE, Kind, Wanted
from argmap.web.review.stale import MOST, SORTS, stale_of

FEW = 5
"""Lines of each section where all sections are shown."""

MOST_COUNTED = 100
"""How far the lines of a section are counted where all are shown."""

MOST_MAPS = 200
"""Maps that the list to choose from offers; the address takes any."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its lines; `count` is that of all, MOST_COUNTED where there are as many."""

    kind: Kind
    lines: Sequence[Any]
    count: int
    more: str = ""
    """The address of all of it, "" where nothing is left out."""

    @property
    def template(self) -> str:
        """What draws one line."""
        return f"review/_inbox_{self.kind.shape}.html"

    @property
    def counted(self) -> str:
        """The count as people read it."""
        return f"{self.count}+" if self.more and self.count >= MOST_COUNTED else str(self.count)


@dataclass(frozen=True, slots=True)
class Due:
    """A round that waits for a verdict, the reader's or others': how it stands with its day."""

    round: Round
    today: date
    missing: int = 0

    @property
    def overdue(self) -> int:
        """How many days the last day is past."""
        return self.round.days_over(self.today)

    @property
    def address(self) -> str:
        """Where the verdict is given, and the round shown."""
        page = self.round.map.get_review_url()
        return f"{page}#round-{self.round.pk}" if self.missing else f"{page}#verdict"


@dataclass(frozen=True, slots=True)
class Called:
    """A comment that calls the reader by name."""

    mention: Mention

    @property
    def address(self) -> str:
        """Where the comment is read."""
        return reading.path_of(self.mention.comment)


@require_safe
@never_cache
def inbox(request: WebRequest) -> HttpResponse:
    """Show what waits for whoever is signed in, and what they wait for."""
    person = access.signed_in(request.user)
    wanted = Wanted(request.GET, maps=_maps(person))
    alone = wanted.chosen.get("section")
    sections: list[Section] = []
    page: Page[Any] | None = None
    for kind in KINDS:
        if not wanted.shows(kind):
            continue
        if alone and kind.name != STALE:
            rows = kind.rows(person, wanted)
            page = paged(rows, request.GET.get("page", ""))
            shown = numbered(rows, page.object_list)
            sections.append(Section(kind, _lines(kind, shown), page.paginator.count))
        else:
            sections.append(_first(kind, person, wanted))
    context = {
        "wanted": wanted,
        "groups": _groups(sections),
        "sections": sections,
        "alone": alone,
        "page": page,
        "many_maps": True,
    }
    return render(request, "review/inbox.html", context)


@login_not_required
@require_safe
@never_cache
def count(request: HttpRequest) -> JsonResponse:
    """Answer how much waits for whoever is signed in: for pages that are kept as they were."""
    return JsonResponse({"waiting": waiting(request.user)})


@require_POST
def read_mentions(request: WebRequest) -> HttpResponse:
    """Mark the comments that the form names as read."""
    person = access.signed_in(request.user)
    named = wholes(request.POST.getlist("comment"))
    number = actions.read_mentions(user=person, comments=named)
    messages.success(request, "Marked as read." if number else "All of these were read already.")
    back = request.POST.get("section", "")
    return SeeOther(reverse("inbox") + ("?section=mentions" if back == "mentions" else ""))


def waiting(person: access.Person) -> str:
    """Return how much waits for someone, as a badge shows it: "" for nothing (one query)."""
    number = reading.waiting_count(person)
    if number >= reading.MOST_COUNTED:
        return f"{reading.MOST_COUNTED - 1}+"
    return str(number or "")


def in_header(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Give templates the badge of the inbox: who does not show it asks nothing."""
    return {"waiting": lambda: waiting(request.user)}


def _maps(person: User) -> list[tuple[str, str]]:
    found = access.maps_for(person, Role.REVIEWER).order_by("title", "slug")
    return list(found.values_list("slug", "title")[:MOST_MAPS])


def _first(kind: Kind, person: User, wanted: Wanted) -> Section:
    """Return a section with its first lines; all of them where it is the only one.

    Two queries: the numbers of what it holds, as far as that is counted, and what the lines show.
    """
    if kind.name == STALE:
        most = len(SORTS) * MOST if wanted.chosen.get("section") else FEW
        lines, number = stale_of(person, wanted.slug, most)
        return Section(kind, lines, number, _more(kind, wanted, is_part=number > len(lines)))
    rows = kind.rows(person, wanted)
    if kind.word:
        numbers = list(rows.values_list("pk", flat=True)[:MOST_COUNTED])
        shown, number = numbered(rows, numbers[:FEW]), len(numbers)
    else:
        found = list(rows[:MOST_COUNTED])
        shown, number = found[:FEW], len(found)
    return Section(kind, _lines(kind, shown), number, _more(kind, wanted, is_part=number > FEW))


def _more(kind: Kind, wanted: Wanted, *, is_part: bool) -> str:
    words = {**wanted.chosen, "section": kind.name}
    return f"{reverse('inbox')}?{urlencode(words)}" if is_part else ""


def _lines(kind: Kind, rows: Sequence[Any]) -> Sequence[Any]:
    today = timezone.localdate()
    if kind.shape == "thread":
        return rows_of(rows)
    if kind.shape == "mention":
        return [Called(row) for row in rows]
    if kind.shape == "request":
        return [_due(row, today) for row in rows]
    return [Due(row, today, row.missing) for row in rows]


def _due(row: Review, today: date) -> Due:
    assert row.round is not None  # noqa: S101 - requests are of rounds
    row.round.map = row.map
    return Due(row.round, today)


def _groups(sections: list[Section]) -> list[tuple[str, list[Section]]]:
    """Return the sections that are not empty, by whom they wait for."""
    found = []
    for waits in GROUPS:
        held = [each for each in sections if each.kind.waits == waits and each.count]
        if held:
            found.append((waits, held))
    return found
