"""Maps as files."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.contrib.auth.models import User

from argmap import exports, render
from argmap.core.formats import native
from argmap.graphs import load_graph
from argmap.models import ArgumentMap
from tests.api.conftest import As

EXPORT = "/api/v1/maps/harbour/export/"

needs_graphviz = pytest.mark.skipif(
    render.available_engine() is None, reason="there is no Graphviz here"
)


@pytest.mark.parametrize(
    ("name", "media_type", "start"),
    [
        ("json", "application/json", b'{\n  "format": "argmap/1"'),
        ("dot", "text/vnd.graphviz", b"digraph"),
        pytest.param("svg", "image/svg+xml", b"<svg", marks=needs_graphviz),
        pytest.param("png", "image/png", b"\x89PNG", marks=needs_graphviz),
        pytest.param("pdf", "application/pdf", b"%PDF", marks=needs_graphviz),
    ],
)
def test_gives_a_file(
    as_: As, viewer: User, a_map: ArgumentMap, name: str, media_type: str, start: bytes
) -> None:
    answer = as_(viewer).get(f"{EXPORT}{name}/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == f'attachment; filename="harbour.{name}"'
    assert start in answer.content[:200]


def test_the_native_file_is_that_of_the_core(as_: As, viewer: User, a_map: ArgumentMap) -> None:
    answer = as_(viewer).get(f"{EXPORT}json/", HTTP_ACCEPT="application/json")
    assert answer.content == native.dump(load_graph(a_map)).encode()


@pytest.mark.parametrize("query", ["json/?version=3", "svg/?version=3", "json/?focus=C1"])
def test_what_nothing_reads_is_refused(
    as_: As, viewer: User, a_map: ArgumentMap, query: str
) -> None:
    answer = as_(viewer).get(f"{EXPORT}{query}")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [query.partition("?")[2].partition("=")[0]]


@needs_graphviz
def test_a_drawing_names_schemes_and_can_show_a_part(
    as_: As, viewer: User, a_map: ArgumentMap
) -> None:
    whole = as_(viewer).get(f"{EXPORT}svg/", HTTP_ACCEPT="image/svg+xml").content
    assert "argument from sign" in whole.decode()
    part = as_(viewer).get(f"{EXPORT}svg/?focus=C1&depth=1&boxes=1").content
    assert ET.fromstring(part) is not None  # noqa: S314 - our own
    assert b"Ice blocked" not in part
    assert b"Ice blocked" in whole


@pytest.mark.parametrize("name", ["zip", "toml", "JSON", "json.exe"])
def test_knows_no_other_format(as_: As, viewer: User, a_map: ArgumentMap, name: str) -> None:
    answer = as_(viewer).get(f"{EXPORT}{name}/")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_graphviz_says_why_and_still_gives_the_rest(
    as_: As, viewer: User, a_map: ArgumentMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise render.DrawingFailedError("Graphviz is not installed.")

    monkeypatch.setattr(exports, "svg_file", fail)
    answer = as_(viewer).get(f"{EXPORT}svg/")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "Graphviz is not installed."
    assert as_(viewer).get(f"{EXPORT}dot/").status_code == 200
