"""What the detail panel of a statement or an inference shows, read in a fixed number of queries.

The whole graph is not loaded: a panel needs an element and what is one or two steps from it, of a
map that may have thousands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from argmap import graphs
from argmap.core import graph as core
from argmap.core import sentences
from argmap.core.citing import place_in_words, reference
from argmap.core.kinds import Likelihood, Stance
from argmap.models import Excerpt, Inference, Premise, Prepared, Source, Statement

Near = Mapping[int, int | None]
"""The numbers of inferences, each with that of the inference that it bears on, if any."""


@dataclass(slots=True)
class Step:
    """An inference, what it joins, and what undercuts and backs it."""

    row: Inference
    premises: list[Statement]
    undercut_by: list[Step] = field(default_factory=list)
    backed_by: list[Step] = field(default_factory=list)
    bears_on: Step | None = None

    @property
    def conclusion(self) -> Statement | Inference | None:
        """The statement or inference that the step leads to."""
        return self.row.conclusion

    @property
    def sentence(self) -> str:
        """What the step says, by keys: "E1 and E2 together support C1 (sign), because …"."""
        return sentences.sentence(self._said)

    @property
    def heading(self) -> str:
        """The sentence without its scheme and warrant, which the panel shows below it."""
        bare = replace(self._said, scheme=None, warrant="")
        return sentences.sentence(bare).removesuffix(".")

    @property
    def _said(self) -> core.Inference:
        conclusion = self.conclusion
        return graphs.inference_of(
            self.row,
            [premise.key for premise in self.premises],
            conclusion.key if conclusion else "",
            self.row.scheme.name if self.row.scheme else None,
        )

    @property
    def is_undercut(self) -> bool:
        """Tell whether the step attacks another step."""
        return bool(self.row.conclusion_inference_id) and self.row.stance == Stance.ATTACK

    @property
    def is_backing(self) -> bool:
        """Tell whether the step supports another step."""
        return bool(self.row.conclusion_inference_id) and self.row.stance == Stance.SUPPORT


@dataclass(frozen=True, slots=True)
class Quotation:
    """An excerpt as the panel shows it."""

    row: Excerpt

    @property
    def place(self) -> str:
        """Where it stands in its source, in words; "" where nothing says so."""
        locator = graphs.excerpt_of(self.row, self.row.source.key).locator
        return place_in_words(locator) if locator else ""

    @property
    def reference(self) -> str:
        """Who published its source, and when."""
        return reference(graphs.source_of(self.row.source))

    @property
    def orphaned(self) -> bool:
        """Tell whether the words are known, and are not in the source's present text."""
        return self.row.exact is not None and self.row.start is None


@dataclass(slots=True)
class Panel:
    """An element and its neighbourhood; `statement` or `inference` is what it is about."""

    row: Statement | Inference
    statement: Statement | None = None
    inference: Step | None = None
    quotations: list[Quotation] = field(default_factory=list)
    steps_to: list[Step] = field(default_factory=list)
    steps_from: list[Step] = field(default_factory=list)

    @property
    def supported_by(self) -> list[Step]:
        """The steps that support the statement."""
        return [step for step in self.steps_to if step.row.stance == Stance.SUPPORT]

    @property
    def attacked_by(self) -> list[Step]:
        """The steps that attack the statement."""
        return [step for step in self.steps_to if step.row.stance == Stance.ATTACK]

    @property
    def has_detached(self) -> bool:
        """Tell whether an excerpt names its place only, since its document is not here."""
        return any(quotation.row.exact is None for quotation in self.quotations)

    @property
    def band(self) -> str:
        """The probabilities that the statement's likelihood stands for: "55–80 %"."""
        likelihood = self.statement.likelihood if self.statement else ""
        return Likelihood(likelihood).percent if likelihood else ""


def statement_panel(statement: Statement) -> Panel:
    """Return the panel of a statement.

    Four queries: excerpts, the numbers of inferences, those and what they join, premises.
    """
    rows = _excerpts(statement.pk)
    for row in rows:
        row.statement = statement
    steps = _steps(dict(_near(statement.pk)))
    return Panel(
        row=statement,
        statement=statement,
        quotations=[Quotation(row) for row in core.in_key_order(rows)],
        steps_to=[step for step in steps if step.row.conclusion_statement_id == statement.pk],
        steps_from=[step for step in steps if statement in step.premises],
    )


def inference_panel(inference: Inference) -> Panel:
    """Return the panel of an inference. Two queries: it and what it joins, premises.

    Raises Http404 where it was deleted meanwhile.
    """
    steps = _steps({inference.pk: inference.conclusion_inference_id})
    if not steps:
        raise Http404(f"This map has no {inference.key}.")
    (step,) = steps
    step.row.map = inference.map
    return Panel(row=inference, inference=step)


def admin_address(row: Statement | Inference | Source) -> str:
    """Return where the admin edits a row."""
    name = row.kind if isinstance(row, Statement) else row._meta.model_name
    return reverse(f"admin:argmap_{name}_change", args=[row.pk])


def steps_of(rows: QuerySet[Inference]) -> list[Step]:
    """Return some inferences of one map as the panel says them. Three queries."""
    return _steps(dict(rows.order_by().values_list("pk", "conclusion_inference")))


@Prepared
def _excerpts(statement: int) -> QuerySet[Excerpt, Excerpt]:
    excerpts = Excerpt.objects.filter(statement=statement)
    return excerpts.select_related("source").defer("source__text").order_by()


@Prepared
def _near(statement: int) -> QuerySet[Any, tuple[int, int | None]]:
    """Ask for the inferences that lead to a statement, and from it."""
    to = Inference.objects.filter(conclusion_statement=statement).order_by()
    from_ = Premise.objects.filter(statement=statement).order_by()
    numbers = to.values_list("pk", "conclusion_inference")
    return numbers.union(from_.values_list("inference", "inference__conclusion_inference"))


def _steps(near: Near) -> list[Step]:
    """Return the inferences with what undercuts and backs them, and what they bear on.

    In natural order of keys, which costs less here than in the database.
    """
    if not near:
        return []
    reached = {*near, *(pk for pk in near.values() if pk is not None)}
    found = {row.pk: row for row in core.in_key_order(_joined(tuple(reached), tuple(near)))}
    premises: dict[int, list[Statement]] = defaultdict(list)
    for row in _premises(tuple(found)):
        premises[row.inference_id].append(row.statement)
    steps = {pk: Step(row, premises[pk]) for pk, row in found.items()}
    for step in steps.values():
        _join(step, steps)
    return [step for pk, step in steps.items() if pk in near]


def _join(step: Step, steps: dict[int, Step]) -> None:
    """Tell a step and the one that it bears on of each other."""
    target = steps.get(step.row.conclusion_inference_id or 0)
    if target is None:
        return
    step.bears_on = target
    (target.undercut_by if step.is_undercut else target.backed_by).append(step)


@Prepared
def _joined(numbers: tuple[int, ...], near: tuple[int, ...]) -> QuerySet[Inference, Inference]:
    """Ask for inferences, and for what undercuts and backs some of them.

    By numbers alone: where the map is named as well, SQLite goes through all of its inferences.
    """
    rows = Inference.objects.filter(
        Q(pk__among=numbers) | Q(conclusion_inference__pk__among=near)
    ).order_by()
    return rows.select_related("scheme", "conclusion_statement", "conclusion_inference")


@Prepared
def _premises(inferences: tuple[int, ...]) -> QuerySet[Premise, Premise]:
    rows = Premise.objects.filter(inference__pk__among=inferences).select_related("statement")
    return rows.order_by("order")
