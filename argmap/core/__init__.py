"""The argument graph by itself: no Django, no database, no clock, no randomness, no processes."""

from __future__ import annotations
