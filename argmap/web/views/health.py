"""Whether the site lives, and whether it is ready to serve: for those who watch over it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from argmap import render


@login_not_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process can; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say which parts work. Without Graphviz pages still do, so only the database is fatal."""
    engine = render.available_engine()
    database = _has_database()
    parts = {"database": database, "engine": engine.label if engine else None}
    return JsonResponse(parts, status=200 if database else 503)


def _has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
