"""The critical questions of an inference, as a checklist on its page: everyone's answers to each."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from argmap import actions
from argmap.admin.asking import once, person_of
from argmap.admin.forms import ActionForm, NumberField, RowFormSet
from argmap.admin.inlines import RowInline
from argmap.core.kinds import Role, Satisfaction
from argmap.core.limits import TEXT_LIMIT
from argmap.merging import SeenField
from argmap.models import Answer, CriticalQuestion, Inference
from argmap.review import answers_to


class AnswerForm(ActionForm[Answer]):
    """What one person answers to one question: nothing, until they say something."""

    parent: Inference
    parent_is_new = False
    """Whether the same page changed the inference: its author has then seen what it says now."""

    aliases: ClassVar = {"question": "says", "version_seen": "says"}

    asked = NumberField(min_value=1)
    seen_at = SeenField(required=True)
    says = forms.ChoiceField(
        label="Answer", choices=[("", "Not answered"), *Satisfaction.choices()], required=False
    )
    why = forms.CharField(
        widget=AdminTextareaWidget(attrs={"rows": 2}), required=False, max_length=TEXT_LIMIT
    )
    still = forms.BooleanField(label="It still holds", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        row: Answer | None = kwargs.get("instance")
        if row is not None and row.pk:
            kwargs["initial"] = {"asked": row.question_id, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if self.argument_map is not None:
            self.initial["seen_at"] = self.argument_map.version

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("why") and not self.cleaned_data.get("says"):
            self.add_error("says", "Say which it is, and then why.")

    def add(self) -> Answer:
        given = self.values()
        return actions.answer_question(
            actor=self.person,
            argument_map=self.at_hand,
            inference=self.parent.key,
            question=given["asked"],
            says=given["says"],
            why=given["why"],
            version_seen=None if self.parent_is_new else given["seen_at"],
        )

    def edit(self) -> None:
        if self.cleaned_data["says"]:
            self.add()
        else:
            actions.withdraw_answer(
                actor=self.person, argument_map=self.at_hand, answer=self.instance.pk
            )


class Asked(NamedTuple):
    """A question, the form of one's own answer (None for who may not answer), and all answers."""

    question: CriticalQuestion
    form: AnswerForm | None
    own: Answer | None
    answers: list[Answer]


class AnswerFormSet(RowFormSet):
    """A row for each question of the inference's scheme, answered or not."""

    questions: ClassVar[list[CriticalQuestion]]
    answers: ClassVar[list[Answer]]
    person: ClassVar[User]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        answered = {answer.question_id for answer in self.answers if self._is_own(answer)}
        left = [question for question in self.questions if question.pk not in answered]
        # What was answered to the questions of an earlier scheme is kept, and not shown.
        kwargs["queryset"] = kwargs["queryset"].filter(question__in=self.questions)
        super().__init__(*args, initial=[{"asked": question.pk} for question in left], **kwargs)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # One that was withdrawn elsewhere meanwhile is given anew.
        form.went = False

    def rows(self) -> list[Any]:
        """Return the forms that ask for a change; one that was withdrawn elsewhere asks for none."""
        return [row for row in super().rows() if row.instance.pk or row.cleaned_data["says"]]

    @property
    def checklist(self) -> list[Asked]:
        """The questions in order, each with the row that answers it and what all say to it."""
        rows = {str(form["asked"].value()): form for form in self.forms}
        told: dict[int, list[Answer]] = defaultdict(list)
        for answer in self.answers:
            told[answer.question_id].append(answer)
        return [
            Asked(
                question,
                rows.get(str(question.pk)),
                next(filter(self._is_own, told[question.pk]), None),
                told[question.pk],
            )
            for question in self.questions
        ]

    def _is_own(self, answer: Answer) -> bool:
        return answer.author_id == self.person.pk


class AnswerInline(RowInline):
    """What everyone answers to the questions, and one's own answers to be given."""

    model = Answer
    form = AnswerForm
    formset = AnswerFormSet
    role_to_write = Role.REVIEWER
    template = "admin/argmap/questions.html"
    fields = ("asked", "seen_at", "says", "why", "still")
    can_delete = False
    verbose_name_plural = "critical questions"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        questions = once(request, f"questions {obj.scheme_id}", lambda: _questions(obj))
        answers = list(answers_to(obj))
        person = person_of(request)
        own = sum(answer.author_id == person.pk for answer in answers)
        may_answer = self.has_add_permission(request, obj)
        kwargs["extra"] = len(questions) - own if may_answer else 0
        formset = super().get_formset(request, obj, **kwargs)
        formset.questions, formset.answers, formset.person = questions, answers, person
        return formset

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        return super().get_queryset(request).filter(author=person_of(request))

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Whoever may read an inference may read what was answered about it.
        return True


def _questions(inference: Inference) -> list[CriticalQuestion]:
    asked = CriticalQuestion.objects.filter(scheme=inference.scheme_id)
    return list(asked.order_by("order"))
