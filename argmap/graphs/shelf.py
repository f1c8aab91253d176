"""What a process keeps of the maps that were looked at last."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, Protocol, TypeVar
from uuid import UUID


class _Sized(Protocol):
    @property
    def size(self) -> int: ...


S = TypeVar("S", bound=_Sized)


class Shelf(Generic[S]):
    """One thing for each map, those that were used last, up to `most` by their sizes.

    Safe among threads, as long as nothing alters what stands on it.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._found: OrderedDict[UUID, S] = OrderedDict()
        self._lock = Lock()

    def get(self, uuid: UUID) -> S | None:
        """Return what is kept of a map, of whatever version, if anything."""
        with self._lock:
            found = self._found.get(uuid)
            if found is not None:
                self._found.move_to_end(uuid)
            return found

    def keep(self, uuid: UUID, found: S) -> None:
        """Keep this in place of the map's earlier one; what was not used for longest goes.

        What is too large by itself pushes nothing out.
        """
        with self._lock:
            self._drop(uuid)
            if found.size > self.most:
                return
            self._found[uuid] = found
            self.size += found.size
            while self.size > self.most:
                self._drop(next(iter(self._found)))

    def forget(self) -> None:
        """Drop all of them."""
        with self._lock:
            self._found.clear()
            self.size = 0

    def _drop(self, uuid: UUID) -> None:
        found = self._found.pop(uuid, None)
        self.size -= found.size if found is not None else 0
