"""How long something takes: on the clock, and of the processors, that of Graphviz with it."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from typing import NamedTuple

OWN = Path("/proc/self/task")


class Took(NamedTuple):
    """Milliseconds: of the clock, and of the processors."""

    clock: float
    work: float


def took(task: Callable[[], object]) -> Took:
    """Run a task once."""
    work = _worked()
    clock = time.perf_counter()  # last, since to ask what was worked takes 0.1 ms itself
    task()
    clock = time.perf_counter() - clock
    return Took(1_000 * clock, 1_000 * (_worked() - work))


def middle(runs: Iterable[Took]) -> Took:
    """Return the median of several runs."""
    clocks, works = zip(*runs, strict=True)
    return Took(median(clocks), median(works))


def shortest(runs: Iterable[Took]) -> Took:
    """Return the least that several runs took: what else the machine does only ever adds."""
    clocks, works = zip(*runs, strict=True)
    return Took(min(clocks), min(works))


def _worked() -> float:
    """Return the seconds that processors have worked for this process and all that it started."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime + sum(map(seconds, _children()))


def _children() -> list[str]:
    """Return the processes that this one keeps alive; none where the system does not tell."""
    return [pid for task in OWN.glob("*/children") for pid in task.read_text().split()]


def seconds(pid: str) -> float:
    """Return the seconds that processors have worked for a process; 0 where none tells."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
