"""What addresses hold besides words."""

from __future__ import annotations

from django.urls.converters import IntConverter

from argmap.core.numbers import DIGITS


class Number(IntConverter):
    """A number that a database can hold: SQLite fails where it is asked for a larger one."""

    regex = f"[0-9]{{1,{DIGITS}}}"
