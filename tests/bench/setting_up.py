"""Sets up a site for benchmarks: the settings of tests, but as quick as a server's."""

from __future__ import annotations

import os


def set_up(database: str) -> None:
    """Load the site as a server does, on the database with this address."""
    import tests.environment  # noqa: F401, PLC0415

    os.environ.update(DATABASE_URL=database, LOG_LEVEL="ERROR")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")
    import django  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    # The production settings, but that they need no collected files.
    settings.DEBUG = False
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 60
    django.setup()
    call_command("migrate", verbosity=0)
    # What a server loads, and does once it is loaded.
    import argmap.wsgi  # noqa: F401, PLC0415
