"""What a server's process does once, before it answers anyone."""

from __future__ import annotations

import gc
from importlib import import_module

from django.conf import settings

YOUNG = 10_000
"""How many objects are made before the newest are looked through.

A page makes tens of thousands, all of which go with it. At Python's 700 the collector took 5 % of
the time of a map page that had not been drawn before.
"""


def get_ready() -> None:
    """Load the pages' code, and let no garbage collection look at what is loaded by now.

    It stays for good: to look through it each time made reading the frame of a large map take
    twice as long.
    """
    import_module(settings.ROOT_URLCONF)
    gc.freeze()
    gc.set_threshold(YOUNG)
