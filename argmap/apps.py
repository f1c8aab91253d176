"""The application's entry in Django's registry."""

from __future__ import annotations

from django.apps import AppConfig


class ArgmapConfig(AppConfig):
    """argmap, one app of several rooms."""

    name = "argmap"
    verbose_name = "Argument maps"
    default_auto_field = "django.db.models.BigAutoField"
