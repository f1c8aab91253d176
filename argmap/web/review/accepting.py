"""Accepting many suggestions at once: all of a kind, or those that are ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.views import View

from argmap import access, actions
from argmap import review as reading
from argmap.core.kinds import Proposed, Role
from argmap.core.proposals import differences, proposal_from
from argmap.models import ArgumentMap
from argmap.web.differences import Compared, compare
from argmap.web.middleware import WebRequest
from argmap.web.numbers import wholes
from argmap.web.redirects import SeeOther


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
        offers = {offer.first.pk: offer for offer in _offers(argument_map, "")}
        done = actions.accept_suggestions(
            actor=access.signed_in(request.user), argument_map=argument_map, comments=chosen
        )
        argument_map.refresh_from_db()
        results = [Result(offers.get(each.comment), each) for each in done]
        return self._shown(request, argument_map, role, results)

    @staticmethod
    def _shown(
        request: WebRequest, argument_map: ArgumentMap, role: Role, results: list[Result]
    ) -> HttpResponse:
        does = request.GET.get("does", "")
        context = {
            "map": argument_map,
            "role": role,
            "offers": _offers(argument_map, does),
            "does": does,
            "kinds": list(Proposed),
            "results": results,
            "accepted": sum(not each.accepted.problem for each in results),
        }
        return render(request, "review/accept.html", context)


@dataclass(frozen=True, slots=True)
class Offer:
    """One open suggestion: what it says it does, and each field that would differ."""

    first: Any
    words: str
    differences: list[Compared]

    @property
    def address(self) -> str:
        """Where its thread is read."""
        return reading.path_of(self.first)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one that was ticked; there is no offer where it was not open any more."""

    offer: Offer | None
    accepted: actions.Accepted


def _offers(argument_map: ArgumentMap, does: str) -> list[Offer]:
    """Return the open suggestions of a map, the heaviest first (one query)."""
    rows = reading.open_suggestions(reading.threads_of(argument_map))
    if does in list(Proposed):
        rows = rows.filter(suggestion__does=does)
    return [_offer(first) for first in rows]


def _offer(first: Any) -> Offer:
    proposal = proposal_from(first.suggestion.proposal)
    told = [compare(*each) for each in differences(proposal)]
    return Offer(first, proposal.words, told)
