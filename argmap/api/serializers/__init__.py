"""What the API writes and reads."""

from __future__ import annotations
