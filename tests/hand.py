"""Someone who edits a map at random, for laws that hold whatever is done to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from hypothesis import strategies as st

from argmap import actions, graphs
from argmap.core.graph import Excerpt, Source
from argmap.core.kinds import Confidence, Kind, Likelihood, Satisfaction, Stance, Status
from argmap.models import Answer, ArgumentMap, CriticalQuestion
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

    def edit_many(self) -> None:
        tags = st.lists(filled(20).map(str.strip).filter(bool), max_size=2)
        chosen = [actions.Chosen(self.on["argument_map"], self.premises)]
        actions.edit_statements(
            actor=self.on["actor"],
            chosen=chosen,
            status=self.draw(word(Status)),
            add_tags=self.draw(tags),
        )

    def delete_many(self) -> None:
        chosen = [actions.Chosen(self.on["argument_map"], self.premises)]
        actions.delete_statements(actor=self.on["actor"], chosen=chosen)

    def merge(self) -> None:
        keys = self.premises
        actions.merge_statements(**self.on, keys=keys, kept=keys[0])

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

    def answer(self) -> None:
        """Answer a question about an inference that is of a scheme, as often as there is one."""
        held = [each.key for each in self.graph.inferences if each.scheme]
        asked = CriticalQuestion.objects.first()
        actions.answer_question(
            **self.on,
            inference=str(self.one_of(*held)),
            question=asked.pk if asked else 0,
            says=self.draw(word(Satisfaction)),
            why=self.draw(texts(20)),
        )

    def withdraw(self) -> None:
        given = Answer.objects.filter(map=self.on["argument_map"]).values_list("pk", flat=True)
        actions.withdraw_answer(**self.on, answer=int(self.draw(st.sampled_from([*given] or [0]))))

    def restore(self) -> None:
        activity = self.draw(st.integers(1, self.on["argument_map"].activity))
        actions.restore_element(**self.on, key=self.element, activity=activity)

    def merge_sources(self) -> None:
        keys = self.draw(st.permutations([*self.graph.source] or ["S9", "S8"]))
        actions.merge_sources(**self.on, keep=keys[0], others=keys[1:3])

    def edit_map(self) -> None:
        actions.edit_map(**self.on, title=self.draw(filled()), issue=self.draw(texts()))


EDITS = [name for name in vars(Hand) if not name.startswith("_") and name != "one_of"]
EDITS = [name for name in EDITS if not isinstance(vars(Hand)[name], property)]

SMALL = graph_of(
    replace(support("I1", "E1 E2", "C1"), scheme="sign"),
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
