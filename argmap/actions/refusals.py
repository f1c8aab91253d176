"""What actions refuse, and the reason in words, for whoever only has to tell it."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from argmap.actions.base import Conflict, Gone
from argmap.actions.undoing import NothingToUndo

REFUSALS = (ValidationError, Conflict, Gone, NothingToUndo)
"""What an action raises where it writes nothing, a missing right (PermissionDenied) aside."""


def reason_of(refusal: Exception) -> str:
    """Return what a refusal says, in one line."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
