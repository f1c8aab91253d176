"""Answers to the critical questions that inferences must survive."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView, NumberedRows, created
from argmap.api.filters import YesOrNo
from argmap.api.serializers.answers import AnswerSerializer, NewAnswerSerializer
from argmap.api.serializers.reviews import ConfirmSerializer
from argmap.api.serializers.standing import MovedSerializer, moved_records
from argmap.api.throttles import CommentThrottle, TooManyComments
from argmap.core.kinds import Role
from argmap.models import Answer, ChangeItem, CriticalQuestion
from argmap.review import answers_on, asked_on, differences_since


class AnswerFilter(django_filters.FilterSet):
    """Which answers to list."""

    about = django_filters.CharFilter("inference__key", label="The key of the inference.")
    author = django_filters.CharFilter("author_name", label="The author's name.")
    stale = YesOrNo("stale", label="Whether the inference changed since.")

    class Meta:
        model = Answer
        fields = ("says",)


class AnswerViewSet(TooManyComments, NumberedRows[Answer], GenericViewSet[Answer]):
    """The answers to the questions of the schemes that inferences have now, the first ones first."""

    queryset = Answer.objects.order_by("created_at", "pk")
    noun = "answer"
    serializer_class = AnswerSerializer
    filterset_class = AnswerFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]
    writes_need = Role.REVIEWER

    def get_queryset(self) -> QuerySet[Answer]:
        """Return the map's answers, each with whether it is stale."""
        return answers_on(self.map).order_by("created_at", "pk")

    def state(self) -> Any:
        """Return what the answers hang on: the map, and the questions (one query)."""
        return [self.map.activity, asked_on(self.map)]

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the answers, a page at a time."""
        return self.answer(self.state, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one answer."""
        row = self.find(number)
        return self.answer(self.state, lambda: Response(self.get_serializer(row).data))

    @extend_schema(request=NewAnswerSerializer, responses={201: AnswerSerializer})
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Answer a question about an inference, or answer it anew."""
        given = NewAnswerSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        key = values.pop("about")
        question = self._question(key, values.pop("question"))
        with self.unchanged(self.state):
            row = actions.answer_question(
                actor=self.person,
                argument_map=self.map,
                inference=key,
                question=question.pk,
                **values,
            )
        return created(self.shown(row.pk))

    @extend_schema(request=ConfirmSerializer, responses=AnswerSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Say that one's own answer still holds."""
        self._require_known(number)
        given = ConfirmSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(self.state):
            actions.confirm_answer(
                actor=self.person, argument_map=self.map, answer=number, **given.validated_data
            )
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(self.state())})

    def destroy(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Withdraw an answer: its author may, and the map's owner."""
        self._require_known(number)
        with self.unchanged(self.state):
            actions.withdraw_answer(actor=self.person, argument_map=self.map, answer=number)
        return Response(status=204)

    @extend_schema(responses=MovedSerializer(many=True), filters=False)
    def since(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """List what has changed in the inference since the answer's author saw it."""
        row = self.find(number)
        return self.answer(
            lambda: self.map.activity,
            lambda: Response(moved_records(differences_since([row]).get(number, ()))),
        )

    def _require_known(self, number: int) -> None:
        """Raise Http404 for what no answer on this map was ever called: it is not gone."""
        logged = ChangeItem.objects.filter(map=self.map, type="answer", key=str(number))
        if not logged.exists():
            self.find(number)

    def _question(self, key: str, place: int) -> CriticalQuestion:
        """Return a question of an inference's scheme. Raises Http404 or ValidationError."""
        inference = self.map.inferences.filter(key=key).first()
        if inference is None:
            raise Http404(f"This map has no inference {key}.")
        asked = CriticalQuestion.objects.filter(scheme=inference.scheme_id, order=place).first()
        if asked is None:
            raise ValidationError({"question": f"The scheme of {key} asks no question {place}."})
        return asked
