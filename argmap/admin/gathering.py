"""The rows of many maps at once, as the facts of the lists need them, and their bare graphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from argmap.core import graph as core
from argmap.core.kinds import (
    CommentKind,
    CommentState,
    Confidence,
    Credibility,
    Kind,
    Likelihood,
    Reliability,
    Stance,
)
from argmap.models import (
    Answer,
    Change,
    Comment,
    CriticalQuestion,
    Excerpt,
    Inference,
    Premise,
    Source,
    Statement,
)


def last_change(column: str) -> Subquery:
    """Return a column of the change that touched an element last: the first at its version."""
    changes = Change.objects.filter(map=OuterRef("map"), version=OuterRef("changed_in"))
    return Subquery(changes.order_by("activity").values(column)[:1])


def open_questions() -> QuerySet[CriticalQuestion]:
    """Return the questions of the scheme of an inference, the outer row, without an answer."""
    answers = Answer.objects.filter(inference=OuterRef(OuterRef("pk")))
    asked = CriticalQuestion.objects.filter(scheme=OuterRef("scheme")).order_by()
    return asked.exclude(pk__in=answers.values("question"))


Rows = dict[int, list[Any]]
"""Rows by the numbers of what they are on."""


class Gathered:
    """The rows of some maps, in six queries however many these are.

    Statements, inferences, sources, excerpts, premises, and questions asked in comments. Where
    someone writes in between, a row may name a partner that is not among them.
    """

    def __init__(self, maps: Collection[int]) -> None:
        of_maps = partial(_by_map, maps)
        self.statements = of_maps(
            Statement, "kind text status credibility likelihood confidence tags"
        )
        self.inferences = of_maps(
            Inference,
            "stance scheme_id conclusion_statement_id conclusion_inference_id unanswered",
            unanswered=Exists(open_questions()),
        )
        self.sources = of_maps(Source, "reliability title url sha256 here", here=~Q(text=""))
        self.excerpts: Rows = defaultdict(list)
        excerpts = Excerpt.objects.filter(map__in=maps).order_by("pk")
        for row in excerpts.values_list("statement_id", "key", "source_id", named=True):
            self.excerpts[row.statement_id].append(row)
        self.premises: dict[int, list[int]] = defaultdict(list)
        premises = Premise.objects.filter(inference__map__in=maps).order_by()
        for inference, statement in premises.values_list("inference_id", "statement_id"):
            self.premises[inference].append(statement)
        threads = Comment.objects.filter(map__in=maps, state=CommentState.OPEN, parent=None)
        asking = threads.filter(kind=CommentKind.QUESTION, deleted_at=None).order_by()
        self.asked = set(asking.values_list("statement_id", flat=True))

    def graph(self, number: int) -> core.Graph:
        """Return the graph of the map with this number: what `lint` looks at, and no more."""
        keys = {row.pk: row.key for row in self.statements[number]}
        keys_of_sources = {row.pk: row.key for row in self.sources[number]}
        keys_of_inferences = {row.pk: row.key for row in self.inferences[number]}
        return core.Graph(
            sources=tuple(map(_source, self.sources[number])),
            statements=tuple(
                _statement(row, self.excerpts.get(row.pk, []), keys_of_sources)
                for row in self.statements[number]
            ),
            inferences=tuple(
                core.Inference(
                    key=row.key,
                    stance=Stance(row.stance),
                    premises=tuple(keys.get(each, "") for each in self.premises.get(row.pk, ())),
                    conclusion=keys.get(row.conclusion_statement_id)
                    or keys_of_inferences.get(row.conclusion_inference_id, ""),
                )
                for row in self.inferences[number]
            ),
        )


def _by_map(maps: Collection[int], model: Any, columns: str, **more: Any) -> Rows:
    """Return the elements of a table by map, each with the time that it was changed last."""
    rows: QuerySet[Any] = model._default_manager.filter(map__in=maps).order_by()
    dated = rows.annotate(changed=last_change("at"), **more)
    found: Rows = defaultdict(list)
    for row in dated.values_list("pk", "map_id", "key", "changed", *columns.split(), named=True):
        found[row.map_id].append(row)
    return found


def _source(row: Any) -> core.Source:
    grade = Reliability(row.reliability) if row.reliability else None
    return core.Source(key=row.key, title="", reliability=grade)


def _statement(row: Any, excerpts: list[Any], sources: dict[int, str]) -> core.Statement:
    return core.Statement(
        key=row.key,
        kind=Kind(row.kind),
        text=row.text,
        likelihood=Likelihood(row.likelihood) if row.likelihood else None,
        confidence=Confidence(row.confidence) if row.confidence else None,
        credibility=Credibility(row.credibility) if row.credibility else None,
        excerpts=tuple(
            core.Excerpt(key=each.key, source=sources.get(each.source_id, "")) for each in excerpts
        ),
    )
