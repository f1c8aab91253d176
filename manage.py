#!/usr/bin/env python
"""Django's command line for argmap."""

from __future__ import annotations

import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")
    try:
        # Settings load on first use: here, so that a missing one is told in a line, not a traceback.
        _ = settings.DEBUG
    except (EnvError, ImproperlyConfigured) as error:
        sys.exit(f"argmap: {error}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
