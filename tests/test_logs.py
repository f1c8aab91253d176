from __future__ import annotations

import logging

import pytest

from argmap.logs import QuietPolls


def record(*args: object) -> logging.LogRecord:
    return logging.LogRecord("django.server", logging.INFO, "", 0, '"%s" %s %s', args, None)


@pytest.mark.parametrize(
    ("line", "status", "kept"),
    [
        ("GET /maps/harbour/live/?since=7 HTTP/1.1", "304", False),
        ("GET /maps/harbour/live/?since=7 HTTP/1.1", "200", False),
        ("GET /maps/harbour/live/?since=7 HTTP/1.1", "500", True),
        ("GET /maps/live/ HTTP/1.1", "404", True),
        ("GET /maps/harbour/ HTTP/1.1", "304", True),
        ("POST /maps/harbour/undo/ HTTP/1.1", "200", True),
    ],
)
def test_polls_that_went_well_are_left_out(line: str, status: str, *, kept: bool) -> None:
    assert QuietPolls().filter(record(line, status, "0")) is kept


def test_other_records_are_kept() -> None:
    assert QuietPolls().filter(record())
