"""Answering the critical questions that an inference must survive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from argmap import access
from argmap.actions.base import Gone, editing
from argmap.actions.comments import seen_or_present
from argmap.actions.standing import answers_of
from argmap.core.history import Step
from argmap.core.kinds import Role, Verb
from argmap.models import Answer, ArgumentMap, CriticalQuestion, Inference


def answer_question(
    *,
    actor: User,
    argument_map: ArgumentMap,
    inference: str,
    question: int,
    says: str,
    why: str = "",
    version_seen: int | None = None,
) -> Answer:
    """Answer a critical question about the inference with this key, or answer it anew.

    `question` is the number of its row, and one of the inference's scheme. Each person has one
    answer to each question about an inference. `version_seen` is the version that the author saw,
    the present one where it is None: an answer is stale once the inference changes after it.
    Raises ValidationError by field, or Gone where the inference is no longer there.
    """
    with editing(argument_map, actor=actor, verb=Verb.ANSWER, needs=Role.REVIEWER) as edit:
        about = edit.fetch(Inference, inference)
        given = {
            "says": says,
            "why": why.strip(),
            "version_seen": seen_or_present(edit, version_seen),
        }
        asked = _question(about, question)
        known = answers_of(edit.map).filter(inference=about, question=asked, author=actor).first()
        if known is not None:
            return edit.alter(known, given)
        return edit.add(
            Answer(
                map=edit.map,
                inference=about,
                question=asked,
                author=actor,
                author_name=actor.get_username(),
                **given,
            )
        )


def withdraw_answer(*, actor: User, argument_map: ArgumentMap, answer: int) -> None:
    """Take an answer back: its author may, and the map's owner. Raises PermissionDenied or Gone."""
    with editing(argument_map, actor=actor, verb=Verb.ANSWER, needs=Role.REVIEWER) as edit:
        row = answers_of(edit.map).filter(pk=answer).first()
        if row is None:
            raise Gone("The answer was withdrawn meanwhile.")
        if row.author_id != actor.pk and access.role_in(actor, edit.map) is not Role.OWNER:
            raise PermissionDenied("Only its author or the map's owner withdraws an answer.")
        edit.remove(row)


def _question(inference: Inference, number: int) -> CriticalQuestion:
    """Return a question of an inference's scheme. Raises ValidationError where it is none."""
    asked = CriticalQuestion.objects.select_related("scheme").filter(pk=number).first()
    if asked is None or asked.scheme_id != inference.scheme_id:
        raise ValidationError(
            {"question": f"This is no question of the scheme that {inference.key} has."}
        )
    return asked


def put_back(
    argument_map: ArgumentMap, steps: Sequence[Step], inferences: Mapping[str, Inference]
) -> dict[str, Answer]:
    """Insert the answers that `steps` end in, under their own numbers, and return them by these.

    Three queries, none where there are no steps. Raises Gone where a question is not there any
    more. An author who left stays as a name.
    """
    if not steps:
        return {}
    ends = {step.key: step.end or {} for step in steps}
    slugs = {end["scheme"] for end in ends.values()}
    asked = CriticalQuestion.objects.filter(scheme__slug__in=slugs).select_related("scheme")
    questions = {(question.scheme.slug, question.order): question for question in asked}
    people = User.objects.filter(username__in={end["author"] for end in ends.values()})
    authors = {person.get_username(): person for person in people}
    for end in ends.values():
        if (end["scheme"], end["question"]) not in questions:
            raise Gone(f"A question that {end['author']} answered is not asked any more.")
    made = [
        Answer(
            pk=int(number),
            map=argument_map,
            inference=inferences[end["inference"]],
            question=questions[end["scheme"], end["question"]],
            author=authors.get(end["author"]),
            author_name=end["author"],
            **{name: end[name] for name in ("says", "why", "version_seen")},
        )
        for number, end in ends.items()
    ]
    return {str(row.pk): row for row in Answer.objects.bulk_create(made)}
