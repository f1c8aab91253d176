"""The API: maps for programs, as JSON, under /api/v1/."""

from __future__ import annotations
