"""The critical questions of an inference as a checklist: what everyone answers, and one's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from argmap.access import Person
from argmap.core.kinds import Role, Satisfaction
from argmap.core.numbers import whole
from argmap.core.questions import quotes, undercut_text, warrant_of
from argmap.markdown import to_text
from argmap.models import Answer, ArgumentMap, Comment, CriticalQuestion, Inference, Statement
from argmap.review import answers_to, differences_since, suggested_undercuts_of, undercuts_of
from argmap.web.editing.tools import TOOLS, address, page_of
from argmap.web.review.judge_forms import AnswerForm, JudgementForm, UndercutForm
from argmap.web.review.since import Since, said_of

UNDERCUT = next(tool for tool in TOOLS if tool.name == "undercut")


@dataclass(slots=True)
class Given:
    """One answer. `since` says what changed where it is stale; `undercut` is where an editor writes
    down what it says, "" where there is nothing to write or somebody else would write it."""

    row: Answer
    since: Since | None = None
    undercut: str = ""


@dataclass(slots=True)
class Asked:
    """A question, and what was answered to it. The forms are those of whoever may answer.

    Where it is not satisfied, `undercuts` holds the statements that undercut the inference by it,
    and `suggested` the comments that suggest to: with one of these, no other is asked for.
    """

    question: CriticalQuestion
    own: Given | None = None
    others: list[Given] = field(default_factory=list)
    form: AnswerForm | None = None
    suggestion: UndercutForm | None = None
    undercuts: list[Statement] = field(default_factory=list)
    suggested: list[Comment] = field(default_factory=list)

    @property
    def given(self) -> list[Given]:
        """All answers, one's own first."""
        return [self.own, *self.others] if self.own else self.others

    @property
    def fails(self) -> bool:
        """Tell whether someone finds it not satisfied."""
        return any(given.row.says == Satisfaction.NOT_SATISFIED for given in self.given)

    @property
    def lacks_undercut(self) -> bool:
        """Tell whether it is not satisfied, and nothing came of that yet."""
        return self.fails and not (self.undercuts or self.suggested)

    @property
    def anchor(self) -> str:
        """What the question is called in an address of the page."""
        return f"question-{self.question.pk}"

    @property
    def is_open(self) -> bool:
        """Tell whether nobody has answered it."""
        return self.own is None and not self.others


@dataclass(slots=True)
class Checklist:
    """All questions of an inference's scheme, in their order.

    `stray` is a form whose question is asked no more: the scheme was changed while someone typed.
    """

    inference: Inference
    asked: list[Asked]
    stray: JudgementForm | None = None

    @property
    def left(self) -> int:
        """The number of questions that nobody has answered."""
        return sum(each.is_open for each in self.asked)


def checklist(
    inference: Inference,
    *,
    role: Role,
    person: Person,
    query: str = "",
    judged: JudgementForm | None = None,
) -> Checklist:
    """Return the questions of an inference.

    Two queries, the questions and the answers, one for what made any of these stale, and two for
    undercuts where one is not satisfied; none where it has no scheme, one where that asks nothing.
    `query` asks for the view that the page shows; `judged` is a form that was refused: it takes the
    place of the fresh one.
    """
    scheme = inference.scheme
    questions = list(scheme.questions.all()) if scheme else []
    asked = {question.pk: Asked(question) for question in questions}
    answers = list(answers_to(inference)) if questions else []
    since = _since(answers)
    for answer in answers:
        given = Given(answer, since.get(answer.pk))
        if person.pk is not None and answer.author_id == person.pk:
            asked[answer.question_id].own = given
        else:
            asked[answer.question_id].others.append(given)
    _find_undercuts(inference, [each for each in asked.values() if each.fails])
    for each in asked.values():
        if role.may(Role.REVIEWER):
            _offer(each, inference, role, judged)
        if role.may(Role.EDITOR) and each.lacks_undercut:
            _offer_to_write(each, inference, query)
    is_stray = isinstance(judged, AnswerForm | UndercutForm) and judged.question not in asked
    return Checklist(inference, list(asked.values()), judged if is_stray else None)


def prefilled(argument_map: ArgumentMap, key: str, answer: str) -> dict[str, Any]:
    """Return what the form of an undercut of the inference `key` holds, for an answer by its number.

    One query; none, and nothing, where `answer` is no number.
    """
    row = _answer(argument_map, key, answer)
    return {"text": undercut_text(row.question.text, to_text(row.why))} if row else {}


def warranted(
    argument_map: ArgumentMap, key: str, answer: str, typed: dict[str, Any]
) -> dict[str, Any]:
    """Return what was `typed` in that form, with a warrant by which the question is known.

    Queries as of `prefilled`.
    """
    row = _answer(argument_map, key, answer)
    if row is None:
        return typed
    return {**typed, "warrant": warrant_of(row.question.text, typed["text"], typed["warrant"])}


def _answer(argument_map: ArgumentMap, key: str, answer: str) -> Answer | None:
    number = whole(answer)
    if not number:
        return None
    given = argument_map.answers.filter(pk=number, inference__key=key)
    return given.select_related("question").first()


def _since(answers: Iterable[Answer]) -> dict[int, Since]:
    """Return what changed since each stale answer, which is nothing where it changed back."""
    stale = [answer for answer in answers if answer.stale]  # type: ignore[attr-defined]
    moved = differences_since(stale)
    return {answer.pk: said_of(moved.get(answer.pk, ())) for answer in stale}


def _find_undercuts(inference: Inference, failed: list[Asked]) -> None:
    """Give the questions that are not satisfied what quotes them of all that undercuts."""
    if not failed:
        return
    premises = list(undercuts_of(inference))
    comments = list(suggested_undercuts_of(inference))
    for asked in failed:
        for premise in premises:
            if quotes(asked.question.text, premise.statement.text, premise.inference.warrant):
                asked.undercuts.append(premise.statement)
        for comment in comments:
            after = comment.suggestion.proposal["after"]
            if quotes(asked.question.text, after["text"], after.get("warrant", "")):
                asked.suggested.append(comment)


def _offer_to_write(asked: Asked, inference: Inference, query: str) -> None:
    before, _, after = address(page_of(inference.map, inference.key), UNDERCUT, query).partition(
        "?"
    )
    for given in asked.given:
        if given.row.says == Satisfaction.NOT_SATISFIED:
            given.undercut = f"{before}?answer={given.row.pk}&{after}"


def _offer(asked: Asked, inference: Inference, role: Role, judged: JudgementForm | None) -> None:
    """Give a question its forms, filled in with what one has answered."""
    own = asked.own.row if asked.own else None
    question, version = asked.question, inference.map.version
    seen: dict[str, Any] = {"version_seen": version}
    if isinstance(judged, AnswerForm) and judged.question == question.pk:
        asked.form = judged
    else:
        told = {"says": own.says, "why": own.why} if own else {}
        asked.form = AnswerForm(initial={**seen, **told}, question=question.pk)
    if isinstance(judged, UndercutForm) and judged.question == question.pk:
        asked.suggestion = judged
    elif (
        own
        and own.says == Satisfaction.NOT_SATISFIED
        and asked.lacks_undercut
        and not role.may(Role.EDITOR)
    ):
        text = undercut_text(question.text, to_text(own.why))
        asked.suggestion = UndercutForm(initial={**seen, "text": text}, question=question.pk)
