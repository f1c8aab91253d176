"""The report of how each point was dealt with, as a file to keep and to send."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from argmap import access
from argmap.core.dealt import dealt_with
from argmap.graphs import at_one_version
from argmap.review import judged_on, subjects_of


@login_not_required
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the report of a map, in Markdown."""
    argument_map, _ = access.find_map(request.user, slug)
    text = at_one_version(
        argument_map,
        lambda: dealt_with(
            argument_map.title,
            argument_map.version,
            subjects_of(argument_map),
            judged_on(argument_map),
        ),
    )
    name = f"{argument_map.slug}-review.md"
    return HttpResponse(
        text,
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
