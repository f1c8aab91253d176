from __future__ import annotations

import base64
import contextlib
import os
import random
import re
import signal
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from pytest_django import Settings

from argmap import render
from argmap.core.boxes import boxes_of
from argmap.core.dot import layout_dot, marker_of
from argmap.core.focus import View, whole
from argmap.core.graph import Graph
from argmap.core.measure import clean
from argmap.core.plan import Direction, plan
from argmap.render import DrawingFailedError, engines, layouts, trust
from argmap.render.keeper import Keeper
from argmap.render.process import CrashedError, TooSlowError, run_once
from tests.core.maps import attack, graph_of, statement, support
from tests.strategies import HOSTILE

SMALL = whole(
    graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "I1"), support("I3", "C2", "C1"))
)
# The smallest whole PNG, which Graphviz would show if it could open it.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"
)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=["dot", "wheel"])
def engine(
    request: pytest.FixtureRequest, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> engines.Engine:
    """Each engine in turn. The wheel is a dependency; the program may not be installed."""
    settings.ARGMAP_ENGINE = request.param
    monkeypatch.setattr(trust, "_resting", {})
    monkeypatch.setattr(trust, "_rows", {})
    found = engines.find(request.param)
    if found is None and request.param == "dot":
        pytest.skip("the dot program is not installed here")
    assert found is not None
    cache.clear()
    return found


def dense(links: int = 680) -> Graph:
    """Return 50 statements that all argue with one another."""
    chance = random.Random(2)  # noqa: S311 - a graph, not a secret
    pairs = [(low, high) for low in range(1, 51) for high in range(low + 1, 51)]
    chosen = chance.sample(pairs, links)
    return graph_of(
        *(support(f"I{n}", f"C{high}", f"C{low}") for n, (low, high) in enumerate(chosen, 1))
    )


def endless() -> str:
    """Return DOT that Graphviz works on for minutes: the dense graph with all links ranked."""
    return layout_dot(plan(whole(dense()))).replace("constraint=false", "")


@pytest.mark.parametrize("direction", Direction)
def test_a_view_is_drawn(engine: engines.Engine, direction: Direction) -> None:
    svg = render.draw(SMALL, href=lambda key: f"/{key}/", direction=direction)
    root = ET.fromstring(svg)  # noqa: S314
    assert {link.get("href") for link in root.iter(f"{SVG}a")} >= {"/C1/", "/K1/", "/I1/", "/I2/"}
    boxes = [box.get("transform") for box in root.iter(f"{SVG}g") if box.get("transform")]
    assert len(set(boxes)) == 5


def test_an_empty_map_is_drawn_without_graphviz(settings: Settings) -> None:
    with mock.patch("argmap.render.layouts.available_engines", side_effect=lambda: iter(())):
        root = ET.fromstring(render.draw(whole(Graph())))  # noqa: S314
    assert not list(root.iter(f"{SVG}a"))


def test_the_conclusion_stands_above_or_left_of_what_bears_on_it(engine: engines.Engine) -> None:
    for direction, part in ((Direction.ACROSS, 0), (Direction.DOWN, 1)):
        svg = render.draw(SMALL, href=str, direction=direction)
        places = {}
        for link in ET.fromstring(svg).iter(f"{SVG}a"):  # noqa: S314
            moved = link.find(f"{SVG}g[@transform]")
            if moved is not None:
                shift = moved.get("transform", "").removeprefix("translate(").rstrip(")")
                places[link.get("data-key")] = float(shift.split()[part])
        assert places["C1"] < min(places[key] for key in ("E1", "E2", "K1", "C2"))


def test_tab_visits_the_conclusion_first(engine: engines.Engine) -> None:
    for direction in Direction:
        root = ET.fromstring(render.draw(SMALL, href=str, direction=direction))  # noqa: S314
        keys = [link.get("data-key") or "" for link in root.iter(f"{SVG}a")]
        assert keys[0] == "C1"
        assert sorted(keys[5:]) == ["I1", "I2", "I3"]


def test_one_process_answers_graph_after_graph(engine: engines.Engine) -> None:
    keeper = Keeper()
    argv = engine.argv("plain")
    try:
        answers = []
        for number in range(1, 6):
            view = whole(graph_of(*(support(f"I{n}", f"E{n}", "C1") for n in range(1, number + 1))))
            dot = layout_dot(plan(view))
            answers.append(keeper.ask(argv, dot, marker_of(dot), 10).count("\nnode "))
        (kept,) = keeper._kept.values()  # noqa: SLF001
        assert kept.answered == 5
    finally:
        keeper.close()
    assert answers == [3, 4, 5, 6, 7]
    assert kept.process.poll() is not None


def test_a_process_is_replaced_after_its_share_of_graphs(
    engine: engines.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.render.keeper.GRAPHS_PER_PROCESS", 2)
    keeper, dot, seen = Keeper(), layout_dot(plan(SMALL)), set()
    for _ in range(4):
        keeper.ask(engine.argv("plain"), dot, marker_of(dot), 10)
        seen |= {kept.process.pid for kept in keeper._kept.values()}  # noqa: SLF001
    keeper.close()
    assert len(seen) == 2


@pytest.mark.parametrize(
    "dot", ["digraph 1 { a -> \n}\n", "digraph 2 {\n}\n", "digraph 3 {\n1\n}\ndigraph 4 {\n3\n}\n"]
)
def test_an_answer_without_the_marker_is_never_used(engine: engines.Engine, dot: str) -> None:
    keeper = Keeper()
    try:
        with pytest.raises((CrashedError, TooSlowError)):
            keeper.ask(engine.argv("plain"), dot, marker_of(dot), 2)
        # Whatever the child still had to say, the next graph gets its own answer.
        good = layout_dot(plan(SMALL))
        assert marker_of(good) in keeper.ask(engine.argv("plain"), good, marker_of(good), 10)
    finally:
        keeper.close()


def test_a_slow_layout_is_killed_in_time(engine: engines.Engine, settings: Settings) -> None:
    settings.ARGMAP_DOT_SECONDS = 1
    dot = endless()
    with (
        mock.patch("argmap.render.layouts.cheaper", side_effect=lambda dot: dot),
        mock.patch.object(Keeper, "ask", autospec=True, side_effect=Keeper.ask) as asked,
    ):
        began = time.monotonic()
        with pytest.raises(DrawingFailedError, match="more than 1 second"):
            layouts.layout(dot, str)
        assert time.monotonic() - began < 10, "left alone it takes minutes"
        with pytest.raises(DrawingFailedError, match="more than 1 second"):
            layouts.layout(dot, str)
        assert asked.call_count == 2, "a failure is remembered"


def test_what_is_done_meanwhile_is_none_of_the_time_of_graphviz(engine: engines.Engine) -> None:
    # So many that the answer does not go into a pipe at once: it is still to come afterwards.
    star = graph_of(*(support(f"I{n}", f"C{n + 1}", "C1") for n in range(1, 1_000)))
    dot, keeper = layout_dot(plan(whole(star))), Keeper()
    argv, marker, seconds = engine.argv("plain"), marker_of(dot), 5
    answer = keeper.ask(argv, dot, marker, seconds, lambda: time.sleep(seconds + 0.5))
    keeper.close()
    assert len(answer) > 2**16
    assert marker in answer


def test_whoever_others_keep_waiting_is_not_refused_later(
    engine: engines.Engine, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ARGMAP_DOT_SECONDS = 0.01
    keeper, dot = Keeper(), layout_dot(plan(SMALL))
    monkeypatch.setattr(layouts, "_keeper", keeper)
    with keeper.turn(0), pytest.raises(DrawingFailedError, match="at work for others"):
        layouts.layout(dot, str)
    settings.ARGMAP_DOT_SECONDS = 10
    assert marker_of(dot) in layouts.layout(dot, str)
    keeper.close()


def test_a_dense_map_is_drawn_in_time(engine: engines.Engine) -> None:
    began = time.monotonic()
    assert render.draw(whole(dense())).startswith("<svg")
    assert time.monotonic() - began < 12


def test_the_second_try_is_cheaper(engine: engines.Engine) -> None:
    dot, asked = layout_dot(plan(SMALL)), []

    def ask(
        keeper: Keeper, argv: object, source: str, marker: str, seconds: float, meanwhile: object
    ) -> str:
        asked.append(source)
        if len(asked) == 1:
            raise TooSlowError
        return "an answer"

    with mock.patch.object(Keeper, "ask", autospec=True, side_effect=ask):
        assert layouts.layout(dot, str) == "an answer"
    assert asked[0] == dot
    assert "splines=line" in asked[1]


def test_what_fails_otherwise_is_tried_again_at_the_next_look(engine: engines.Engine) -> None:
    dot = layout_dot(plan(SMALL))
    with (
        mock.patch.object(Keeper, "ask", side_effect=CrashedError("no message")),
        pytest.raises(DrawingFailedError, match="could not lay out"),
    ):
        layouts.layout(dot, str)
    assert marker_of(dot) in layouts.layout(dot, str)


def test_a_layout_that_cannot_be_used_is_not_kept(engine: engines.Engine) -> None:
    with (
        mock.patch.object(Keeper, "ask", return_value="graph 1 1 1\nstop\n"),
        pytest.raises(DrawingFailedError, match="could not lay out"),
    ):
        render.draw(SMALL)
    assert render.draw(SMALL).startswith("<svg")


def test_a_layout_is_made_once(engine: engines.Engine) -> None:
    dot = layout_dot(plan(SMALL))
    first = layouts.layout(dot, str)
    with mock.patch.object(Keeper, "ask", side_effect=AssertionError):
        assert layouts.layout(dot, str) == first


def test_of_two_who_wait_for_one_graph_the_second_finds_it(engine: engines.Engine) -> None:
    dot, kept = layout_dot(plan(SMALL)), list[str]()

    @contextlib.contextmanager
    def turn(*_: object) -> Iterator[None]:
        if not kept:
            kept.append("by another, meanwhile")
            layouts.layout(dot, str)
        yield

    ask = Keeper.ask
    with (
        mock.patch.object(Keeper, "turn", turn),
        mock.patch.object(Keeper, "ask", autospec=True, side_effect=ask) as asked,
    ):
        assert marker_of(dot) in layouts.layout(dot, str)
    assert asked.call_count == 1


def test_a_killed_process_is_replaced(engine: engines.Engine) -> None:
    keeper, dot = Keeper(), layout_dot(plan(SMALL))
    keeper.ask(engine.argv("plain"), dot, marker_of(dot), 10)
    (kept,) = keeper._kept.values()  # noqa: SLF001
    os.kill(kept.process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, kept.process.pid, os.WEXITED | os.WNOWAIT)
    assert keeper.ask(engine.argv("plain"), dot, marker_of(dot), 10)
    keeper.close()


def test_a_fork_starts_a_process_of_its_own(engine: engines.Engine) -> None:
    keeper, dot = Keeper(), layout_dot(plan(SMALL))
    argv = engine.argv("plain")
    keeper.ask(argv, dot, marker_of(dot), 10)
    (kept,) = keeper._kept.values()  # noqa: SLF001
    with mock.patch("os.getpid", return_value=os.getpid() + 1):
        keeper.ask(argv, dot, marker_of(dot), 10)
        (other,) = keeper._kept.values()  # noqa: SLF001
        assert other.process.pid != kept.process.pid
        os.kill(kept.process.pid, 0)  # it is still there, for whom it belongs to
        keeper.close()
    os.killpg(kept.process.pid, signal.SIGKILL)
    os.waitpid(kept.process.pid, 0)


def test_a_child_gets_no_secrets_and_opens_no_files(
    engine: engines.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    environment = render.process.environment({})
    assert environment["SERVER_NAME"] == "x"
    assert "SECRET_KEY" not in environment
    picture = tmp_path / "picture.png"
    picture.write_bytes(PICTURE)
    dot = f'digraph argmap {{\n a [image="{picture}" label="x"]\n}}\n'
    answer = b""
    with contextlib.suppress(CrashedError):
        answer = run_once(engine.argv("svg"), dot, 10, {})
    assert b"picture.png" not in answer


def test_without_graphviz_there_is_one_line_that_says_so() -> None:
    with (
        mock.patch("argmap.render.layouts.available_engines", side_effect=lambda: iter(())),
        pytest.raises(DrawingFailedError, match=r"^Graphviz is not installed\.$"),
    ):
        render.draw(SMALL)


@pytest.mark.parametrize("output", ["png", "pdf"])
def test_what_is_no_image_is_not_given_for_one(output: str) -> None:
    with (
        mock.patch("argmap.render.run_once", return_value=b"hello"),
        pytest.raises(DrawingFailedError, match="could not be made"),
    ):
        render.image(render.svg_file(SMALL), output)


@pytest.mark.parametrize(("output", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_images(engine: engines.Engine, output: str, start: bytes) -> None:
    assert render.image(render.svg_file(SMALL), output).startswith(start)


def size_of(svg: str) -> tuple[float, float]:
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert found
    return float(found[1]), float(found[2])


def test_a_picture_is_as_large_as_the_drawing() -> None:
    svg = render.svg_file(SMALL, direction=Direction.DOWN)
    wide, high = size_of(svg)
    png, pdf = render.image(svg, "png"), render.image(svg, "pdf")
    assert struct.unpack(">II", png[16:24]) == (round(2 * wide), round(2 * high))
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    assert box
    assert (float(box[1]), float(box[2])) == pytest.approx((wide, high))


def test_a_text_from_right_to_left_is_in_its_box_on_a_picture() -> None:
    from_left = graph_of(support("I1", "E1", "C1"), C1="שלום " * 4, E1="E.")
    svg = render.svg_file(whole(from_left), direction=Direction.DOWN)
    assert 'direction="rtl"' in svg
    # Where the text stood to the right of its box it would lie on the edge of the picture.
    plain = svg.replace(' direction="rtl"', ' text-anchor="end"')
    assert render.image(svg, "png") == render.image(plain, "png")
    assert render.image(svg, "png") != render.image(svg.replace(' direction="rtl"', ""), "png")


def test_a_picture_of_a_large_drawing_is_less_fine() -> None:
    chain = [statement(f"C{number}", "word " * 40) for number in range(1, 121)]
    svg = render.svg_file(whole(Graph(statements=tuple(chain))))
    wide, high = size_of(svg)
    across, down = struct.unpack(">II", render.image(svg, "png")[16:24])
    assert wide <= across < 2 * wide
    assert across * down < 1.01 * max(24e6, wide * high)


@pytest.mark.parametrize("output", ["png", "pdf"])
def test_a_picture_of_hostile_texts_is_made(output: str) -> None:
    assert len(render.image(render.svg_file(hostile_view()), output)) > 10_000


@pytest.mark.parametrize("svg", ["", "<svg", '<svg width="9" height="9"><text>', "no drawing"])
def test_what_is_no_drawing_makes_no_picture(svg: str) -> None:
    with pytest.raises(DrawingFailedError, match="could not be made"):
        render.image(svg, "png")


def test_an_image_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no image format"):
        render.image("<svg/>", "svg")


def hostile_view() -> View:
    texts = [*HOSTILE, "a\x00b\x1bc\x85", "&#0; &lt; &amp;amp;", "word " * 2_000, "\\", '"', "\\N"]
    named = [statement(f"C{number}", text) for number, text in enumerate(texts, 1)]
    return whole(Graph(statements=tuple(named)))


def test_hostile_texts_come_out_of_graphviz_as_they_went_in(engine: engines.Engine) -> None:
    view = hostile_view()
    answer = run_once(engine.argv("svg"), render.labelled(view), 20, {})
    root = ET.fromstring(answer)  # noqa: S314
    shown = {}
    for node in root.iterfind(f".//{SVG}g[@class='node']"):
        key, *lines = ["".join(text.itertext()) for text in node.iter(f"{SVG}text")]
        shown[key] = lines
    for key, box in boxes_of(view).items():
        wanted = ["".join(line.text.split()) for line in box.lines]
        assert ["".join(line.split()) for line in shown[key]] == wanted


def test_hostile_texts_are_drawn(engine: engines.Engine) -> None:
    root = ET.fromstring(render.draw(hostile_view(), href=str))  # noqa: S314
    names = " ".join(title.text or "" for title in root.iter(f"{SVG}title"))
    assert clean("a\x00b\x1bc\x85").strip() in names


def test_a_file_stands_alone(engine: engines.Engine) -> None:
    root = ET.fromstring(render.svg_file(SMALL))  # noqa: S314
    assert root.find(f"{SVG}style") is not None
    assert not list(root.iter(f"{SVG}a"))
