"""Addresses: the three faces, and signing in."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("argmap.web.urls")),
    path("api/v1/", include("argmap.api.urls")),
    path("admin/", admin.site.urls),
]
