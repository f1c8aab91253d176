from __future__ import annotations

import pytest
from django.core.cache import cache
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from argmap.graphs import scheme_names
from argmap.models import ArgumentMap
from argmap.web import drawings
from argmap.web.viewing import read_wish


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("large", [100, 10**6])
def test_a_drawing_is_kept_however_large_it_is(
    large: int,
    a_map: ArgumentMap,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wish, names = read_wish(QueryDict()), scheme_names()
    drawn = drawings.drawn(a_map, wish, names).drawing
    cache.clear()
    monkeypatch.setattr(drawings, "LARGE", large)
    assert drawings.drawn(a_map, wish, names).drawing == drawn
    with django_assert_num_queries(0):
        kept = drawings.drawn(a_map, wish, names)
    assert kept.drawing == drawn
    assert (len(kept.packed) < len(drawn) / 2) is (large == 100)
