"""Acts on many statements: chosen in a list, shown before they are done, taken back in one step."""

from __future__ import annotations

from argmap.admin.bulk.pages import BulkMixin

__all__ = ["BulkMixin"]
