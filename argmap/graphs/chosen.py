"""Statements that someone chose, of one map or of several, with what starts from them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import QuerySet

from argmap import models
from argmap.core import graph as core
from argmap.core.kinds import Stance
from argmap.graphs.rows import excerpt_of, statement_of


def load_chosen(rows: QuerySet[models.Statement]) -> tuple[core.Graph, ...]:
    """Return a graph for each map that some statements are on, by slug.

    It has these statements with their excerpts, and the inferences that start from them: of each
    its stance, its conclusion, and those of its premises that were chosen. Three queries.
    """
    chosen = rows.order_by().values("pk")
    excerpts: dict[int, list[core.Excerpt]] = defaultdict(list)
    quoted = models.Excerpt.objects.filter(statement__in=chosen).select_related("source")
    for excerpt in quoted.defer("source__text"):
        excerpts[excerpt.statement_id].append(excerpt_of(excerpt, excerpt.source.key))
    statements: dict[str, list[core.Statement]] = defaultdict(list)
    for row in rows.order_by().select_related("map"):
        found = statement_of(row, core.in_key_order(excerpts.get(row.pk, ())))
        statements[row.map.slug].append(found)
    inferences = _inferences(chosen)
    return tuple(
        core.Graph(slug=slug, statements=tuple(found), inferences=tuple(inferences.get(slug, ())))
        for slug, found in sorted(statements.items())
    )


def _inferences(chosen: QuerySet[models.Statement, object]) -> dict[str, list[core.Inference]]:
    premises = models.Premise.objects.filter(statement__in=chosen).order_by("order")
    joined: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for slug, key, stance, met, joint, premise in premises.values_list(
        "inference__map__slug",
        "inference__key",
        "inference__stance",
        "inference__conclusion_statement__key",
        "inference__conclusion_inference__key",
        "statement__key",
    ):
        joined[slug, key, stance, met or joint].append(premise)
    found: dict[str, list[core.Inference]] = defaultdict(list)
    for (slug, key, stance, conclusion), keys in joined.items():
        found[slug].append(
            core.Inference(
                key=key, stance=Stance(stance), premises=tuple(keys), conclusion=conclusion
            )
        )
    return found
