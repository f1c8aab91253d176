"""Suggestions: made by reviewers, settled by editors."""

from __future__ import annotations

from typing import Any

import django_filters
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from argmap import actions
from argmap.api.base import ApiView, NumberedRows, created
from argmap.api.serializers.suggestions import (
    AcceptedSerializer,
    AcceptSerializer,
    NewSuggestionSerializer,
    SettleSerializer,
    SuggestionSerializer,
)
from argmap.api.throttles import CommentThrottle, TooManyComments
from argmap.core.kinds import Role, Settlement
from argmap.models import Suggestion


class SuggestionFilter(django_filters.FilterSet):
    """Which suggestions to list."""

    on = django_filters.CharFilter("proposal__on", label="The key of what they are on.")
    author = django_filters.CharFilter("comment__author_name", label="The author's name.")

    class Meta:
        model = Suggestion
        fields = ("does", "outcome")


class SuggestionViewSet(TooManyComments, NumberedRows[Suggestion], GenericViewSet[Suggestion]):
    """What people suggest to change in a map, the first ones first."""

    queryset = (
        Suggestion.objects.filter(comment__deleted_at=None)
        .select_related("comment", "change")
        .order_by("comment")
    )
    noun, numbered_by = "suggestion", "comment"
    serializer_class = SuggestionSerializer
    filterset_class = SuggestionFilter
    throttle_classes = [*ApiView.throttle_classes, CommentThrottle]
    writes_need = Role.REVIEWER
    on_map = "comment__map"

    def list(self, request: Request, slug: str) -> HttpResponseBase:
        """List the suggestions, a page at a time."""
        return self.answer(lambda: self.map.activity, self.page)

    def retrieve(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Show one suggestion, by the number of its comment."""
        shown = self.shown(number)
        return self.answer(lambda: shown, lambda: Response(shown))

    @extend_schema(request=NewSuggestionSerializer, responses={201: SuggestionSerializer})
    def create(self, request: Request, slug: str) -> HttpResponseBase:
        """Suggest another wording, or a new statement for or against what is there."""
        given = NewSuggestionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.map.activity):
            made = actions.suggest(actor=self.person, argument_map=self.map, **given.validated_data)
        shown = self.shown(made.comment_id)
        return created(shown)

    @extend_schema(request=SettleSerializer, responses=SuggestionSerializer)
    def partial_update(self, request: Request, slug: str, number: int) -> HttpResponseBase:
        """Accept a suggestion, as it is or amended; decline it with a reason; withdraw one's own.

        Where the statement changed since in what would be written, the answer is 409.
        """
        self.shown(number)
        given = SettleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.shown(number)):
            self._settle(number, given.validated_data)
        shown = self.shown(number)
        return Response(shown, headers={"ETag": self.tag(shown)})

    @extend_schema(
        operation_id="maps_suggestions_accept",
        request=AcceptSerializer,
        responses=AcceptedSerializer(many=True),
        filters=False,
    )
    def accept_several(self, request: Request, slug: str) -> HttpResponseBase:
        """Accept several suggestions as they are, in the order given, each as a change of its own.

        One that cannot be accepted is left as it is, and holds up no other: the answer says what
        became of each.
        """
        given = AcceptSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with self.unchanged(lambda: self.map.activity):
            done = actions.accept_suggestions(
                actor=self.person, argument_map=self.map, comments=given.validated_data["numbers"]
            )
        return Response(AcceptedSerializer(done, many=True).data)

    def _settle(self, number: int, values: dict[str, Any]) -> None:
        on_it: dict[str, Any] = {
            "actor": self.person,
            "argument_map": self.map,
            "comment": number,
        }
        match Settlement(values["outcome"]):
            case Settlement.DECLINED:
                actions.decline_suggestion(**on_it, reason=values["reason"])
            case Settlement.WITHDRAWN:
                actions.withdraw_suggestion(**on_it)
            case _:
                actions.accept_suggestion(
                    **on_it, amended=values.get("after"), seen=values.get("seen")
                )
