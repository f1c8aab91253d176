"""Keeping a file from its preview to its import: in a table, which each process of a site reads.

The default cache is each process's own, a session is read at every request, and a form would send
ten megabytes back and forth.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from argmap.actions.base import Gone
from argmap.core.limits import LINE_LIMIT
from argmap.models import ArgumentMap, Upload

KEPT_FOR = timedelta(hours=12)
"""How long a file waits: a working day, lunch included."""

KEPT_EACH = 5
"""How many files of one person wait at once: the oldest make room."""


def keep_upload(
    *, actor: User, name: str, content: bytes, argument_map: ArgumentMap | None = None
) -> Upload:
    """Keep a file of the actor's for its preview; what waited too long goes."""
    with transaction.atomic():
        Upload.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
        mine = Upload.objects.filter(user=actor).values_list("pk", flat=True)
        Upload.objects.filter(pk__in=list(mine[KEPT_EACH - 1 :])).delete()
        return Upload.objects.create(
            user=actor, map=argument_map, name=name[:LINE_LIMIT], content=content
        )


def spend_upload(*, upload: Upload) -> None:
    """Let go of a file, in the transaction that writes what is in it: so it is written once.

    Raises Gone where another request was first.
    """
    deleted, _ = Upload.objects.filter(pk=upload.pk).delete()
    if not deleted:
        raise Gone("This file was imported already, or is kept no longer.")
