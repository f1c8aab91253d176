"""What is new on a map: asked again and again by each page that shows it."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from argmap import access
from argmap.core.kinds import Role
from argmap.core.numbers import is_whole
from argmap.models import ArgumentMap
from argmap.web import presence
from argmap.web.news import news_since


@login_not_required
@require_safe
def live(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer what others changed after the activity `since`, and who else is here.

    Unchanged costs one query, for the map and the role, and answers 304.
    """
    argument_map, role = access.find_map(request.user, slug)
    here = _here(argument_map, role, request)
    etag = _etag(argument_map, here)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        since = request.GET.get("since", "")
        known = int(since) if is_whole(since) else argument_map.activity
        news = news_since(argument_map, known, request.user.pk)
        response = JsonResponse(
            {
                "activity": argument_map.activity,
                "version": argument_map.version,
                "here": here,
                "news": [asdict(each) for each in news],
            }
        )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response


def _here(argument_map: ArgumentMap, role: Role, request: HttpRequest) -> list[str]:
    """Return who else is here. Those who only read are not told, and not told of."""
    if not isinstance(request.user, User) or not role.may(Role.REVIEWER):
        return []
    presence.note(argument_map, request.user)
    return presence.others(argument_map, request.user)


def _etag(argument_map: ArgumentMap, here: list[str]) -> str:
    content = repr((argument_map.uuid, argument_map.activity, here))
    return f'"{sha256(content.encode()).hexdigest()[:32]}"'
