"""Whatever one person does to a map, undoing all of it leads back, and redoing all of it forth."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.audit import audit
from argmap.core.formats.native import dump
from argmap.core.graph import Excerpt, Source
from argmap.core.kinds import Confidence, Kind, Likelihood, Stance, Status
from argmap.models import ArgumentMap, Scheme
from tests.core.maps import attack, graph_of, support
from tests.strategies import filled, maybe, shares, texts, word


class Hand:
    """Someone who edits a map at random."""

    def __init__(self, draw: st.DataObject, argument_map: ArgumentMap, actor: User) -> None:
        self.draw = draw.draw
        self.on: dict[str, Any] = {"actor": actor, "argument_map": argument_map}
        self.graph = graphs.load_graph(argument_map)

    def one_of(self, *keys: Any) -> Any:
        """Return one of `keys`; a key of nothing where there are none."""
        return self.draw(st.sampled_from([*keys] or ["C999999999"]))

    @property
    def statement(self) -> str:
        return str(self.one_of(*self.graph.statement))

    @property
    def inference(self) -> str:
        return str(self.one_of(*self.graph.inference))

    @property
    def element(self) -> str:
        return str(self.one_of(*self.graph.statement, *self.graph.inference))

    @property
    def new(self) -> dict[str, Any]:
        return {"kind": self.draw(word(Kind)), "text": self.draw(filled())}

    @property
    def premises(self) -> list[str]:
        keys = st.sampled_from([*self.graph.statement] or ["C999999999"])
        return self.draw(st.lists(keys, min_size=1, max_size=3, unique=True))

    def edit_statement(self) -> None:
        fields = {
            "text": filled(),
            "title": texts(40),
            "kind": word(Kind),
            "status": word(Status),
            "likelihood": word(Likelihood),
            "confidence": word(Confidence) | st.just(""),
            "base_score": maybe(shares()),
            "tags": st.lists(filled(20), max_size=3),
        }
        given = self.draw(st.fixed_dictionaries({}, optional=fields))
        actions.edit_statement(**self.on, key=self.statement, **given)

    def edit_inference(self) -> None:
        fields: dict[str, st.SearchStrategy[Any]] = {
            "stance": word(Stance),
            "premises": st.just(self.premises),
            "conclusion": st.just(self.element),
            "scheme": st.sampled_from([None, "sign"]),
            "warrant": texts(),
            "weight": shares(),
        }
        given = self.draw(st.fixed_dictionaries({}, optional=fields))
        actions.edit_inference(**self.on, key=self.inference, **given)

    def delete(self) -> None:
        key = self.element
        if key in self.graph.inference:
            actions.delete_inference(**self.on, key=key)
        else:
            actions.delete_statement(**self.on, key=key)

    def add_inference(self) -> None:
        step = {"stance": self.draw(word(Stance)), "conclusion": self.element}
        actions.add_inference(**self.on, **step, premises=self.premises)

    def add_reason(self) -> None:
        stance = self.draw(word(Stance))
        actions.add_reason(**self.on, about=self.element, stance=stance, **self.new)

    def add_premise(self) -> None:
        actions.add_premise(**self.on, key=self.inference, statement=self.statement)

    def add_new_premise(self) -> None:
        actions.add_new_premise(**self.on, key=self.inference, **self.new)

    def join(self) -> None:
        alike = [
            (one.key, other.key)
            for one in self.graph.inferences
            for other in self.graph.inferences
            if one is not other and (one.conclusion, one.stance) == (other.conclusion, other.stance)
        ]
        keys = self.one_of(*alike)
        actions.join_inferences(**self.on, keys=keys)

    def split(self) -> None:
        actions.split_inference(**self.on, key=self.inference)

    def excerpt(self) -> None:
        place = {"section": self.draw(texts(20)), "paragraph": 1, "sentence": 1}
        source = str(self.one_of(*self.graph.source))
        actions.add_excerpt(
            **self.on, statement=self.statement, source=source, quotation="Ice.", locator=place
        )

    def edit_excerpt(self) -> None:
        keys = [each.key for row in self.graph.statements for each in row.excerpts]
        place = {"section": "", "paragraph": self.draw(st.integers(1, 9)), "sentence": 1}
        actions.edit_excerpt(
            **self.on, key=str(self.one_of(*keys)), quotation="Ice.", locator=place
        )

    def delete_excerpt(self) -> None:
        keys = [each.key for row in self.graph.statements for each in row.excerpts]
        actions.delete_excerpt(**self.on, key=str(self.one_of(*keys)))

    def source(self) -> None:
        actions.add_source(**self.on, title=self.draw(filled()), note=self.draw(texts()))

    def edit_source(self) -> None:
        key = str(self.one_of(*self.graph.source))
        actions.edit_source(**self.on, key=key, note=self.draw(texts()), url="http://x")

    def delete_source(self) -> None:
        actions.delete_source(**self.on, key=str(self.one_of(*self.graph.source)))

    def edit_map(self) -> None:
        actions.edit_map(**self.on, title=self.draw(filled()), issue=self.draw(texts()))


EDITS = [name for name in vars(Hand) if not name.startswith("_") and name != "one_of"]
EDITS = [name for name in EDITS if not isinstance(vars(Hand)[name], property)]


def written(a_map: ArgumentMap) -> Any:
    """Return the map as argmap/1 writes it, its version apart."""
    document = json.loads(dump(graphs.load_graph(a_map)))
    del document["map"]["version"]
    return document


SMALL = graph_of(
    support("I1", "E1 E2", "C1"),
    attack("I2", "K1", "I1"),
    support("I3", "E2", "C1"),
    support("I4", "E3", "I2"),
    attack("I5", "K2", "C1"),
    support("I6", "C1", "C2"),
)
START = replace(
    SMALL,
    sources=(Source(key="S1", title="Log"), Source(key="S2", title="Almanac")),
    statements=(
        *(each for each in SMALL.statements if each.key != "E1"),
        replace(SMALL.statement["E1"], excerpts=(Excerpt(key="X1", source="S1", sha256="0" * 64),)),
    ),
)


@pytest.mark.django_db
@given(data=st.data())
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_all_of_it_is_undone_and_redone(data: st.DataObject, analyst: User) -> None:
    Scheme.objects.get_or_create(slug="sign", defaults={"name": "Argument from sign"})
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
