from __future__ import annotations

import gzip

import pytest

from argmap.models import ArgumentMap
from tests.web.conftest import ClientOf

TAKES_GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.mark.parametrize("place", ["", "elements/C1/", "outline/"])
def test_pages_go_out_compressed_to_whoever_takes_it(
    place: str, a_map: ArgumentMap, client_of: ClientOf
) -> None:
    client = client_of("viewer")
    address = f"/maps/harbour/{place}"
    plain, small = client.get(address), client.get(address, headers=TAKES_GZIP)
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert len(small.content) < len(plain.content) / 2
    assert "The harbour should close" in gzip.decompress(small.content).decode()


@pytest.mark.parametrize(
    "address", ["/maps/harbour/graph.svg", "/api/v1/maps/harbour/", "/api/v1/docs/"]
)
def test_nothing_else_does(address: str, a_map: ArgumentMap, client_of: ClientOf) -> None:
    answer = client_of("viewer").get(address, headers=TAKES_GZIP)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    assert not answer.headers.get("ETag", "").startswith("W/")
