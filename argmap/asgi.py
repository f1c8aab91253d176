"""The ASGI application, for a server such as uvicorn."""

from __future__ import annotations

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")

application = get_asgi_application()

# What is loaded by now stays for good, so no collection need look at it again: to read the frame of
# a large map took twice as long. The pages' code else loads with the first request.
import_module(settings.ROOT_URLCONF)
gc.freeze()
