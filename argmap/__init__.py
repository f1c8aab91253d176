"""argmap: argument maps of policy commentaries."""

from __future__ import annotations
