"""The admin's site: its name, its start page, and the addresses that it does without."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver

from argmap.admin.asking import person_of
from argmap.admin.history import changes_for

ORDER = (
    "ArgumentMap",
    "Claim",
    "Evidence",
    "Counterargument",
    "Inference",
    "Source",
    "Excerpt",
    "Comment",
    "Scheme",
    "Change",
)
RECENT = 10


class Site(admin.AdminSite):
    """Django's site, with our log in the place of its own."""

    site_header = "argmap"
    site_title = "argmap"
    index_title = "Maps and what is on them"
    index_template = "admin/argmap/index.html"
    enable_nav_sidebar = True

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # The stock redirection to an object's page asks for no permission: it would tell anyone
        # the slug of a map from a number. Our pages link to the map directly.
        return [
            address
            for address in super().get_urls()
            if getattr(address, "name", None) != "view_on_site"
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Return the applications, ours with its pages in the order of the work."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda page: (_place(page["object_name"]), page["name"]))
        return apps

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        person = person_of(request)
        mine = changes_for(person).filter(actor=person).prefetch_related("items")[:RECENT]
        return super().index(request, {"changes": mine, **(extra_context or {})})


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
