"""`manage.py demo`: a database with the demo data in it, served on this machine."""

from __future__ import annotations

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

HOST = "127.0.0.1"
PLACES = {
    "the seed map": "/maps/challenging-the-state/",
    "the admin": "/admin/",
    "the API": "/api/v1/",
}


class Command(BaseCommand):
    help = "Makes a database with the demo data in it and serves it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="Do all but serve.")

    def handle(self, *args: Any, no_serve: bool, **options: Any) -> None:
        port = os.environ.get("PORT") or "8000"
        if not no_serve:
            _expect_free(port)
        call_command("migrate", verbosity=0)
        call_command("seed", demo=True)
        self.stdout.write("")
        for name, path in PLACES.items():
            self.stdout.write(f"{name + ':':14}http://{HOST}:{port}{path}")
        if not no_serve:
            self.stdout.flush()
            # Django's own server finds the static files without collecting them first, and one
            # process without the reloader is what stops at the first Ctrl-C.
            os.environ.setdefault("DJANGO_RUNSERVER_HIDE_WARNING", "true")
            call_command("runserver", f"{HOST}:{port}", use_reloader=False)


def _expect_free(port: str) -> None:
    """Raise before any work is done where the port cannot be served on."""
    try:
        with socket.socket() as probe:
            # As the server will do: a port just left by another server is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, int(port)))
    except OSError as error:
        reason = os.strerror(error.errno or 0)
    except (OverflowError, ValueError):
        reason = "not the number of a port"
    else:
        return
    raise CommandError(f"port {port}: {reason}; choose another: PORT=8123 make demo")
