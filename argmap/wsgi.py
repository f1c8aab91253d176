"""The WSGI application, for a server such as gunicorn."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from argmap.serving import get_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "argmap.settings")

application = get_wsgi_application()

get_ready()
