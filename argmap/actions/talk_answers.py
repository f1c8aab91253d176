"""Bringing in the answers of a file to critical questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.auth.models import User

from argmap.actions.rows import BATCH, Writer
from argmap.actions.talk_values import check_row, moment_of, version_of
from argmap.core.formats import Loss, Record
from argmap.core.places import Place, quoted
from argmap.models import Answer, CriticalQuestion


def insert_answers(
    writer: Writer, answers: Sequence[Record], people: Mapping[str, User]
) -> tuple[list[Answer], list[Loss]]:
    """Insert answers to the questions that are asked here; the others are losses."""
    slugs = {given["scheme"] for given in answers}
    asked = CriticalQuestion.objects.filter(scheme__slug__in=slugs).select_related("scheme")
    questions = {(each.scheme.slug, each.order): each for each in asked} if slugs else {}
    rows: list[Answer] = []
    losses: list[Loss] = []
    for at, given in enumerate(answers):
        place = Place(("answers", at))
        question = questions.get((given["scheme"], given["question"]))
        if question is None or given.get("asks", question.text) != question.text:
            losses.append(Loss(place, _unasked(given, question)))
        else:
            rows.append(_answer(writer, place, given, question))
    _give(rows, people)
    # The columns take the present moment, whatever they are given, but not in an update.
    moments = [row.changed_at for row in rows]
    Answer.objects.bulk_create(rows, batch_size=BATCH)
    for row, moment in zip(rows, moments, strict=True):
        row.created_at = row.changed_at = moment
    Answer.objects.bulk_update(rows, ["created_at", "changed_at"], batch_size=BATCH)
    return rows, losses


def _give(rows: Iterable[Answer], people: Mapping[str, User]) -> None:
    """Let answers be their authors': one to each question. A further one is of a namesake."""
    once: set[tuple[int, int, int]] = set()
    for row in rows:
        author = people.get(row.author_name)
        if author is not None:
            answered = (row.inference_id, row.question_id, author.pk)
            row.author = None if answered in once else author
            once.add(answered)


def _unasked(given: Record, question: CriticalQuestion | None) -> str:
    named = f'question {given["question"]} of the scheme "{given["scheme"]}"'
    asks = f": {quoted(given['asks'])}" if given.get("asks") else ""
    why = "is not asked here" if question is None else "asks something else here"
    return f"what {given['author']} answered to {named}{asks}, which {why}"


def _answer(writer: Writer, place: Place, given: Record, question: CriticalQuestion) -> Answer:
    row = Answer(
        map=writer.map,
        inference=writer.inferences[given["inference"]],
        question=question,
        author_name=given["author"],
        says=given["says"],
        why=given.get("why", ""),
        version_seen=version_of(writer.map, place, given["version"]),
        changed_at=moment_of(place.at("at"), given["at"]),
    )
    check_row(row, place)
    return row
