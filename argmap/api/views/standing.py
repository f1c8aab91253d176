"""How the review of a map stands: its standing review, where reviewers differ, what is not answered."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap.api.base import MapRows, MapView
from argmap.api.filters import YesOrNo, require_known
from argmap.api.serializers.standing import (
    DisagreementSerializer,
    QuestionSerializer,
    StandingSerializer,
)
from argmap.models import Inference
from argmap.review import (
    asked_on,
    disagreements,
    last_and_earlier,
    questions_on,
    standing_of,
    unanswered,
    verdicts_on,
)


class StandingDetail(MapView):
    """The standing review of a map."""

    @extend_schema(responses=StandingSerializer)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """Show what the last verdicts of all reviewers come to at the present version."""
        require_known(request)
        return self.answer(self._state, lambda: Response(self._shown()))

    def _state(self) -> Any:
        """Return what it hangs on: the map, and the questions (one query)."""
        return [self.map.activity, asked_on(self.map)]

    def _shown(self) -> dict[str, Any]:
        standing = standing_of(self.map)
        last, _ = last_and_earlier(verdicts_on(self.map))
        shown = {
            "version": self.map.version,
            "overall": standing.overall,
            "stale": standing.is_stale,
            "counts": standing.counts,
            "verdicts": last,
            "unanswered": sum(unanswered(self.map).values()),
        }
        context = {"request": self.request, "view": self}
        return dict(StandingSerializer(shown, context=context).data)


class DisagreementList(MapView):
    """Where reviewers differ, as far as the asker may see the figures."""

    def tag(self, state: object) -> str:
        """Return the tag of what this address shows to the asker: everyone sees something else."""
        return super().tag([state, self.request.user.pk])

    @extend_schema(responses=DisagreementSerializer(many=True))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """List the statements that several have rated, where reviewers differ most first.

        What is hidden from someone is left out: ratings are blind.
        """
        require_known(request)
        return self.answer(lambda: self.map.activity, self._list)

    def _list(self) -> Response:
        found = [
            {"about": statement.key, "figures": figures}
            for statement, figures in disagreements(self.request.user, self.map)
        ]
        return Response(DisagreementSerializer(found, many=True).data)


class QuestionFilter(django_filters.FilterSet):
    """Which critical questions to list."""

    about = django_filters.CharFilter("key", label="The key of the inference.")
    scheme = django_filters.CharFilter("scheme__slug", label="The slug of a scheme.")
    answered = YesOrNo("answered", label="Whether anybody has answered them.")

    class Meta:
        model = Inference
        fields: tuple[str, ...] = ()


class QuestionList(MapRows[Inference], GenericViewSet[Inference]):
    """The critical questions that the inferences of a map must survive."""

    queryset = Inference.objects.all()
    serializer_class = QuestionSerializer
    filterset_class = QuestionFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Return the questions as records."""
        return questions_on(self.map)

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the questions, a page at a time, by inference and in the order of its scheme."""
        return self.answer(self._state, self.page)

    def _state(self) -> Any:
        """Return what the list hangs on (one query)."""
        return [self.map.activity, asked_on(self.map)]
