"""Whatever one person does to a map, undoing all of it leads back, and redoing all of it forth."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.actions.records import record
from argmap.actions.standing import answers_of
from argmap.audit import audit
from argmap.core.formats.native import dump
from argmap.models import ArgumentMap, Scheme
from tests.hand import EDITS, START, Hand


def written(a_map: ArgumentMap) -> Any:
    """Return the map as argmap/1 writes it, its version apart, and what is answered about it."""
    document = json.loads(dump(graphs.load_graph(a_map)))
    del document["map"]["version"]
    return document, [record(answer) for answer in answers_of(a_map).order_by("pk")]


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_all_of_it_is_undone_and_redone(data: st.DataObject, analyst: User) -> None:
    sign, _ = Scheme.objects.get_or_create(slug="sign", defaults={"name": "Argument from sign"})
    sign.questions.get_or_create(order=1, defaults={"text": "How strong is the sign?"})
    a_map = actions.import_graph(actor=analyst, graph=START, owner=analyst).map
    try:
        start = written(a_map)
        for name in data.draw(st.lists(st.sampled_from(EDITS), min_size=2, max_size=8)):
            with suppress(ValidationError, actions.Gone):
                getattr(Hand(data, a_map, analyst), name)()
        end, done = written(a_map), a_map.activity - 1

        for _ in range(done):
            actions.undo(actor=analyst, argument_map=a_map)
        assert written(a_map) == start
        with pytest.raises(actions.NothingToUndo):
            actions.undo(actor=analyst, argument_map=a_map)

        for _ in range(done):
            actions.redo(actor=analyst, argument_map=a_map)
        assert written(a_map) == end
        assert actions.undoable(analyst, a_map)[1] is None
        assert not audit(a_map)
    finally:
        actions.delete_map(actor=None, argument_map=a_map)
