"""The drawing as a file: exactly what the map page shows when it is asked the same."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import unescape

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from argmap import access, exports, graphs, render
from argmap.models import ArgumentMap
from argmap.web import drawings, viewing

PICTURES = [each.name for each in exports.EXPORTS.values() if each.draws]


@login_not_required
@require_safe
def graph(request: HttpRequest, slug: str, picture: str) -> HttpResponseBase:
    """Answer with the drawing of a map, or of the part that the query asks for, as a `picture`."""
    argument_map, _ = access.find_map(request.user, slug)
    wish = viewing.read_wish(request.GET)
    names = graphs.scheme_names()
    etag = _etag(argument_map, wish, names, picture)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = _answer(argument_map, wish, names, picture)
    if response.status_code != 503:
        # Asked again: the map may have been read anew, at a later version.
        response["ETag"] = _etag(argument_map, wish, names, picture)
    response["Cache-Control"] = "private, no-cache"
    return response


def _answer(
    argument_map: ArgumentMap, wish: viewing.Wish, names: drawings.Names, picture: str
) -> HttpResponse:
    try:
        file = drawings.pictured(argument_map, wish, names, picture)
    except render.DrawingFailedError as error:
        return HttpResponse(error.reason, status=503, content_type="text/plain; charset=utf-8")
    known = exports.EXPORTS[picture]
    response = HttpResponse(file, content_type=known.media_type)
    style, shown = "", "attachment"
    if picture == "svg":
        style, shown = f"; style-src '{_style_hash(file.decode())}'", "inline"
    response["Content-Security-Policy"] = f"default-src 'none'{style}"
    name = f"{argument_map.slug}{known.suffix}"
    response["Content-Disposition"] = f'{shown}; filename="{name}"'
    return response


def _style_hash(svg: str) -> str:
    """Return the hash by which a policy lets the file's own style through, and no other."""
    start, end = svg.index("<style>") + len("<style>"), svg.index("</style>")
    style = unescape(svg[start:end]).encode()
    return f"sha256-{b64encode(sha256(style).digest()).decode()}"


def _etag(
    argument_map: ArgumentMap, wish: viewing.Wish, names: drawings.Names, picture: str
) -> str:
    """Return the strong tag of a picture, which shows comments: they raise the activity alone."""
    content = (drawings.identity(argument_map, wish, names), argument_map.activity, picture)
    return f'"{sha256(repr(content).encode()).hexdigest()[:32]}"'
