"""What bears on a statement: the inferences that a view shows together, or one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from argmap.core import walk
from argmap.core.graph import Graph, Inference


def bearing_on(graph: Graph, key: str) -> list[Inference]:
    """Return the inferences that bear on a statement, or on one another there, nearest first."""
    down = walk.steps_down(graph)
    found: dict[str, Inference] = {}
    waiting = [key]
    for above in waiting:
        for step in down[above]:
            inference = graph.inference.get(step)
            if inference and step not in found:
                found[step] = inference
                waiting.append(step)
    return list(found.values())


def premises_not_in(
    shown: Collection[str], graph: Graph, inferences: Iterable[Inference]
) -> dict[str, None]:
    """Return the premises of inferences, as far as the graph has them, that are not shown."""
    premises = (key for inference in inferences for key in inference.premises)
    return {key: None for key in premises if key in graph.statement and key not in shown}


def has_hold(inference: Inference, shown: Collection[str], graph: Graph) -> bool:
    """Tell whether what an inference bears on can be drawn, where these statements are shown."""
    met = graph.inference.get(inference.conclusion)
    return inference.conclusion in shown if met is None else all(k in shown for k in met.premises)
