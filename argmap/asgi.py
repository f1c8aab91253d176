"""The ASGI application, for a server such as uvicorn."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

from argmap.serving import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")

application = get_asgi_application()

get_ready()
