from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argmap.core import drawing
from argmap.core.boxes import TEXT_WIDTH, Marks
from argmap.core.colour import Tone
from argmap.core.dot import JUNCTION
from argmap.core.drawing import Parts, draw, standalone
from argmap.core.focus import overview, whole
from argmap.core.graph import Excerpt, Graph, Inference, Source
from argmap.core.kinds import Confidence, Credibility, Kind, Likelihood, Reliability, Status
from argmap.core.labels import Labels
from argmap.core.measure import SIZE, Weight, clean, width
from argmap.core.plan import plan
from argmap.core.splines import BadLayoutError, Curve, Layout, Point, read_plain, shortened
from argmap.core.strokes import n, written
from tests.core.layouts import answer_to, laid_out
from tests.core.maps import attack, graph_of, statement, support
from tests.strategies import HOSTILE, graphs

Join = Callable[[str, str, str], Inference]

SVG = "{http://www.w3.org/2000/svg}"
CSS = Path(drawing.__file__).parents[1] / "static" / "argmap" / "drawing.css"
SMALL = graph_of(support("I1", "E1 E2", "C1"), attack("I2", "K1", "I1"), support("I3", "C2", "C1"))
HOSTILE_TEXTS = [
    *HOSTILE,
    "a\x00b\x1bc\x85d\ud800e\uffff",
    "&#0; &lt; &amp;amp; <![CDATA[ ]]>",
    "word " * 2_000,
    "港口每年接待超过二十万名游客",
]


def href(key: str) -> str:
    return f'/maps/harbour/elements/{key}/?a=1&b="2"'


def drawn(graph: Graph, **marks: Marks) -> ET.Element:
    planned = plan(whole(graph), marks)
    return ET.fromstring(draw(Parts(planned, href=href), laid_out(planned)))  # noqa: S314


def by_id(root: ET.Element, wanted: str) -> ET.Element:
    (found,) = [element for element in root.iter() if element.get("id") == wanted]
    return found


def name_of(root: ET.Element, wanted: str) -> str:
    label = by_id(root, wanted).get("aria-labelledby")
    assert label is not None
    return by_id(root, label).text or ""


def test_each_element_is_a_link_with_a_name_a_class_and_a_key() -> None:
    root = drawn(SMALL)
    box = by_id(root, "n-C1")
    assert box.tag == f"{SVG}a"
    assert box.get("class") == "node claim draft"
    assert box.get("href") == href("C1")
    assert box.get("data-key") == "C1"
    assert name_of(root, "n-C1") == "Claim C1: What C1 says."
    assert by_id(root, "i-I1").get("class") == "edge support linked"
    assert by_id(root, "i-I2").get("class") == "edge attack undercut"
    assert name_of(root, "i-I1") == "I1: E1 and E2 together support C1."
    assert root.get("role") == "group"
    assert by_id(root, "drawing-title").text == "Harbour"


def test_kind_and_stance_show_without_colour() -> None:
    root = drawn(SMALL)
    shapes = {key: by_id(root, f"n-{key}") for key in ("C1", "E1", "K1")}
    assert shapes["C1"].find(f".//{SVG}rect[@class='box']") is not None
    assert shapes["E1"].find(f".//{SVG}path[@class='fold']") is not None
    assert shapes["K1"].find(f".//{SVG}path[@class='box']") is not None
    assert by_id(root, "i-I3").find(f"{SVG}path[@class='head']") is not None
    assert by_id(root, "i-I2").find(f"{SVG}path[@class='bar']") is not None
    assert by_id(root, "i-I1").find(f"{SVG}circle[@class='junction']") is not None
    assert by_id(root, "i-I3").find(f"{SVG}circle") is None


def test_without_addresses_elements_are_named_images() -> None:
    planned = plan(whole(SMALL))
    root = ET.fromstring(draw(Parts(planned), laid_out(planned)))  # noqa: S314
    assert by_id(root, "n-C1").tag == f"{SVG}g"
    assert by_id(root, "n-C1").get("role") == "img"


def test_marks_show_and_are_said() -> None:
    judged = replace(
        SMALL.statement["C1"],
        likelihood=Likelihood.LIKELY,
        confidence=Confidence.LOW,
        credibility=Credibility.PROBABLY_TRUE,
        status=Status.CONTESTED,
        excerpts=(Excerpt(key="X1", source="S1"), Excerpt(key="X2", source="S2")),
    )
    sources = (
        Source(key="S1", title="Log", reliability=Reliability.D),
        Source(key="S2", title="Report", reliability=Reliability.B),
    )
    graph = replace(SMALL, statements=(judged, *SMALL.statements[1:]), sources=sources)
    root = drawn(graph, C1=Marks(open_comments=2))
    box = by_id(root, "n-C1")
    chips = ["".join(g.itertext()) for g in box.iter(f"{SVG}g") if "chip" in g.get("class", "")]
    assert sorted(chips) == ["2", "B2", "C1", "contested", "likely"]
    assert name_of(root, "n-C1") == (
        "Claim C1: What C1 says. Grade B2. Likely. Low confidence. Contested. 2 open comments."
    )


def test_a_folded_statement_says_what_it_hides() -> None:
    planned = plan(overview(SMALL, 2))
    root = ET.fromstring(draw(Parts(planned, href=href), laid_out(planned)))  # noqa: S314
    stub = by_id(root, "n-C1").find(f".//{SVG}text[@class='stub']")
    assert stub is not None
    said = "1 claim, 2 evidence, 1 counterargument"
    assert " ".join(filter(str.strip, stub.itertext())) == f"+ {said}"
    assert name_of(root, "n-C1").endswith(f"Hidden below: {said}.")
    assert "1 of 5 statements" in (by_id(root, "drawing-about").text or "")


def test_what_a_box_hides_is_a_link_of_its_own_where_an_address_shows_it() -> None:
    planned = plan(overview(SMALL, 2))
    parts = Parts(planned, href=href, opening="?x&open={}".format)
    root = ET.fromstring(draw(parts, laid_out(planned)))  # noqa: S314
    link = by_id(root, "s-C1")
    assert link.tag == f"{SVG}a"
    assert (link.get("href"), link.get("data-key")) == ("?x&open=C1", "C1")
    assert link.get("aria-label") == "Open below C1: 1 claim, 2 evidence, 1 counterargument"
    assert by_id(root, "n-C1").find(f".//{SVG}text[@class='stub']") is None
    places = [by_id(root, each).find(f"{SVG}g") for each in ("n-C1", "s-C1")]
    assert len({place.get("transform") for place in places if place is not None}) == 1


def test_a_stub_counts_the_open_questions_that_it_hides() -> None:
    planned = plan(overview(SMALL, 2), {"C1": Marks(hidden_questions=1)})
    root = ET.fromstring(draw(Parts(planned, href=href), laid_out(planned)))  # noqa: S314
    lines = by_id(root, "n-C1").findall(f".//{SVG}text[@class='stub']/{SVG}tspan")
    said = " ".join("".join(line.itertext()) for line in lines)
    assert said == "+ 1 claim, 2 evidence, 1 counterargument, 1 open question"
    assert name_of(root, "n-C1").endswith(f"Hidden below: {said.removeprefix('+ ')}.")


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (Marks(3, 1), "3 open comments, 1 of them a question."),
        (Marks(3, 2), "3 open comments, 2 of them questions."),
        (Marks(2, 2), "2 open questions."),
        (Marks(1), "1 open comment."),
    ],
)
def test_a_name_says_which_open_comments_are_questions(marks: Marks, words: str) -> None:
    assert name_of(drawn(SMALL, C1=marks), "n-C1") == f"Claim C1: What C1 says. {words}"


def test_links_tell_what_they_join_and_what_their_boxes_leave_out() -> None:
    named = replace(statement("C1", 'Ice "and" fog.'), title="Ice", tags=("a<b",))
    graph = graph_of(support("I1", "E1 E2", "C1"))
    graph = replace(graph, statements=(named, *graph.statements[1:]))
    planned = plan(whole(graph))
    root = ET.fromstring(draw(Parts(planned, href=href), laid_out(planned)))  # noqa: S314
    assert by_id(root, "i-I1").get("data-premises") == "E1 E2"
    assert by_id(root, "i-I1").get("data-conclusion") == "C1"
    assert by_id(root, "n-C1").get("data-full") == 'Ice "and" fog.'
    assert by_id(root, "n-E1").get("data-full") is None
    assert "data-full" not in draw(Parts(planned), laid_out(planned))


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_texts_come_out_as_text(text: str) -> None:
    graph = graph_of(support("I1", "E1", "C1"), C1=text)
    root = drawn(graph)
    lines = [line.text or "" for line in by_id(root, "n-C1").iter(f"{SVG}tspan")]
    shown = "".join("".join(lines).split())
    wanted = "".join(clean(text).split())
    assert shown == wanted or (shown.endswith("…") and wanted.startswith(shown[:-1]))
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "a", "g", "rect", "path", "circle", "text", "tspan"}


@given(graphs())
def test_every_graph_is_drawn_whole_and_without_style(graph: Graph) -> None:
    root = drawn(graph)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    wanted = {*(f"n-{key}" for key in graph.statement), *(f"i-{key}" for key in graph.inference)}
    assert wanted <= set(ids)
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert not list(root.iter(f"{SVG}style"))
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("text", ["بندرگاہ " * 20, "港口" * 60, "🚢" * 60, "बंदरगाह " * 20])
def test_lines_that_are_only_estimated_are_held_to_the_box(text: str) -> None:
    lines = list(by_id(drawn(graph_of(support("I1", "E1", "C1"), C1=text)), "n-C1").iter())
    lengths = [line.get("textLength") for line in lines if line.tag == f"{SVG}tspan"]
    assert lengths
    held = [float(length) for length in lengths if length]
    assert len(held) >= len(lengths) - 1
    assert max(held) <= TEXT_WIDTH


def test_right_to_left_texts_start_at_the_right() -> None:
    root = drawn(graph_of(support("I1", "E1", "C1"), C1="بندرگاہ کے لیے"))
    text = by_id(root, "n-C1").find(f".//{SVG}text[@direction='rtl']")
    assert text is not None


@pytest.mark.parametrize("side", [-1, 1])
def test_the_key_of_an_inference_is_written_on_no_box(side: int) -> None:
    planned = plan(whole(SMALL))
    layout = laid_out(planned)
    labels = Labels(planned, layout)
    for key, box in planned.boxes.items():
        centre = layout.centres[planned.numbers[key]]
        edge = Point(centre.x + side * (box.width / 2 + 5), centre.y)
        label = labels.beside("I1", edge)
        assert abs(label.x - centre.x) >= box.width / 2 or abs(label.y - centre.y) > 20
        assert (label.x > edge.x) == (side == 1)


@given(st.floats(0, 1700), st.floats(270, 450), st.sampled_from(["I1", "I999999999"]))
def test_a_label_meets_no_box_and_no_head_of_any_cell(x: float, y: float, key: str) -> None:
    planned = plan(whole(SMALL))
    labels = Labels(planned, laid_out(planned))
    wide = width(key, Weight.SEMIBOLD)

    def is_free(start: float, base: float) -> bool:
        return all(
            start >= right or left >= start + wide or base - 10.5 >= bottom or top >= base + 3.5
            for left, top, right, bottom in (*labels.areas.values(), *labels.heads)
        )

    ways = [
        (x + JUNCTION, y + SIZE / 3),
        (x - JUNCTION - wide, y + SIZE / 3),
        (x - wide / 2, y - JUNCTION),
        (x - wide / 2, y + JUNCTION + 10.5),
    ]
    free = [way for way in ways if is_free(*way)]
    assert labels.beside(key, Point(x, y)) == (free or ways)[0]


def mirrored(layout: Layout) -> Layout:
    signs = (-1, 1)
    return Layout(
        {number: Point(-x, y) for number, (x, y) in layout.centres.items()},
        tuple(
            Curve([length * signs[place % 2] for place, length in enumerate(curve.lengths)])
            for curve in layout.curves
        ),
    )


@pytest.mark.parametrize("way", [attack, support])
def test_the_key_of_an_inference_is_not_under_what_bears_on_it(way: Join) -> None:
    graph = graph_of(support("I1", "E1", "C1"), way("I2", "E2", "I1"))
    planned = plan(whole(graph))
    layout = mirrored(laid_out(planned))  # what bears on it comes from the right
    junction = layout.centres[planned.numbers["I1"]]
    labels = Labels(planned, layout)
    [(left, top, right, bottom)] = labels.heads
    assert left <= junction.x <= right
    assert top <= junction.y <= bottom
    start, base = labels.beside("I1", junction)
    end = start + width("I1", Weight.SEMIBOLD)
    assert end <= left or right <= start or base <= top or bottom <= base - SIZE / 2


def test_an_empty_drawing_says_so() -> None:
    root = drawn(Graph())
    assert "There is nothing on this map yet." in "".join(root.itertext())
    assert float(root.get("width", "0")) > 200


def test_measured_lines_are_held_only_in_a_file() -> None:
    planned = plan(whole(SMALL))
    assert "textLength" not in draw(Parts(planned), laid_out(planned))
    assert "textLength" in draw(Parts(planned, pinned=True), laid_out(planned))


def test_a_file_has_its_styles_inside_with_plain_values() -> None:
    planned = plan(whole(SMALL))
    file = standalone(draw(Parts(planned), laid_out(planned)), CSS.read_text(encoding="utf-8"))
    root = ET.fromstring(file)  # noqa: S314
    style = root.find(f"{SVG}style")
    assert style is not None
    assert style.text is not None
    assert "var(" not in style.text
    assert "--" not in style.text
    assert "prefers-color-scheme" not in style.text
    assert ".drawing .support .line { stroke: #1d6f73; }" in style.text


def test_the_stylesheet_has_each_value_in_both_themes() -> None:
    css = CSS.read_text(encoding="utf-8")
    light, *dark = re.findall(r"\{[^{}]*--drawing-ink:[^{}]*\}", css)
    assert len(dark) == 2
    names = re.findall(r"--[a-z-]+(?=:)", light)
    assert set(re.findall(r"var\((--[a-z-]+)\)", css)) == set(names)
    assert all(re.findall(r"--[a-z-]+(?=:)", theme) == names for theme in dark)
    assert dark[0].split() == dark[1].split()


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_contrast_in_both_themes() -> None:
    css = CSS.read_text(encoding="utf-8")
    for theme in re.findall(r"\{[^{}]*--drawing-ink:[^{}]*\}", css):
        values = dict(re.findall(r"--drawing-([a-z-]+):\s*(#[0-9a-f]{6})", theme))
        tones = (*Kind, *Tone)
        pairs = [(text, f"{tone}-fill") for text in ("ink", "soft", "attack") for tone in tones]
        pairs += [("paper", tone) for tone in tones]
        pairs += [(line, "paper") for line in ("support", "attack", "chosen", "ink")]
        for one, other in pairs:
            assert contrast(values[one], values[other]) >= 4.5, (one, other)
        for tone in tones:
            assert contrast(values[tone], values[f"{tone}-fill"]) >= 3, tone


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("node 1 ", "node 99 "),
        ("edge 4 1 4 ", "edge 1 4 4 "),
        ("graph 1 100 10", "graph 1"),
        ("node 1 4 5", "node 1 nan 5"),
        ("node 1 4 5", "node 1 1e99 5"),
        ("edge 4 1 4 ", "edge 4 1 7 "),
        ("edge 4 1 4 ", "edge 4 1 400000000 "),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(old: str, new: str) -> None:
    planned = plan(whole(graph_of(support("I1", "C2 C3", "C1"), support("I2", "C4", "C1"))))
    answer = answer_to(planned)
    swapped = answer.replace(old, new)
    assert swapped != answer
    with pytest.raises(BadLayoutError):
        read_plain(planned, swapped)


def test_a_curve_is_shortened_by_what_the_arrowhead_takes() -> None:
    planned = plan(whole(SMALL))
    for curve in laid_out(planned).curves:
        short = shortened(curve, 12)
        gone = abs(short[-1].x - curve[-1].x)
        assert gone == pytest.approx(12, abs=1)
        assert short[0] == curve[0]


def test_the_length_of_a_key_tells_how_wide_it_is() -> None:
    for tens in range(10):
        assert width(f"I{tens}9", Weight.SEMIBOLD) == width("I00", Weight.SEMIBOLD)


def test_numbers_are_written_at_once_as_each_alone() -> None:
    lengths = [0.0, -0.04, -0.0, 10.0, -10.0, 0.05, 12.34, -7.96, 100.04, 1e6]
    assert written("%.1f \n" * len(lengths), lengths) == [n(length) for length in lengths]
