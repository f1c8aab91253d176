"""The application's entry in Django's registry."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class ArgmapConfig(AppConfig):
    """argmap, one app of several rooms."""

    name = "argmap"
    verbose_name = "Argument maps"
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self) -> None:
        """Make the groups whenever the tables have been made; teach SQLite what we search by."""
        # Not before: they read models, which need the registry.
        from argmap.groups import make_groups  # noqa: PLC0415
        from argmap.models import teach  # noqa: PLC0415

        post_migrate.connect(make_groups, sender=self)
        connection_created.connect(teach)


class ArgmapAdminConfig(AdminConfig):
    """Django's admin, with our site in its place."""

    default_site = "argmap.admin.site.Site"

    def ready(self) -> None:
        """Register our pages, then those of other applications.

        Ours first: the site is in their package, so were it asked for before, it would be made
        twice, once by them and once around them, and the second one would be empty.
        """
        import_module("argmap.admin")
        super().ready()
