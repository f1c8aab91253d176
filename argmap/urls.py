"""Addresses: the three faces, and signing in."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from argmap.web.views.nowhere import nowhere

# One page to sign in, with its limit on guessing, for the admin too.
_to_sign_in = RedirectView.as_view(pattern_name="login", query_string=True)

urlpatterns = [
    path("", include("argmap.web.urls")),
    path("api/v1/", include("argmap.api.urls")),
    path("admin/login/", login_not_required(_to_sign_in)),
    path("admin/", admin.site.urls),
    re_path(r"^.*/$", nowhere, name="nowhere"),
]
