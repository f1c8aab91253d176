"""Forms whose outcome is to be read in a thread: where the browser goes when one is dealt with."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from argmap.web import viewing
from argmap.web.editing.base import Done, Edit
from argmap.web.editing.forms import EditForm
from argmap.web.redirects import SeeOther

F = TypeVar("F", bound=EditForm)


class InThread(Edit[F]):
    """An edit that leads back to the thread `thread`, by the number of its first comment."""

    thread: int = 0
    drafts = True

    def finish(self, done: Done, extent: int | None) -> HttpResponse:
        """Answer with what changed on the map page, or send the browser to the thread.

        The map page has the drawing and the panel to change; any other page is loaded anew, and so
        is that one where the thread is below them, among those on the map.
        """
        if self.request.htmx and done.select and self._on_map_page():
            return super().finish(done, extent)
        messages.success(self.request, done.said)
        address = f"{self._page(done.select)}#comment-{self.thread}"
        if not self.request.htmx:
            return SeeOther(address)
        if self._is_here(address) or (not done.select and self._on_map_page()):
            # An address that differs in its last part alone loads nothing.
            return HttpResponseClientRefresh()
        return HttpResponseClientRedirect(address)

    def _page(self, key: str) -> str:
        wish = viewing.without_missing(self.wish, self.map)
        where = [self.map.slug, key] if key else [self.map.slug]
        return reverse("element" if key else "map", args=where) + wish.query

    def _is_here(self, address: str) -> bool:
        """Tell whether an address is that of the page that asks."""
        asking, wanted = urlsplit(self.request.htmx.current_url or ""), urlsplit(address)
        return (asking.path, asking.query) == (wanted.path, wanted.query)

    def _on_map_page(self) -> bool:
        """Tell whether the page that asks is the map's; where nobody says, it is."""
        asking = urlsplit(self.request.htmx.current_url or "").path
        return asking in {"", self.map.get_absolute_url()}
