"""Children that are kept alive between drawings, and whose turn it is to ask them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from argmap.render.process import (
    Child,
    CrashedError,
    Task,
    TooSlowError,
    limit,
    nothing,
)

# Graphviz leaks some 70 bytes a graph; a fresh process also forgets all that went before.
GRAPHS_PER_PROCESS = 300
END = b"\nstop\n"
# The smallest graph, which each new child is tried with. A slow machine under load starts the
# wheel's Python in less.
HELLO = "digraph 1 {\nhello\n}\n"
HELLO_SECONDS = 3.0


class BusyError(Exception):
    """The children were at work for others all the time that there was."""


class BrokenError(Exception):
    """A new child could not even lay out the smallest graph: it is the program that fails."""


class Kept(Child):
    """A child that is fed graph after graph. One thread at a time: the one whose turn it is."""

    def __init__(self, argv: Sequence[str]) -> None:
        super().__init__(argv)
        self.owner = os.getpid()
        self.answered = 0
        self.spent = 0.0  # wall seconds at work, an upper bound of the CPU seconds

    def greet(self) -> None:
        """Have the smallest graph laid out. Raises what `ask` does."""
        limit(self.process, HELLO_SECONDS)
        answer = self.exchange(HELLO.encode(), time.monotonic() + HELLO_SECONDS, END)
        if b"\nnode hello " not in answer:
            raise CrashedError("it answers as no Graphviz does")

    def ask(self, dot: str, marker: str, seconds: float, meanwhile: Task = nothing) -> str:
        """Return the child's answer to `dot`, which must hold a node called `marker`.

        `meanwhile` is done once, while the child works: it may have a processor of its own. What it
        takes is none of the child's `seconds`.
        """
        limit(self.process, self.spent + seconds)
        began = time.monotonic()
        answer = self.exchange(dot.encode(), began + seconds, END, meanwhile)
        self.spent += time.monotonic() - began
        self.answered += 1
        if answer.count(END) != 1 or f"\nnode {marker} ".encode() not in answer:
            raise CrashedError("the answer belongs to another graph")
        return answer.decode(errors="replace")

    @property
    def is_fit(self) -> bool:
        """Tell whether it may be asked: it is this process's, not used up, and lives."""
        is_ours = self.owner == os.getpid()
        return is_ours and self.answered < GRAPHS_PER_PROCESS and self.process.poll() is None

    def close(self) -> None:
        """End the child, or, in a fork of its owner, let go of its pipes and leave it alone."""
        if self.owner != os.getpid():
            self.process.returncode = 0  # not ours to kill or to wait for, nor to warn of
        super().close()


class Keeper:
    """Holds at most one kept child of each command, and replaces it when it may not be trusted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, ...], Kept] = {}

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Have the children for oneself. Raises BusyError where others do for so many seconds."""
        lock = self._lock
        if not lock.acquire(timeout=seconds):
            raise BusyError
        try:
            yield
        finally:
            lock.release()

    def ask(
        self,
        argv: Sequence[str],
        dot: str,
        marker: str,
        seconds: float,
        meanwhile: Task = nothing,
    ) -> str:
        """Return the answer of a child run as `argv`, within a turn. One that fails is ended.

        Raises TooSlowError, CrashedError, and BrokenError where a new one is of no use; that is told
        within HELLO_SECONDS.
        """
        try:
            return self._trusted(tuple(argv)).ask(dot, marker, seconds, meanwhile)
        except BaseException:
            # Also on KeyboardInterrupt: a half-read answer would be the next reader's.
            self.drop(argv)
            raise

    def _trusted(self, argv: tuple[str, ...]) -> Kept:
        kept = self._kept.get(argv)
        if kept and not kept.is_fit:
            self.drop(argv)
        if argv not in self._kept:
            try:
                kept = self._kept[argv] = Kept(argv)
                kept.greet()
            except (TooSlowError, CrashedError, OSError) as error:
                raise BrokenError(str(error)) from error
        return self._kept[argv]

    def drop(self, argv: Sequence[str]) -> None:
        """End the child run as `argv`, if there is one, within a turn."""
        kept = self._kept.pop(tuple(argv), None)
        if kept:
            kept.close()

    def close(self) -> None:
        """End all children."""
        for argv in list(self._kept):
            self.drop(argv)

    def forget_lock(self) -> None:
        """Take a fresh lock after a fork, in which the old one may be held by no one."""
        self._lock = threading.Lock()
