"""Critical questions: which nobody has answered, and what was answered to those of an inference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Length

from argmap.core.kinds import Proposed, Satisfaction, Stance
from argmap.models import (
    NATURAL_ORDER,
    Answer,
    ArgumentMap,
    Comment,
    CriticalQuestion,
    Inference,
    Premise,
    Prepared,
)
from argmap.review.stale import with_stale
from argmap.review.threads import open_suggestions


def answers_on(argument_map: ArgumentMap) -> QuerySet[Answer]:
    """Return the answers on a map, each with whether it is `stale`, inferences and questions along.

    One query. What was answered to the questions of an earlier scheme is kept, and left out here.
    """
    answers = argument_map.answers.filter(inference__scheme=F("question__scheme"))
    return with_stale(answers.select_related("inference", "question__scheme"))


def questions_on(argument_map: ArgumentMap) -> QuerySet[Inference, dict[str, Any]]:
    """Return the critical questions that each inference of a map must survive now, as records.

    One query, in the order of the inferences' keys. A record has the inference's `key`, the slug of
    its scheme, the question's place as `question`, what it `asks`, and whether it is `answered`.
    """
    answers = Answer.objects.filter(inference=OuterRef("pk"), question=OuterRef("asked"))
    asked = argument_map.inferences.annotate(asked=F("scheme__questions"))
    told = asked.filter(asked__isnull=False).annotate(
        answered=Exists(answers),
        question=F("scheme__questions__order"),
        asks=F("scheme__questions__text"),
    )
    return told.order_by(*NATURAL_ORDER, "question").values(
        "key", "scheme__slug", "question", "asks", "answered"
    )


def asked_on(argument_map: ArgumentMap) -> list[tuple[Any, ...]]:
    """Return the questions of all schemes that inferences of a map have, for a tag to hang on.

    One query. No map's counters count them: a new fixture words them otherwise.
    """
    asked = CriticalQuestion.objects.filter(scheme__inferences__map=argument_map).distinct()
    return list(asked.order_by("pk").values_list("pk", "scheme__slug", "order", "text"))


def answers_to(inference: Inference) -> QuerySet[Answer]:
    """Return the answers to the questions of the scheme that an inference has now, as `answers_on`."""
    return answers_on(inference.map).filter(inference=inference)


def undercuts_of(*inferences: Inference) -> QuerySet[Premise]:
    """Return the premises of what undercuts inferences, statements and inferences along."""
    found = Premise.objects.filter(
        inference__conclusion_inference__in=inferences, inference__stance=Stance.ATTACK
    )
    told = found.select_related("statement", "inference__conclusion_inference")
    return told.order_by("inference", "order")


def suggested_undercuts_of(inference: Inference) -> QuerySet[Comment]:
    """Return the open suggestions to undercut an inference, by the comments that make them."""
    found = inference.comments.filter(suggestion__does=Proposed.ATTACK)
    return open_suggestions(found).select_related("suggestion").order_by("pk")


def failed_on(argument_map: ArgumentMap) -> QuerySet[Answer]:
    """Return the answers that a question is not satisfied, by inference, question by question."""
    rows = answers_on(argument_map).filter(says=Satisfaction.NOT_SATISFIED)
    # All keys have one letter: the shorter number is the smaller.
    by_key = (Length("inference__key"), "inference__key")
    return rows.order_by(*by_key, "question__order", "created_at", "pk")


def unanswered(argument_map: ArgumentMap) -> Mapping[str, int]:
    """Return how many questions of its scheme nobody has answered, by the inference's key.

    One query, and one for the answers where anything is asked. An inference that leaves none is
    left out; an answer that went stale still answers.
    """
    asked: dict[str, int] = dict(_asked(argument_map.pk))
    if not asked:
        return {}
    left = Counter(asked)
    left.subtract(dict(_answered(argument_map.pk)))
    return +left


@Prepared
def _asked(argument_map: int) -> QuerySet[Inference, Any]:
    steps = Inference.objects.filter(map=argument_map).order_by().values_list("key")
    return steps.annotate(asked=Count("scheme__questions")).filter(asked__gt=0)


@Prepared
def _answered(argument_map: int) -> QuerySet[Answer, Any]:
    to_own = Answer.objects.filter(map=argument_map, inference__scheme=F("question__scheme"))
    told = to_own.order_by().values_list("inference__key")
    return told.annotate(Count("question", distinct=True))
