"""How long the work on a graph takes, and how that grows with the graph.

Each task runs on plain trees of several sizes. The ratio is the time for one statement against
that on the next smaller map: about 1 is linear growth, about 5 is quadratic.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from argmap import render
from argmap.core import walk
from argmap.core.dot import layout_dot
from argmap.core.focus import overview, whole
from argmap.core.formats import native
from argmap.core.graph import Graph
from argmap.core.plan import plan
from argmap.core.problems import lint
from tests.core.maps import attack, graph_of, support

SIZES = (200, 1_000, 5_000)
REPEATS = 5

TASKS: dict[str, Callable[[Graph], object]] = {
    "write argmap/1": native.dump,
    "read argmap/1": lambda graph: native.load(native.dump(graph)),
    "find problems": lint,
    # On a copy: a graph keeps where its steps lead.
    "find cycles": lambda graph: walk.cycles(replace(graph)),
    "choose an overview": lambda graph: overview(replace(graph)),
    "choose it again": overview,
    "plan the whole drawing": lambda graph: layout_dot(plan(whole(graph))),
    "draw an overview": lambda graph: render.draw(overview(graph)),
}


def sample(size: int) -> Graph:
    """Return a tree of claims, three to each, where every fifth attacks what it is under."""
    inferences = [
        (support if number % 5 else attack)(f"I{number}", f"C{number + 1}", f"C{number // 3 + 1}")
        for number in range(1, size)
    ]
    text = "The state tells useful groups from hostile ones, and pays for it at home."
    return graph_of(*inferences, **{f"C{number}": text for number in range(1, size + 1)})


def milliseconds(task: Callable[[Graph], object], graph: Graph) -> float:
    """Return the shortest of several runs: what else the machine does only ever adds."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        task(graph)
        times.append(time.perf_counter() - started)
    return 1_000 * min(times)


def report() -> dict[str, Any]:
    """Run every task, print the table and return it."""
    graphs = {size: sample(size) for size in SIZES}
    results = {}
    sys.stdout.write(
        f"{'Work on a graph':24}{''.join(f'{size:9,} statements' for size in SIZES)}\n"
    )
    for name, task in TASKS.items():
        took = {size: milliseconds(task, graph) for size, graph in graphs.items()}
        ratios = {
            large: (took[large] / large) / (took[small] / small) for small, large in pairwise(SIZES)
        }
        results[name] = {"milliseconds": took, "ratios": ratios}
        cells = [
            f"{took[size]:9.1f} ms" + (f" ×{ratios[size]:<5.2f}" if size in ratios else "")
            for size in SIZES
        ]
        sys.stdout.write(f"{name:24}{''.join(cells)}\n")
    return results
