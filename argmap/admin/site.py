"""The admin's site: its name, its start page, and the addresses that it does without."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import admin
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from argmap import actions
from argmap.admin.asking import person_of
from argmap.admin.history import changes_for
from argmap.admin.start import FIRST_ITEMS, start_of

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
SHOWN = re.compile(r"activity-(?P<map>[0-9]{1,18})=(?P<activity>[0-9]{1,18})")
"""A field of the start page's form: up to which activity it told of a map."""


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
            path("seen/", self.admin_view(self.seen), name="seen"),
            *(
                address
                for address in super().get_urls()
                if getattr(address, "name", None) != "view_on_site"
            ),
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
        mine = changes_for(person).filter(actor=person).prefetch_related(FIRST_ITEMS)
        # Not by their times, which have no index; the numbers follow them.
        mine = mine.order_by("-pk")[:RECENT]
        return super().index(
            request, {"changes": mine, **start_of(person), **(extra_context or {})}
        )

    def seen(self, request: HttpRequest) -> HttpResponse:
        """Note that someone has seen what the start page told them of one map, or of all."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        actions.look_at(actor=person_of(request), seen=_shown(request.POST))
        return HttpResponseRedirect(reverse("admin:index"))


def _shown(typed: QueryDict) -> dict[int, int]:
    """Return the activity that the page showed of the map that a button names, or of all."""
    wanted = typed.get("map", "")
    shown = {}
    for name, value in typed.dict().items():
        told = SHOWN.fullmatch(f"{name}={value}")
        if told and wanted in {told["map"], "all"}:
            shown[int(told["map"])] = int(told["activity"])
    return shown


def _place(name: str) -> int:
    return ORDER.index(name) if name in ORDER else len(ORDER)
