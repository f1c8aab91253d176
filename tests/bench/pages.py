"""How long the pages of maps take, beside the bare `dot` program on the same view.

`dot -Tsvg` draws the labelled DOT of the view that the page shows, in a process of its own, between
the other tasks. Each figure is the median of several runs. Ratios are of the clock, the start of
the program's process included; those in brackets are of the processors' time, all of it, Graphviz
kept alive included, which is for machines that do other things as well. Pages come uncompressed
but where their line says otherwise.

A page is cold where someone else has written since: no page, drawing or layout is kept, and the
process has served the map before. It is the first where the process has never met a map: it indexes
all of it, once, so that its ratio to a drawing of the boxes that are shown has no goal.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from argmap import render
from tests.bench.clock import Took, middle, took
from tests.bench.site import TEN, Site
from tests.bench.weight import weight

SIZES = (25, 250, 1_000, 10_000)
RUNS = 9
WEIGHED, MOST_BYTES = 250, 150_000
FIRST_VIEW = 300.0
"""The most milliseconds of the processors that the first view of the largest map may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is measured, after `before`; `goals` are the largest ratios to the bare program, by size.

    `shows` is the query of the view that the program draws.
    """

    run: Callable[[Site], object]
    before: Callable[[Site], object] = Site.page
    goals: dict[int, float] = field(default_factory=dict)
    shows: str = ""


TASKS = {
    "page, cold": Task(run=Site.page, before=Site.change, goals=dict.fromkeys(SIZES[:3], 0.75)),
    "page, first": Task(run=Site.page, before=Site.forget),
    "drawing alone, cold": Task(run=Site.draw, before=Site.change),
    "drawing alone, first": Task(run=Site.draw, before=Site.forget),
    "page, warm": Task(run=Site.page, before=Site.page, goals=dict.fromkeys(SIZES, 0.1)),
    "page, warm, compressed": Task(run=Site.compressed_page, before=Site.compressed_page),
    "panel": Task(run=Site.panel),
    "edit to new drawing": Task(run=Site.edit, before=Site.open_form, goals={250: 1.0}),
    "drawing of 10 boxes": Task(
        run=lambda site: site.draw_ten(),
        before=Site.edit_and_read_ten,
        goals=dict.fromkeys(SIZES, 0.2),
        shows=TEN,
    ),
    "poll": Task(run=Site.poll, before=Site.open_page),
    "find, first": Task(run=Site.find, before=Site.forget),
    "find, again": Task(run=Site.find, before=Site.find),
}


def report() -> dict[str, Any]:
    """Measure maps of every size, print the tables and return them."""
    program = shutil.which("dot")
    if program is None:
        sys.stdout.write("There is no dot program here, and so no ratio to it.\n")
    owner = User.objects.create_user("bench", "bench@example.org", is_staff=True)
    found: dict[str, Any] = {}
    for size in SIZES:
        site = Site(size, owner)
        shown = len(site.view().graph.statements)
        sys.stdout.write(f"\n{size:,} statements, {shown} boxes{'':9}clock      work   queries\n")
        found[str(size)] = _measured(site, size, program)
        if size == WEIGHED:
            found["weight"] = _weighed(site)
    return found


def _measured(site: Site, size: int, program: str | None) -> dict[str, Any]:
    """Run all tasks in turn, several times over, each beside the program on its view."""
    times: dict[str, list[Took]] = {name: [] for name in TASKS}
    bare: dict[str, list[Took]] = {task.shows: [] for task in TASKS.values()}
    views = {query: site.view(query) for query in bare}
    dots = {query: render.labelled(view).encode() for query, view in views.items()}
    for _ in range(RUNS):
        for name, task in TASKS.items():
            task.before(site)
            times[name].append(took(partial(task.run, site)))
        for query, dot in dots.items() if program else ():
            bare[query].append(took(partial(_spawn, program, dot)))
    for query in bare if program else ():
        label = f"dot -Tsvg, {len(views[query].graph.statements)} boxes"
        sys.stdout.write(f"{label:24}{_cells(middle(bare[query]))}\n")
    return {
        name: _line(name, task, size, middle(times[name]), bare[task.shows], _queries(site, task))
        for name, task in TASKS.items()
    }


def _spawn(program: str | None, dot: bytes) -> None:
    subprocess.run([str(program), "-Tsvg"], input=dot, capture_output=True, check=True)  # noqa: S603


def _queries(site: Site, task: Task) -> int:
    task.before(site)
    with CaptureQueriesContext(connection) as queries:
        task.run(site)
    return len(queries)


def _line(
    name: str, task: Task, size: int, time: Took, bare: list[Took], queries: int
) -> dict[str, Any]:
    """Print one line, and return what it says."""
    program = middle(bare) if bare else None
    ratio = time.clock / program.clock if program else None
    work_ratio = time.work / program.work if program else None
    goal = task.goals.get(size)
    words = [f"{name:24}{_cells(time)}{queries:8}"]
    if ratio is not None:
        words.append(f"   {ratio:6.2f} ({work_ratio:.2f}) × dot")
        words.append(_judged(ratio, goal, "") if goal else "")
    if name == "page, first" and size == SIZES[-1]:
        words.append(_judged(time.work, FIRST_VIEW, " ms of work"))
    sys.stdout.write(f"{''.join(words)}\n")
    return {
        "clock": time.clock,
        "work": time.work,
        "queries": queries,
        "ratio": ratio,
        "ratio of work": work_ratio,
        "goal": goal,
    }


def _cells(time: Took) -> str:
    return f"{time.clock:7.1f} ms{time.work:7.1f} ms"


def _judged(figure: float, most: float, unit: str) -> str:
    return f"   goal ≤ {most:g}{unit}: {'met' if figure <= most else 'missed'}"


def _weighed(site: Site) -> dict[str, int]:
    """Print what a browser fetches for the page, and return it by file."""
    found = weight(site.page())
    total = sum(found.values())
    sys.stdout.write(f"weight of the page{total:13,} bytes{_judged(total, MOST_BYTES, '')}\n")
    return found
