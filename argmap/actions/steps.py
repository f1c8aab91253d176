"""Writes that take long, step by step, so that who waits can be told how far they are."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple, TypeVar

from argmap.actions.rows import BATCH

T = TypeVar("T")


class Progress(NamedTuple):
    """How many of all rows are written, within a transaction that is not closed yet."""

    done: int
    total: int


Steps = Generator[Progress, None, T]
"""A write that stops after each part of it and returns what it made.

Whoever closes it half-way, or lets go of it, leaves nothing written.
"""


def finish(steps: Steps[T]) -> T:
    """Take all steps, and return what the last one made."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made


def batches(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield rows in parts of BATCH."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
