"""A source: who made it, how it is graded, what rests on it, and its text where that is here."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from argmap import access, graphs
from argmap.core.citing import reference
from argmap.core.graph import KEY
from argmap.core.kinds import Role
from argmap.web.highlight import pieces
from argmap.web.panel import Quotation, admin_address


@login_not_required
@require_safe
def source(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show a source. `#X1` leads to the place of excerpt X1 in its text."""
    argument_map, role = access.find_map(request.user, slug)
    row = argument_map.sources.filter(key=key).first() if KEY.match(key) else None
    if row is None:
        raise Http404(f"This map has no source {key}.")
    excerpts = list(row.excerpts.select_related("statement"))
    for excerpt in excerpts:
        excerpt.source = row  # spares a query for each
    context = {
        "map": argument_map,
        "role": role,
        "source": row,
        "reference": reference(graphs.source_of(row)),
        "quotations": [Quotation(excerpt) for excerpt in excerpts],
        "pieces": pieces(row.text, excerpts),
        "admin_address": admin_address(row)
        if role.may(Role.EDITOR) and request.user.is_staff
        else "",
    }
    return render(request, "source.html", context)
