"""What an answer shows beside its drawing, read while Graphviz works for that."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")


class Meanwhile(Generic[T]):
    """What `make` returns, made once: when there is time, and at the latest when it is asked for.

    Graphviz works on a processor of its own, and 150 boxes take it 6 ms.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make

    def begin(self) -> None:
        """Make it now. Whatever prevents that is raised where it is asked for, and not here."""
        with suppress(Exception):
            _ = self.made

    @cached_property
    def made(self) -> T:
        """What was made. Raises what `make` raises."""
        return self._make()
