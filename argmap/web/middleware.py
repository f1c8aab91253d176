"""What a page answers to what the rooms below raise, and how it is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import reverse
from django.views.defaults import page_not_found
from django_htmx.middleware import HtmxDetails

from argmap.access import SignInNeeded
from argmap.flood import flooded
from argmap.graphs import TornRead
from argmap.web import kept


class WebRequest(HttpRequest):
    """A request as the views get it, with what django-htmx's middleware adds."""

    htmx: HtmxDetails


SAFE_METHODS = ("GET", "HEAD")
RETRY_SECONDS = 1
TOO_MANY = 429


class RefusalMiddleware:
    """Sends whoever raised SignInNeeded to sign in, and back to where they wanted to go.

    A map that changes faster than it can be read is for a moment not to be had: 503, not a fault.

    What is one too many is answered as that, with when to try again, whatever the view shows.

    A part of a page is answered with 401 in place of a redirection, which the browser would
    follow, so that a sign-in form took the place of what someone had just typed.
    """

    def __init__(self, get_response: Callable[[WebRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: WebRequest) -> HttpResponse:
        response = self.get_response(request)
        if wait := flooded(request):
            response.status_code = TOO_MANY
            response.headers["Retry-After"] = str(wait)
        return response

    def process_exception(self, request: WebRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Http404):
            # Django does the same, but for DEBUG: a demonstration's readers are no developers.
            return page_not_found(request, error)
        if isinstance(error, TornRead):
            busy = render(request, "503.html", status=503)
            busy.headers["Retry-After"] = str(RETRY_SECONDS)
            return busy
        if not isinstance(error, SignInNeeded):
            return None
        if request.htmx:
            return HttpResponse("Sign in first.", status=401, content_type="text/plain")
        wanted = _wanted(request)
        if request.method == "POST":
            kept.keep(request, wanted)
        return redirect_to_login(wanted)


class CompressionMiddleware(GZipMiddleware):
    """Compresses pages, for browsers that take it: at 150 boxes to a fifth, in 2 ms.

    Pages alone. An answer of the API has a strong ETag, which names its very bytes, and static
    files come compressed from WhiteNoise. Against BREACH each page gets a file name of random
    length, and each token against forged requests is masked anew.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        is_page = response.get("Content-Type", "").startswith("text/html")
        # What is sent in parts is to be seen part by part, and compressing holds parts back.
        if not is_page or response.streaming or request.path_info.startswith("/api/"):
            return response
        return super().process_response(request, response)


def _wanted(request: HttpRequest) -> str:
    """Return the address to come back to: of a form that was sent, the page that shows it."""
    match = request.resolver_match
    view_class = getattr(match.func, "view_class", None) if match else None
    if request.method in SAFE_METHODS or hasattr(view_class, "get"):
        return request.get_full_path()
    slug = match.kwargs.get("slug") if match else None
    return reverse("map", args=[slug]) if slug else reverse("maps")
