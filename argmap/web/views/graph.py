"""The drawing as an image file."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import unescape

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from argmap import access, graphs, render
from argmap.models import ArgumentMap
from argmap.web import drawings, viewing


@login_not_required
@require_safe
def graph(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Answer with the drawing of a map, or of the part that the query asks for, as SVG."""
    argument_map, _ = access.find_map(request.user, slug)
    wish = viewing.read_wish(request.GET)
    names = graphs.scheme_names()
    response = get_conditional_response(request, etag=_etag(argument_map, wish, names))
    if response is None:
        response = _file(argument_map, wish, names)
    if response.status_code != 503:
        # Asked again: the map may have been read anew, at a later version.
        response["ETag"] = _etag(argument_map, wish, names)
    response["Cache-Control"] = "private, no-cache"
    return response


def _file(argument_map: ArgumentMap, wish: viewing.Wish, names: drawings.Names) -> HttpResponse:
    try:
        svg = drawings.drawing_file(argument_map, wish, names)
    except render.DrawingFailedError as error:
        return HttpResponse(error.reason, status=503, content_type="text/plain; charset=utf-8")
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Content-Security-Policy"] = f"default-src 'none'; style-src '{_style_hash(svg)}'"
    return response


def _style_hash(svg: str) -> str:
    """Return the hash by which a policy lets the file's own style through, and no other."""
    start, end = svg.index("<style>") + len("<style>"), svg.index("</style>")
    style = unescape(svg[start:end]).encode()
    return f"sha256-{b64encode(sha256(style).digest()).decode()}"


def _etag(argument_map: ArgumentMap, wish: viewing.Wish, names: drawings.Names) -> str:
    return f'"{drawings.identity(argument_map, wish, names)}"'
