"""Answering critical questions, and suggesting the undercut where an inference fails one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, QueryDict

from argmap import actions
from argmap.core.kinds import Kind, Proposed, Satisfaction
from argmap.core.questions import warrant_of
from argmap.flood import count_comment
from argmap.models import CriticalQuestion, Inference, Statement
from argmap.web import viewing
from argmap.web.review.checklist import checklist
from argmap.web.review.judge_forms import AnswerForm, JudgementForm, UndercutForm
from argmap.web.review.judging import Judge, OnElement, Settle


class OnChecklist(OnElement):
    """What is done in the checklist of an inference."""

    template = "review/_checklist.html"

    def section(self, refused: JudgementForm | None = None, notice: str = "") -> dict[str, Any]:
        wish = viewing.read_wish(self.request.GET)
        inference = self.inference
        return {
            "checklist": checklist(
                inference,
                role=self.role,
                person=self.request.user,
                query=wish.query,
                judged=refused,
            ),
            "notice": notice,
            "wish": wish,
        }

    @property
    def inference(self) -> Inference:
        """The inference. Raises Http404 where the address names a statement."""
        if not isinstance(self.row, Inference):
            raise Http404(f"{self.row.key} is no inference.")
        return self.row

    @property
    def question(self) -> int:
        """The number of the question."""
        number: int = self.kwargs["question"]
        return number

    @property
    def anchor(self) -> str:
        return f"question-{self.question}"


class AnswerQuestion(OnChecklist, Judge[AnswerForm]):
    """One's own answer to a question about an inference, or another in its place."""

    def made(self, data: QueryDict) -> AnswerForm:
        return AnswerForm(data, question=self.question)

    def act(self, form: AnswerForm) -> str:
        count_comment(self.request, "comments and answers")
        row = actions.answer_question(
            **self.on_it, inference=self.inference.key, question=self.question, **form.cleaned_data
        )
        return f"You answered: {Satisfaction(row.says).label.lower()}."


class SuggestUndercut(OnChecklist, Judge[UndercutForm]):
    """The undercut that comes of a question which is not satisfied, for an editor to accept."""

    def made(self, data: QueryDict) -> UndercutForm:
        return UndercutForm(data, question=self.question)

    def act(self, form: UndercutForm) -> str:
        given = form.cleaned_data
        after = {"kind": Kind.COUNTERARGUMENT.value, "text": given["text"]}
        if warrant := self._warrant(given["text"]):
            after["warrant"] = warrant
        count_comment(self.request)
        actions.suggest(
            **self.on_it,
            does=Proposed.ATTACK,
            on=self.inference.key,
            after=after,
            nonce=given["nonce"],
            version_seen=given["version_seen"],
        )
        return "You suggested the undercut: it stands below, among the comments, for an editor."

    def _warrant(self, text: str) -> str:
        """Return a warrant by which the question is known, where the text does not quote it."""
        asked = CriticalQuestion.objects.filter(pk=self.question, scheme=self.inference.scheme_id)
        question = asked.first()
        return warrant_of(question.text, text) if question else ""


class OnAnswer(OnChecklist):
    """What is done with an answer that was given, by its number."""

    def find(self) -> Statement | Inference:
        """Find the answer, and its inference. Raises Http404."""
        answers = self.map.answers.select_related("inference__scheme", "inference__map")
        answer = answers.filter(pk=self.kwargs["number"]).first()
        if answer is None:
            raise Http404("The answer was withdrawn meanwhile.")
        self.answer = answer
        return answer.inference

    @property
    def question(self) -> int:
        return self.answer.question_id


class WithdrawAnswer(OnAnswer, Settle):
    """Take one's own answer back."""

    def settle(self, seen: int | None) -> str:
        actions.withdraw_answer(**self.on_it, answer=self.answer.pk)
        return "You took your answer back."


class ConfirmAnswer(OnAnswer, Settle):
    """Say that one's own answer still holds."""

    def settle(self, seen: int | None) -> str:
        actions.confirm_answer(**self.on_it, answer=self.answer.pk, version_seen=seen)
        return "Your answer holds on this version."
