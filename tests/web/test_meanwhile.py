"""What an answer reads beside its drawing."""

from __future__ import annotations

import pytest

from argmap.web.meanwhile import Meanwhile


def test_it_is_made_once() -> None:
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    beside = Meanwhile(make)
    beside.begin()
    beside.begin()
    assert (beside.made, made) == (1, [1])


def test_it_is_made_where_nobody_had_time_for_it() -> None:
    assert Meanwhile(lambda: 7).made == 7


def test_what_prevents_it_is_raised_where_it_is_asked_for() -> None:
    def fail() -> None:
        raise LookupError("gone")

    beside = Meanwhile(fail)
    beside.begin()
    with pytest.raises(LookupError, match="gone"):
        _ = beside.made
