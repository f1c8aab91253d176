"""Strongly connected components: the groups of keys that lead to one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Step = Callable[[str], Iterable[str]]


def components(keys: Iterable[str], step: Step) -> list[list[str]]:
    """Return the components of what `step` leads to from `keys`, each after those it leads to.

    Tarjan's algorithm (SIAM Journal on Computing 1(2), 1972) with a stack of its own in place of
    recursion.
    """
    return _Tarjan(step).components(keys)


class _Tarjan:
    """One run of Tarjan's algorithm: numbers in order of discovery, and the path being walked."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.number: dict[str, int] = {}
        self.low: dict[str, int] = {}
        self.path: list[str] = []
        self.on_path: set[str] = set()
        self.work: list[tuple[str, Iterator[str]]] = []
        self.found: list[list[str]] = []

    def components(self, keys: Iterable[str]) -> list[list[str]]:
        for key in keys:
            if key not in self.number:
                self.enter(key)
            while self.work:
                self.advance(*self.work[-1])
        return self.found

    def enter(self, key: str) -> None:
        self.number[key] = self.low[key] = len(self.number)
        self.path.append(key)
        self.on_path.add(key)
        self.work.append((key, iter(self.step(key))))

    def advance(self, key: str, following: Iterator[str]) -> None:
        """Walk on from `key` to what was not seen yet, or leave it."""
        for above in following:
            if above not in self.number:
                self.enter(above)
                return
            if above in self.on_path:
                self.low[key] = min(self.low[key], self.number[above])
        self.work.pop()
        if self.work:
            below = self.work[-1][0]
            self.low[below] = min(self.low[below], self.low[key])
        if self.low[key] == self.number[key]:
            self.close(key)

    def close(self, key: str) -> None:
        """Take the component that `key` was the first of off the path."""
        group: list[str] = []
        while not group or group[-1] != key:
            group.append(self.path.pop())
        self.on_path.difference_update(group)
        self.found.append(group)
