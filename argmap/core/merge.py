"""What becomes of a map's inferences when several statements become one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from argmap.core.graph import Graph, Inference, key_order

Step = tuple[str, frozenset[str], str]
"""What makes two inferences the same: stance, premises in any order, conclusion."""


@dataclass(frozen=True)
class Merge:
    """The inferences that a merge touches, by key.

    `joined` are those that stay and join other elements than before, as they are afterwards.
    `repeats` say again what another says, which is named beside each; that one takes over what
    bears on them. `circular` would take their own conclusion as a premise. `fallen` bear on those.
    """

    joined: Mapping[str, Inference]
    repeats: Mapping[str, str]
    circular: tuple[str, ...]
    fallen: tuple[str, ...]

    @property
    def gone(self) -> tuple[str, ...]:
        """The inferences that go, each before the one that it bears on."""
        return (*self.fallen[::-1], *[*self.repeats][::-1], *self.circular)

    @property
    def touched(self) -> tuple[str, ...]:
        """All that a merge would write: those that stay differently, those that repeat, the gone."""
        return (*self.joined, *dict.fromkeys(self.repeats.values()), *self.gone)


def merge(graph: Graph, merged: Collection[str], kept: str) -> Merge:
    """Return what happens where the statements `merged` become the statement `kept`.

    Of inferences that come to say the same, one that says it already stays, or else the first.
    Those that say the same already, and say it still, are left alone.
    """
    return _Merging(graph, dict.fromkeys(merged, kept)).done()


class _Merging:
    def __init__(self, graph: Graph, heirs: dict[str, str]) -> None:
        self.graph = graph
        self.heirs = heirs
        self.joined: dict[str, Inference] = {}
        self.repeats: dict[str, str] = {}
        self.circular: list[str] = []
        self.fallen: list[str] = []

    def done(self) -> Merge:
        """Go up level by level: what bears on a statement, what bears on that, and so on."""
        level = [each for each in self.graph.inferences if not each.bears_on_inference]
        while level:
            self.take(level)
            level = [above for each in level for above in self.graph.bearing_on(each.key)]
        return Merge(self.joined, self.repeats, tuple(self.circular), tuple(self.fallen))

    def take(self, level: Iterable[Inference]) -> None:
        alike: dict[Step, list[tuple[Inference, Inference]]] = defaultdict(list)
        for before in level:
            after = self.after(before)
            if before.conclusion in self.circular or before.conclusion in self.fallen:
                self.fallen.append(before.key)
            elif after.conclusion in after.premises:
                self.circular.append(before.key)
            else:
                said = (after.stance, frozenset(after.premises), after.conclusion)
                alike[said].append((before, after))
        for found in alike.values():
            self.keep_one(found)

    def after(self, inference: Inference) -> Inference:
        """Return an inference with the heirs of what it joins."""
        heirs = self.heirs
        premises = dict.fromkeys(heirs.get(key, key) for key in inference.premises)
        conclusion = heirs.get(inference.conclusion, inference.conclusion)
        return replace(inference, premises=tuple(premises), conclusion=conclusion)

    def keep_one(self, alike: list[tuple[Inference, Inference]]) -> None:
        """Keep those that stay as they are; or, where there are none, the first by its key."""
        moved = sorted((pair for pair in alike if pair[0] != pair[1]), key=_by_key)
        still = sorted((pair for pair in alike if pair[0] == pair[1]), key=_by_key)
        if not moved:
            return
        before, after = (still or moved)[0]
        if not still:
            self.joined[before.key] = after
        for repeat, _ in moved if still else moved[1:]:
            self.repeats[repeat.key] = self.heirs[repeat.key] = before.key


def _by_key(pair: tuple[Inference, Inference]) -> tuple[str, int]:
    return key_order(pair[0].key)
