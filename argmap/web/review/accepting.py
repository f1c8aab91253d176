"""Accepting many suggestions at once: all of a kind, or those that are ticked."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from argmap import access, actions
from argmap import review as reading
from argmap.core.kinds import Proposed, Role
from argmap.core.numbers import wholes
from argmap.models import ArgumentMap
from argmap.web.middleware import WebRequest
from argmap.web.redirects import SeeOther
from argmap.web.review.rows import Row, row_of


class AcceptMany(View):
    """The open suggestions of a map, of which an editor accepts all of a kind, or some."""

    def get(self, request: WebRequest, slug: str) -> HttpResponse:
        """List what would be accepted; `?does=edit` lists one kind."""
        argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
        return self._shown(request, argument_map, role, [])

    def post(self, request: WebRequest, slug: str) -> HttpResponse:
        """Accept what is ticked, and say what was accepted and what was not, and why."""
        argument_map, role = access.find_map(request.user, slug, Role.EDITOR)
        chosen = wholes(request.POST.getlist("comment"))
        if not chosen:
            messages.warning(request, "Nothing was chosen, so nothing was accepted.")
            return SeeOther(request.get_full_path())
        # What comes to be of them shows how they stood before.
        rows = {row.first.pk: row for row in _open(argument_map, role, request.user)}
        done = actions.accept_suggestions(
            actor=access.signed_in(request.user), argument_map=argument_map, comments=chosen
        )
        argument_map.refresh_from_db()
        results = [Result(rows.get(each.comment), each) for each in done]
        return self._shown(request, argument_map, role, results)

    @staticmethod
    def _shown(
        request: WebRequest, argument_map: ArgumentMap, role: Role, results: list[Result]
    ) -> HttpResponse:
        does = request.GET.get("does", "")
        context = {
            "map": argument_map,
            "role": role,
            "rows": _open(argument_map, role, request.user, does),
            "does": does,
            "kinds": list(Proposed),
            "results": results,
            "accepted": sum(not each.accepted.problem for each in results),
        }
        return render(request, "review/accept.html", context)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one that was ticked; there is no row where it was not open any more."""

    row: Row | None
    accepted: actions.Accepted


def _open(
    argument_map: ArgumentMap, role: Role, person: access.Person, does: str = ""
) -> list[Row]:
    """Return the open suggestions of a map, the heaviest first (one query)."""
    found = reading.open_suggestions(reading.threads_of(argument_map))
    if does in list(Proposed):
        found = found.filter(suggestion__does=does)
    return [row_of(first, role, person) for first in found]
