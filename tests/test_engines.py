"""Engines that do not work, or no more: none of them costs everyone, and another takes its place."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import NamedTuple
from unittest import mock

import pytest
from django.core.cache import cache
from pytest_django import Settings

from argmap import render
from argmap.core.dot import layout_dot, marker_of
from argmap.core.focus import View, whole
from argmap.core.plan import plan
from argmap.render import DrawingFailedError, engines, layouts, trust
from argmap.render.keeper import BrokenError, Keeper
from argmap.render.process import CrashedError, Task, TooSlowError, run_once
from tests.core.maps import graph_of, support


def chain(number: int) -> View:
    """Return a view of so many inferences, one upon another."""
    return whole(graph_of(*(support(f"I{n}", f"C{n + 1}", f"C{n}") for n in range(1, number + 1))))


SMALL = chain(3)


@pytest.fixture
def looked_for_anew(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Engines are looked for again, before and after, and none rests."""
    settings.ARGMAP_ENGINE = ""
    monkeypatch.setattr(trust, "_resting", {})
    monkeypatch.setattr(trust, "_rows", {})
    find = engines.find
    find.cache_clear()
    yield
    find.cache_clear()


@pytest.mark.usefixtures("looked_for_anew")
def test_without_the_program_the_wheel_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = render.available_engine()
    assert found is not None
    assert found.name == "wheel"
    assert render.draw(SMALL).startswith("<svg")


@pytest.mark.usefixtures("looked_for_anew")
@pytest.mark.parametrize("does", ["sleep 1000 & sleep 1000", "exit 1", "echo hello", "cat"])
def test_a_program_that_does_not_work_is_left_alone(
    does: str, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program, runs = tmp_path / "dot", tmp_path / "runs"
    program.write_text(f"#!/bin/sh\necho >> {runs}\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(engines, "HELLO_SECONDS", 0.2)
    assert render.draw(SMALL).startswith("<svg"), "the other engine takes its place"
    asked = runs.read_text()
    assert render.draw(chain(9)).startswith("<svg")
    assert runs.read_text() == asked
    settings.ARGMAP_ENGINE = "dot"
    with pytest.raises(DrawingFailedError, match="does not work at the moment"):
        render.draw(SMALL)


@pytest.mark.usefixtures("looked_for_anew")
def test_a_program_that_works_no_more_rests_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr(trust, "monotonic", lambda: now[0])
    broken = engines.Engine("dot", "1.0", ("false",))
    found = {"dot": broken, "wheel": engines.find("wheel")}
    monkeypatch.setattr(engines, "find", found.get)
    assert render.available_engine() == broken
    assert render.draw(SMALL).startswith("<svg")
    assert render.available_engine() == found["wheel"]
    now[0] += trust.REST_SECONDS
    assert render.available_engine() == broken, "it may work again"


# A program that answers the smallest graph, then reads another, whose name it knows.
GREETS = """
read -r line; read -r line; read -r line
printf 'graph\\nnode hello 1\\nstop\\n'
read -r digraph marker line
while [ "$line" != "}" ]; do read -r line; done
"""


class Faked(NamedTuple):
    """An engine in the place of `dot`, and how often it was started."""

    does: Callable[[str], None]
    starts: Callable[[], int]


@pytest.fixture
def fake(
    looked_for_anew: None,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Faked]:
    program, runs = tmp_path / "dot", tmp_path / "runs"
    runs.touch()
    found = {
        "dot": engines.Engine("dot", "1.0", ("sh", str(program))),
        "wheel": engines.find("wheel"),
    }
    monkeypatch.setattr(engines, "find", found.get)
    monkeypatch.setattr(layouts, "_keeper", Keeper())
    cache.clear()

    def does(what: str) -> None:
        program.write_text(f"echo >> {runs}\n{what}\n")

    yield Faked(does, lambda: len(runs.read_text().splitlines()))
    layouts._keeper.close()  # noqa: SLF001


def graph(number: int) -> str:
    """Return the DOT of a small map, another for each number."""
    return layout_dot(plan(chain(number)))


def test_what_one_found_broken_costs_nobody_else_who_waited(fake: Faked) -> None:
    fake.does("sleep 0.5; exit 1")
    at_once = Barrier(8)

    def draw(number: int) -> bool:
        dot = graph(number)
        at_once.wait()
        return marker_of(dot) in layouts.layout(dot, str)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(draw, range(1, 9)))
    assert fake.starts() == 1


@pytest.mark.parametrize(
    "does",
    [
        "exit 1",
        "echo garbage; echo stop; exec sleep 100",
        "printf '\\377\\nnode %s \\nstop\\n' $marker; exec sleep 100",
    ],
)
def test_what_fails_at_a_graph_gives_way_at_once_and_rests_after_three(
    fake: Faked, does: str
) -> None:
    fake.does(f"{GREETS}{does}")
    for number in range(1, 4):
        assert not trust.is_resting("dot")
        assert render.draw(chain(number)).startswith("<svg")
        assert fake.starts() == number
    assert trust.is_resting("dot")
    assert render.draw(chain(4)).startswith("<svg")
    assert fake.starts() == 3


def test_one_graph_that_fails_again_and_again_is_one(fake: Faked) -> None:
    fake.does(f"{GREETS}exit 1")
    for _ in range(4):
        cache.clear()
        layouts.layout(graph(1), str)
    assert not trust.is_resting("dot")


@pytest.fixture
def hangs(fake: Faked, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The graphs that the engine in the place of `dot` hangs at; of the others it makes layouts."""
    wheel, hanging = engines.find("wheel"), set[str]()
    assert wheel is not None
    ask = Keeper.ask

    def asked(
        keeper: Keeper, argv: list[str], dot: str, marker: str, seconds: float, meanwhile: Task
    ) -> str:
        if argv[0] == "sh" and marker in hanging:
            raise TooSlowError
        return ask(keeper, wheel.argv("plain"), dot, marker, seconds, meanwhile)

    monkeypatch.setattr(Keeper, "ask", asked)
    return hanging


def look(dot: str) -> bool:
    """Tell whether there is a layout; else it took too long."""
    try:
        return marker_of(dot) in layouts.layout(dot, str)
    except DrawingFailedError:
        return False


def test_what_hangs_at_different_graphs_rests_and_none_of_them_is_too_slow(
    hangs: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(trust, "monotonic", lambda: now[0])
    graphs = [graph(number) for number in range(1, 5)]
    hangs.update(map(marker_of, graphs))
    assert [look(dot) for dot in graphs[:2]] == [False, False], "they may be too slow for any"
    assert look(graphs[2]), "the cheaper try is the other engine's"
    assert trust.is_resting("dot")
    assert all(map(look, graphs))
    now[0] += trust.REST_SECONDS
    look(graphs[3])
    assert trust.is_resting("dot"), "it has one chance after its rest"
    now[0] += trust.REST_SECONDS
    hangs.clear()
    assert all(map(look, graphs)), "healed, it is asked for them again"
    assert not trust.is_resting("dot")


def test_graphs_that_are_too_slow_among_others_are_so_by_themselves(hangs: set[str]) -> None:
    slow = [graph(number) for number in range(1, 5)]
    hangs.update(map(marker_of, slow))
    for number, dot in enumerate(slow):
        assert not look(dot)
        assert look(graph(10 + number))
    assert not any(map(look, slow))
    assert not trust.is_resting("dot")


def test_what_is_done_meanwhile_is_done_once(fake: Faked) -> None:
    fake.does(f"{GREETS}exit 1")
    done = mock.Mock()
    layouts.layout(graph(1), str, done)
    assert done.call_count == 1


@pytest.mark.parametrize("program", [["sleep", "1000"], ["false"], ["yes"], ["/no/program"]])
def test_a_new_child_that_cannot_do_the_least_is_broken(
    program: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.render.keeper.HELLO_SECONDS", 0.1)
    keeper, dot = Keeper(), layout_dot(plan(SMALL))
    with pytest.raises(BrokenError):
        keeper.ask(program, dot, marker_of(dot), 1_000)
    assert not keeper._kept  # noqa: SLF001


@pytest.mark.parametrize("does", ["exec yes", "exec yes >&2", f"{GREETS}exec yes"])
def test_what_writes_without_end_is_stopped_before_it_fills_the_memory_or_the_disk(
    does: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.render.process.ANSWER_BYTES", 1_000_000)
    keeper, dot = Keeper(), layout_dot(plan(SMALL))
    tracemalloc.start()
    with pytest.raises((BrokenError, CrashedError)):
        keeper.ask(["sh", "-c", does], dot, marker_of(dot), 30)
    with pytest.raises(CrashedError):
        run_once(["sh", "-c", does], dot, 30, {})
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_what_never_stops_writing_has_no_more_time_than_others() -> None:
    dot = layout_dot(plan(SMALL))
    with pytest.raises(TooSlowError):
        Keeper().ask(["sh", "-c", f"{GREETS}exec yes"], dot, marker_of(dot), 0.0)
