"""Whole pages, kept for whoever saw them last: a page of a map stays as it is while the map does.

What is kept is what one person saw at one address, compressed for their browser. Its name holds all
that it hangs on, so that nothing has to be thrown away; the name is the page's ETag too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache as once
from hashlib import sha256

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from argmap import graphs, render
from argmap.core.graph import INFERENCE_LETTER
from argmap.core.kinds import Role
from argmap.models import ArgumentMap
from argmap.web import kept
from argmap.web.middleware import CompressionMiddleware, WebRequest

KEEP_SECONDS = 3600
ENCODING = "Content-Encoding"

Make = Callable[[Mapping[str, str]], HttpResponse]


def kept_page(
    request: WebRequest, argument_map: ArgumentMap, role: Role, make: Make
) -> HttpResponse:
    """Return the page that `make` makes of all names of schemes, or as it was kept, where unchanged.

    One query, for the names of schemes, where it was kept; a browser that has it is answered 304.
    """
    schemes = graphs.scheme_names()
    if not _may_be_kept(request):
        return make(schemes)
    name = _name(request, argument_map, role, schemes)
    same = get_conditional_response(request, etag=_etag(name))
    if isinstance(same, HttpResponse):
        return _told(same, name)
    stored = _stored(name)
    if stored is not None:
        return _told(stored, name)
    made = make(schemes)
    is_whole = made.status_code == 200 and "no-store" not in made.get("Cache-Control", "")
    if not is_whole or not graphs.is_committed():
        return made
    CompressionMiddleware(lambda _: made).process_response(request, made)
    # Asked again: the map may have been read anew, at a later version.
    name = _name(request, argument_map, role, schemes)
    cache.set(name, (made.content, made.get(ENCODING, "")), KEEP_SECONDS)
    return _told(made, name)


def _may_be_kept(request: WebRequest) -> bool:
    """Tell whether a page is the same for the same person at the next look.

    Parts of pages are not kept; nor is what says something once, what came of a form, a page that
    hands out the first token against forged requests, and the critical questions of a scheme, which
    change without a trace on the map.
    """
    return (
        not request.htmx
        and request.method in {"GET", "HEAD"}
        and "CSRF_COOKIE" in request.META
        and kept.NAME not in request.session
        and not request.GET.get("select", "").startswith(INFERENCE_LETTER)
        and not len(get_messages(request))
    )


def _name(
    request: WebRequest, argument_map: ArgumentMap, role: Role, schemes: Mapping[str, str]
) -> str:
    person = request.user
    content = (
        render.stamp(),
        _templates(),
        argument_map.uuid,
        argument_map.activity,
        request.get_full_path(),
        (person.pk, person.get_username(), person.is_staff, role),
        request.META["CSRF_COOKIE"],
        "gzip" in request.headers.get("Accept-Encoding", ""),
        sorted(schemes.items()),
    )
    return f"page:{sha256(repr(content).encode()).hexdigest()[:40]}"


def _etag(name: str) -> str:
    """Return the tag of a page: a weak one, since tokens in it are masked at random."""
    return f'W/"{name.removeprefix("page:")}"'


def _stored(name: str) -> HttpResponse | None:
    known: tuple[bytes, str] | None = cache.get(name)
    if known is None:
        return None
    content, encoding = known
    headers = {ENCODING: encoding} if encoding else {}
    return HttpResponse(content, headers=headers)


def _told(response: HttpResponse, name: str) -> HttpResponse:
    response["ETag"] = _etag(name)
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
    return response


def _templates() -> str:
    """Return a hash of the pages' templates; while they are worked at, read each time."""
    return _read_templates.__wrapped__() if settings.DEBUG else _read_templates()


@once
def _read_templates() -> str:
    files = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
