"""The list of maps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from argmap import access
from argmap.core.kinds import CommentState, Kind, Role
from argmap.models import ArgumentMap, Comment, Membership, Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """A map of the list."""

    map: ArgumentMap
    role: Role | None
    kinds: Counter[str]
    open_threads: int

    @property
    def counts(self) -> list[tuple[int, str]]:
        """How many statements of each kind, with the word for so many."""
        return [
            (self.kinds[kind], kind.value if self.kinds[kind] == 1 else kind.plural)
            for kind in Kind
        ]


@login_not_required
@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """List what the reader may read, what changed last first, and what is archived at the end."""
    return render(request, "maps.html", {"entries": _entries(request.user)})


def _entries(person: access.Person) -> list[Entry]:
    """Four queries: maps, statements by kind, open threads, and the reader's own roles."""
    readable = list(access.readable_maps(person).order_by("-changed_at", "slug"))
    readable.sort(key=lambda found: found.archived_at is not None)
    kinds = _kinds(readable)
    threads = Counter(
        dict(
            Comment.objects.filter(map__in=readable, state=CommentState.OPEN, parent=None)
            .order_by()
            .values_list("map")
            .annotate(count=Count("pk"))
        )
    )
    roles = _roles(person)
    return [
        Entry(found, roles.get(found.pk), kinds[found.pk], threads[found.pk]) for found in readable
    ]


def _kinds(maps: Iterable[ArgumentMap]) -> dict[int, Counter[str]]:
    counted = Statement.objects.filter(map__in=maps).order_by().values_list("map", "kind")
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, kind, count in counted.annotate(count=Count("pk")):
        found[pk][kind] = count
    return found


def _roles(person: access.Person) -> dict[int, Role]:
    if person.is_anonymous:
        return {}
    mine = Membership.objects.filter(user=person.pk).values_list("map", "role")
    return {pk: Role(role) for pk, role in mine}
