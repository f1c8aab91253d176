"""What an address that leads nowhere answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer that there is nothing: with DEBUG on, Django itself would list all addresses."""
    raise Http404
