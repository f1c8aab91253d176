"""What a request leaves to do for after its answer: done by a thread of the same process.

There is one thread at a time, which ends when nothing is left. A process that ends waits for what
is being done, and drops the rest: nothing may be left to it that is not found again elsewhere.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread, main_thread

from django.db import connections

logger = logging.getLogger(__name__)

NAME = "argmap-aside"


class Aside:
    """Pieces of work, done one after the other and in no request."""

    def __init__(self) -> None:
        self._pieces: deque[Callable[[], object]] = deque()
        self._lock = Lock()
        self._working = False

    def leave(self, piece: Callable[[], object]) -> None:
        """Have a piece of work done soon. Raises RuntimeError where no thread can be started."""
        with self._lock:
            self._pieces.append(piece)
            if self._working:
                return
            # No daemon, which would be cut off between a mail and the note that it was sent.
            Thread(target=self._work, name=NAME, daemon=False).start()
            self._working = True

    def _work(self) -> None:
        try:
            while piece := self._next():
                try:
                    piece()
                except Exception:
                    # As with the callbacks of a commit: what the request wrote is written.
                    logger.exception("What was left to do after a request failed.")
        finally:
            connections.close_all()

    def _next(self) -> Callable[[], object] | None:
        with self._lock:
            if is_ending():
                self._pieces.clear()
            self._working = bool(self._pieces)
            return self._pieces.popleft() if self._working else None


def is_ending() -> bool:
    """Tell whether the process has nothing left to do but what it waits for."""
    return not main_thread().is_alive()


aside = Aside()
"""The one of this process."""
